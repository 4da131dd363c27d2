from itertools import combinations

import pytest

from xsector.charts.theme import SYMBOLS, Theme, contrast, letters_on

THEMES = (Theme(), Theme(dark=True))


def linear(channel):
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def oklab(colour):
    """Björn Ottosson's perceptual space, where distances of colours can be compared."""
    red, green, blue = (linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def distance(one, other):
    return sum((a - b) ** 2 for a, b in zip(oklab(one), oklab(other), strict=True)) ** 0.5


def test_black_on_white_has_the_ratio_of_the_standard():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("levels", range(2, 11))
def test_letters_can_be_read_on_every_answer_colour(theme, levels):
    fills = theme.answers(levels)

    assert min(contrast(letters_on(fill), fill) for fill in fills) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_letters_can_be_read_on_the_sheet_and_on_pills(theme):
    pairs = [(letters, fill) for letters in (theme.ink, theme.muted) for fill in (theme.background, theme.grid)]

    assert min(contrast(*pair) for pair in pairs) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_marks_stand_out_from_the_sheet(theme):
    assert min(contrast(colour, theme.background) for colour in theme.colours) >= 3


@pytest.mark.parametrize("theme", THEMES)
def test_the_eight_looks_differ_in_colour_and_in_shape(theme):
    assert len(set(SYMBOLS)) == len(theme.colours) == 8
    assert min(distance(*pair) for pair in combinations(theme.colours, 2)) > 0.09


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("levels", range(2, 11))
def test_a_scale_has_one_colour_per_level(theme, levels):
    assert len(set(theme.answers(levels))) == levels


@pytest.mark.parametrize("theme", THEMES)
def test_only_odd_scales_have_a_neutral_colour(theme):
    neutral = theme.answers(5)[2]

    assert [levels for levels in range(2, 11) if neutral in theme.answers(levels)] == [3, 5, 7, 9]


def test_the_five_given_colours_stay_as_they_are():
    assert Theme().answers(5) == ("#B35806", "#F1B15F", "#D9D9D9", "#7FB6D6", "#1F5F99")


def test_a_scale_needs_two_levels():
    with pytest.raises(ValueError, match="not 1"):
        Theme().answers(1)
