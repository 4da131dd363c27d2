import logging

from tests.ui.signed_in import page
from xsector.ui import messages


def in_trouble():
    import streamlit as st

    from xsector.errors.access import AccountExistsError
    from xsector.ui import messages

    with messages.guarded():
        raise AccountExistsError("**Ann** :smile: [x](http://evil.test)")
    st.write("The page goes on.")


def with_a_mistake():
    from xsector.ui import messages

    messages.own_mistake(ValueError("a secret answer"))


def with_notes():
    from xsector.ui import messages

    messages.toast_later("Saved *this*.")
    messages.toast_waiting()
    messages.toast_waiting()


def test_a_problem_is_said_with_its_remedy_and_people_s_words_stay_plain():
    app = page(in_trouble).run()

    words = app.error[0].value
    assert r"\*\*Ann\*\*" in words
    assert "http://" not in words
    assert "Choose another name" in words
    assert app.markdown[0].value == "The page goes on."


def test_a_mistake_of_ours_shows_a_reference_and_nothing_else(caplog):
    with caplog.at_level(logging.ERROR, logger="xsector.ui"):
        app = page(with_a_mistake).run()

    words = app.error[0].value
    reference = words.partition("(reference ")[2][:6]
    assert len(app.error) == 1
    assert "secret" not in words + caplog.text
    assert f"Reference {reference}: ValueError" in caplog.text


def test_a_note_for_the_next_run_is_said_once():
    app = page(with_notes).run()

    assert [one.value for one in app.toast] == [r"Saved \*this\*\."]
    assert messages._NOTES not in app.session_state
