import pytest
from hypothesis import given
from hypothesis import strategies as st

from xsector.errors.common import EditRefusedError, UnusableTextError
from xsector.model.editing import (
    MOST_OWN_ITEMS,
    with_bank_item,
    with_item_reworded,
    with_item_switched,
    with_own_item,
    without_own_item,
)
from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.instrument_file import instrument_from_plain, instrument_to_plain

AGREE = ("Disagree", "In between", "Agree")


def rating(code, **facts):
    return Item(code=code, kind=Kind.RATING, text=f"Text {code}", short=code, levels=AGREE, **facts)


def small_instrument(*, bank=()):
    return Instrument(
        code="test",
        title="Test",
        version="1.0.0",
        minutes=2,
        sections=(
            Section(code="you", title="You", items=(rating("C01", context=True),)),
            Section(code="goal", title="Goal", items=(rating("K01", theme="goal"), rating("K02", theme="goal"))),
            Section(code="trust", title="Trust", items=(rating("T01", theme="trust", sensitive=True),)),
            Section(
                code="open", title="Open", items=(Item(code="O1", kind=Kind.TEXT, text="O", short="O", max_chars=99),)
            ),
        ),
        bank=bank,
    )


def codes(instrument):
    return [item.code for item in instrument.items()]


def own(instrument, *, section="goal", text="Our own question?", **facts):
    return with_own_item(instrument, section, text=text, levels=AGREE, **facts)


def test_an_item_switched_off_is_not_asked_and_comes_back_in_its_place():
    instrument = small_instrument()

    without = with_item_switched(instrument, "K01", asked=False)

    assert codes(without) == ["C01", "K02", "T01", "O1"]
    assert codes(with_item_switched(without, "K01", asked=True)) == codes(instrument)


def test_the_last_question_cannot_be_switched_off():
    instrument = small_instrument()
    for code in ("C01", "K01", "K02", "T01"):
        instrument = with_item_switched(instrument, code, asked=False)

    with pytest.raises(EditRefusedError, match="At least one question"):
        with_item_switched(instrument, "O1", asked=False)


def test_an_unknown_code_is_refused_with_a_sentence():
    with pytest.raises(EditRefusedError) as caught:
        with_item_switched(small_instrument(), "K99", asked=False)

    assert caught.value.sentence() == "There is no question K99 here. Load the page again."


def test_new_words_keep_the_code_and_everything_else():
    instrument = small_instrument()

    reworded = with_item_reworded(instrument, "K02", text="  Other  words. ", short="Other")

    changed = reworded.item("K02")
    assert (changed.text, changed.short, changed.theme) == ("Other words.", "Other", "goal")
    assert [item for item in reworded.items() if item.code != "K02"] == [
        item for item in instrument.items() if item.code != "K02"
    ]
    assert instrument.item("K02").text == "Text K02"


@pytest.mark.parametrize("text", ["", "x" * 201, "hidden\u200bletter", "turned\u202eround"])
def test_words_that_cannot_be_shown_are_refused(text):
    with pytest.raises(UnusableTextError):
        with_item_reworded(small_instrument(), "K01", text=text, short="Short")


def test_an_own_item_ends_its_section_and_has_a_code_of_its_own():
    edited = own(own(small_instrument()), text="A second one")

    assert codes(edited) == ["C01", "K01", "K02", "OWN1", "OWN2", "T01", "O1"]
    assert edited.item("OWN1") == Item(
        code="OWN1",
        kind=Kind.RATING,
        text="Our own question?",
        short="Our own question",
        theme="own",
        levels=AGREE,
        cannot_judge="I can't judge",
        own=True,
    )


def test_an_own_item_among_sensitive_items_is_sensitive_and_among_context_items_context():
    assert own(small_instrument(), section="trust").item("OWN1").sensitive
    assert own(small_instrument(), section="you").item("OWN1").context
    assert not own(small_instrument()).item("OWN1").sensitive


