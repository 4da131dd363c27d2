import pytest
from hypothesis import given
from hypothesis import strategies as st

from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.sheet import HIGHEST_LEVEL, Layout, Mark, checked, read, written

RATED = Item(
    code="K01", kind=Kind.RATING, text="T", short="S", levels=tuple("abcde"), cannot_judge="?", not_applicable="-"
)
CHOSEN = Item(code="P01", kind=Kind.CHOICE, text="T", short="S", levels=tuple("abc"))
TICKED = Item(code="Q01", kind=Kind.CHOICES, text="T", short="S", levels=tuple("abcd"), cannot_judge="?")
WRITTEN = Item(code="O01", kind=Kind.TEXT, text="T", short="S", max_chars=100)


def layout_of(*items):
    section = Section(code="all", title="All", items=items)
    return Layout.of(Instrument(code="test", title="Test", version="1.0.0", sections=(section,)))


LAYOUT = layout_of(RATED, WRITTEN, CHOSEN, TICKED)

ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "K01": st.one_of(st.integers(0, 4), st.sampled_from([Mark.CANNOT_JUDGE, Mark.NOT_APPLICABLE])),
        "P01": st.integers(0, 2),
        "Q01": st.one_of(st.frozensets(st.integers(0, 3)), st.just(Mark.CANNOT_JUDGE)),
    },
)


@given(ANSWERS)
def test_what_is_written_is_read(answers):
    assert read(LAYOUT, written(LAYOUT, LAYOUT.blank(), answers)) == answers


@given(ANSWERS, ANSWERS)
def test_a_later_answer_takes_the_place_of_an_earlier_one_and_of_nothing_else(first, second):
    row = written(LAYOUT, written(LAYOUT, LAYOUT.blank(), first), second)

    assert read(LAYOUT, row) == first | second


@given(st.binary(min_size=6, max_size=6))
def test_any_row_is_either_read_and_written_again_or_refused(row):
    try:
        answers = read(LAYOUT, row)
    except ValueError:
        return

    assert written(LAYOUT, LAYOUT.blank(), answers) == row


def test_a_text_item_has_no_byte_and_each_option_of_choices_has_one():
    assert [(column.item.code, column.option) for column in LAYOUT.columns] == [
        ("K01", None),
        ("P01", None),
        ("Q01", 0),
        ("Q01", 1),
        ("Q01", 2),
        ("Q01", 3),
    ]
    with pytest.raises(LookupError, match="'O01'"):
        LAYOUT.places("O01")


def test_an_answer_can_be_taken_back():
    row = written(LAYOUT, LAYOUT.blank(), {"K01": 3, "Q01": frozenset({1})})

    assert written(LAYOUT, row, {"K01": Mark.SKIPPED, "Q01": Mark.SKIPPED}) == LAYOUT.blank()


def test_no_option_ticked_is_an_answer_and_differs_from_skipping():
    row = written(LAYOUT, LAYOUT.blank(), {"Q01": frozenset()})

    assert read(LAYOUT, row) == {"Q01": frozenset()}


@pytest.mark.parametrize("answer", [-1, 5, 250, 255, True, 1.0, "1", None, [1], frozenset({1})])
def test_a_rating_out_of_range_or_of_another_type_is_refused(answer):
    with pytest.raises(ValueError, match="'K01'"):
        checked(RATED, answer)


@pytest.mark.parametrize("answer", [1, {1}, frozenset({4}), frozenset({-1}), frozenset({Mark.SKIPPED}), (1,)])
def test_ticked_options_out_of_range_or_of_another_type_are_refused(answer):
    with pytest.raises(ValueError, match="'Q01'"):
        checked(TICKED, answer)


@pytest.mark.parametrize("mark", [Mark.CANNOT_JUDGE, Mark.NOT_APPLICABLE])
def test_a_mark_that_the_item_does_not_offer_is_refused(mark):
    with pytest.raises(ValueError, match="'P01' has no answer"):
        checked(CHOSEN, mark)


def test_nothing_is_written_when_one_answer_is_refused():
    row = LAYOUT.blank()
    with pytest.raises(ValueError, match="'P01'"):
        written(LAYOUT, row, {"K01": 1, "P01": 9})

    assert row == LAYOUT.blank()


@pytest.mark.parametrize("row", [b"", b"\xff" * 5, b"\xff" * 7])
def test_a_row_of_another_length_is_refused(row):
    with pytest.raises(ValueError, match="doesn't fit a layout of 6"):
        read(LAYOUT, row)
    with pytest.raises(ValueError, match="doesn't fit a layout of 6"):
        written(LAYOUT, row, {})


@pytest.mark.parametrize(
    "row",
    [
        bytes([5, 255, 255, 255, 255, 255]),
        bytes([250, 255, 255, 255, 255, 255]),
        bytes([255, 254, 255, 255, 255, 255]),
        bytes([255, 255, 0, 1, 255, 255]),
        bytes([255, 255, 255, 1, 0, 0]),
        bytes([255, 255, 2, 0, 0, 0]),
        bytes([255, 255, 253, 253, 253, 253]),
    ],
)
def test_a_byte_that_cannot_be_an_answer_is_refused(row):
    with pytest.raises(ValueError, match=r"answer|half|ticked|valid Mark"):
        read(LAYOUT, row)


def test_an_item_with_more_answers_than_a_byte_holds_is_refused():
    fits = Item(code="F", kind=Kind.CHOICE, text="T", short="S", levels=tuple(map(str, range(HIGHEST_LEVEL + 1))))
    wide = Item(code="W", kind=Kind.CHOICE, text="T", short="S", levels=tuple(map(str, range(HIGHEST_LEVEL + 2))))

    assert read(layout_of(fits), bytes([HIGHEST_LEVEL])) == {"F": HIGHEST_LEVEL}
    with pytest.raises(ValueError, match="'W' has 251 answers"):
        layout_of(wide)
