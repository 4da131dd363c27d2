from tests.budgets import release_of, rows
from tests.charts.boxes import text_boxes
from tests.charts.gallery import BUDGETS
from xsector.charts.theme import Theme
from xsector.export.module_pictures import effort_picture, priority_picture
from xsector.model.modules.kinds import Mode

LIGHT = Theme()
SAME, OTHER = [50, 30, 20], [10, 30, 60]


def texts(figure):
    return [note.text for note in figure.layout.annotations]


def marks(figure):
    """Left, right, top and bottom of every circle."""
    for trace in figure.data:
        if trace.type == "scatter" and trace.marker.size:
            for x, y, size in zip(trace.x, trace.y, trace.marker.size, strict=True):
                yield x - size / 2, x + size / 2, y - size / 2, y + size / 2


def test_everybody_comes_first_and_every_group_has_a_column():
    figure = priority_picture(release_of({"should": {"North": rows(SAME, times=6), "South": rows(OTHER, times=6)}}),
                              theme=LIGHT)  # fmt: skip

    heads = [text for text in texts(figure) if text in {"All of us", "North", "South"}]
    assert heads == ["All of us", "North", "South"]


def test_one_line_alone_is_coloured_and_lies_above_the_others():
    figure = priority_picture(BUDGETS["six"], theme=LIGHT)

    colours = [shape.line.color for shape in figure.layout.shapes]
    coloured = [place for place, colour in enumerate(colours) if colour == LIGHT.colours[2]]
    assert len(coloured) == 6
    assert coloured == list(range(len(colours) - 6, len(colours)))


def test_level_options_share_a_number_and_not_a_row():
    figure = priority_picture(release_of({"should": {"North": rows([40, 40, 20], times=6)}}), theme=LIGHT)

    numbers = [(note.text, note.y) for note in figure.layout.annotations if note.text in {"1", "2", "3"}]
    assert sorted(text for text, _ in numbers) == ["1", "1", "1", "1", "3", "3"]
    assert len({y for _, y in numbers}) == 3


def test_no_name_of_an_option_or_group_touches_a_circle():
    for name, sample in BUDGETS.items():
        figure = priority_picture(sample, theme=LIGHT)
        letters = [box for box in text_boxes(figure) if not box[0].isdigit()]

        touching = [
            text
            for text, left, right, top, bottom in letters
            for one in marks(figure)
            if left < one[1] and one[0] < right and top < one[3] and one[2] < bottom
        ]
        assert touching == [], name


def test_numbers_lie_inside_their_circles():
    for name, sample in BUDGETS.items():
        figure = priority_picture(sample, theme=LIGHT)
        circles = list(marks(figure))

        for text, left, right, top, bottom in text_boxes(figure):
            if text.isdigit():
                around = [one for one in circles if one[0] <= left and right <= one[1]]
                assert any(one[2] <= top and bottom <= one[3] for one in around), (name, text)


def test_gaps_are_told_as_the_difference_of_the_numbers_that_stand_there():
    given = {"should": {"North": rows(SAME, times=6)}, "now": {"North": rows([30, 30, 40], times=6)}}

    told = texts(effort_picture(release_of(given), theme=LIGHT))

    assert [text for text in told if "said" in text] == ["20 less than said", "20 more than said", "as said"]
    less, more = (
        f"“{name} effort than we say it should" for name in ("Direct help” gets less", "Joining up” gets more")
    )
    assert f"{less},<br>{more}" in told


def test_a_gap_just_below_the_limit_has_a_decimal_and_is_not_bold():
    # 25.7 said and 11.4 done stand there as 26 and 11.
    said, done = [*rows([25, 75], times=6), [30, 70]], [*rows([10, 90], times=5), *rows([15, 85], times=2)]

    figure = effort_picture(release_of({"should": {"North": said}, "now": {"North": done}}), theme=LIGHT)

    weights = {note.text: note.font.weight for note in figure.layout.annotations}
    assert weights["14.3 less than said"] == 400


def test_first_three_are_drawn_in_people_of_a_hundred():
    given = {"should": {"North": rows([3, 2, 1, 0], times=6)}, "now": {"North": rows([0, 3, 2, 1], times=6)}}

    told = texts(effort_picture(release_of(given, mode=Mode.TOP), theme=LIGHT))

    assert "100 less than said" in told
    assert any("How many in 100 of us" in text for text in told)
