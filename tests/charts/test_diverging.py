from dataclasses import replace

import pytest

from tests.charts import samples
from xsector.charts.diverging import answer_bars
from xsector.charts.theme import Theme


def draw(release, note=""):
    return answer_bars(release.items[0], release=release, headline="Finding", subtitle="", note=note, theme=Theme())


def shown(figure):
    return [text.text for text in figure.layout.annotations]


def with_counts(*counts, levels=samples.LEVELS[5]):
    release = samples.release(samples.NAMES[: len(counts)], sizes=[sum(row) for row in counts], levels=levels)
    return replace(release, items=(replace(release.items[0], counts=counts),))


def test_everyone_comes_first_then_the_most_agreeing():
    figure = draw(with_counts((3, 2, 0, 0, 0), (0, 0, 0, 5, 5)))

    names = [text for text in shown(figure) if text in ("Everyone", *samples.NAMES)]
    assert names == ["Everyone", "Non-profit", "Government"]


def test_the_figure_holds_the_given_counts_and_nothing_else():
    figure = draw(with_counts((3, 2, 0, 0, 0), (0, 0, 0, 5, 5)))

    hovers = [hover for trace in figure.data for hover in trace.customdata or ()]
    assert sorted(hovers) == sorted(
        ["Everyone, Strongly disagree: 20%", "Everyone, Disagree: 13%", "Everyone, Agree: 33%",
         "Everyone, Strongly agree: 33%", "Government, Strongly disagree: 60%", "Government, Disagree: 40%",
         "Non-profit, Agree: 50%", "Non-profit, Strongly agree: 50%"]
    )  # fmt: skip


def test_bars_of_one_share_have_one_length():
    figure = draw(with_counts((5, 0, 0, 0, 5), (0, 0, 10, 0, 0)))

    government = next(trace for trace in figure.data if trace.customdata and trace.customdata[0].startswith("Gov"))
    assert government.x[0] == pytest.approx(government.x[1])


@pytest.mark.parametrize("levels", samples.LEVELS)
def test_only_odd_scales_have_a_panel_for_the_neutral_answer(levels):
    labels = samples.LEVELS[levels]
    figure = draw(samples.release(levels=labels))

    heads = [text.text for text in figure.layout.annotations if text.font.weight == 700]
    neutral = labels[levels // 2].replace(" ", "")
    assert any(neutral == head.replace("<br>", "").replace(" ", "") for head in heads) == bool(levels % 2)


def test_sides_are_named_by_the_words_their_levels_share():
    heads = shown(draw(samples.release(levels=samples.LEVELS[7])))

    assert "◄ Disagree" in heads
    assert "Agree ►" in heads


def test_hidden_sectors_stand_as_rows_without_bars():
    figure = draw(samples.release(samples.NAMES[:3], hidden=("philanthropy",)))

    assert "Philanthropy" in shown(figure)
    assert "not shown: fewer than 5 people" in shown(figure)


def test_many_hidden_sectors_move_to_the_note():
    figure = draw(samples.release(hidden=("a", "b", "c")))

    assert "Not shown, fewer than 5 people: A, B and C." in shown(figure)


def test_a_block_without_answers_says_so():
    figure = draw(with_counts((3, 2, 0, 0, 0), (0, 0, 0, 0, 0)))

    assert "no answers" in shown(figure)