def test_an_unordered_own_item_is_a_choice():
    item = own(small_instrument(), ordered=False).item("OWN1")

    assert (item.kind, item.ordered) == (Kind.CHOICE, False)


def test_a_long_own_item_gets_a_short_label_cut_between_words():
    item = own(small_instrument(), text="We have agreed how to pay for the work of the next three years.").item("OWN1")

    assert item.short == "We have agreed how to pay for the work…"


@pytest.mark.parametrize(
    ("levels", "reason"),
    [(["One"], "2 to 20 answers, not 1"), (["A", " A "], "read the same"), ([str(n) for n in range(21)], "not 21")],
)
def test_answers_that_make_no_question_are_refused(levels, reason):
    with pytest.raises(EditRefusedError, match=reason):
        with_own_item(small_instrument(), "goal", text="Q", levels=levels)


def test_a_code_is_never_given_to_a_second_question():
    removed = without_own_item(own(own(small_instrument())), "OWN2")

    assert codes(own(removed))[-3:] == ["OWN3", "T01", "O1"]
    assert codes(own(small_instrument(), taken=["OWN7", "K01"]))[-3:] == ["OWN8", "T01", "O1"]


def test_a_removed_own_item_rests_in_the_bank_and_can_come_back():
    removed = without_own_item(own(small_instrument()), "OWN1")

    assert codes(removed) == codes(small_instrument())
    assert [item.code for item in removed.bank] == ["OWN1"]
    assert "OWN1" in codes(with_bank_item(removed, "OWN1"))


def test_only_an_own_item_can_be_removed():
    with pytest.raises(EditRefusedError, match="K01 isn't a question of your own"):
        without_own_item(small_instrument(), "K01")


def test_there_is_an_end_to_own_items():
    instrument = small_instrument()
    for _ in range(MOST_OWN_ITEMS):
        instrument = own(instrument)

    with pytest.raises(EditRefusedError, match="20 questions of your own"):
        own(instrument)


def test_a_bank_item_joins_its_theme():
    edited = with_bank_item(small_instrument(bank=(rating("X01", theme="goal", asked=False),)), "X01")

    assert codes(edited) == ["C01", "K01", "K02", "X01", "T01", "O1"]
    assert edited.bank == ()


def test_a_bank_item_without_its_theme_gets_a_section_before_the_open_questions():
    edited = with_bank_item(small_instrument(bank=(rating("X01", theme="news"), rating("X02", theme="more"))), "X01")

    edited = with_bank_item(edited, "X02")

    assert [section.code for section in edited.sections] == ["you", "goal", "trust", "extra", "open"]
    assert codes(edited) == ["C01", "K01", "K02", "T01", "X01", "X02", "O1"]


def test_a_bank_item_that_is_not_there_or_cannot_be_asked_is_refused():
    points = Item(code="Q01", kind=Kind.POINTS, text="T", short="S")
    with pytest.raises(EditRefusedError, match="no question X01 in the bank"):
        with_bank_item(small_instrument(), "X01")
    with pytest.raises(EditRefusedError, match="“points” can't be asked"):
        with_bank_item(small_instrument(bank=(points,)), "Q01")


def test_the_minutes_follow_the_questions():
    instrument = small_instrument()
    for _ in range(10):
        instrument = own(instrument)

    assert instrument.minutes == 3


@given(st.lists(st.sampled_from(["add", "remove", "return"]), max_size=12))
def test_codes_stay_unique_and_the_edited_instrument_can_be_stored(steps):
    instrument = small_instrument()
    for step in steps:
        asked = [item.code for item in instrument.items() if item.own]
        if step == "add":
            instrument = own(instrument)
        elif step == "remove" and asked:
            instrument = without_own_item(instrument, asked[0])
        elif step == "return" and instrument.bank:
            instrument = with_bank_item(instrument, instrument.bank[0].code)

    every = codes(instrument) + [item.code for item in instrument.bank]
    assert len(set(every)) == len(every)
    assert instrument_from_plain(instrument_to_plain(instrument)) == instrument
