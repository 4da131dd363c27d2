"""Hostile words in every kind of element that reads Markdown; tests/browser/ shows the same in a real browser."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.test_bans import FORMATTED, sources
from tests.ui.hostile import JOINER, PAGE, TEXTS, live, protos_of, seen, strings_of

READ = {
    "button": {"label", "help"},
    "button_group": {"label", "options.content"},
    "caption": {"body"},
    "checkbox": {"label", "help"},
    "download_button": {"label"},
    "error": {"body"},
    "expander": {"label"},
    "file_uploader": {"label"},
    "header": {"body"},
    "info": {"body"},
    "link_button": {"label"},
    "markdown": {"body"},
    "metric": {"label", "body", "delta"},
    "multiselect": {"label"},
    "number_input": {"label"},
    "popover": {"popover.label"},
    "progress": {"text"},
    "radio": {"label", "options", "captions"},
    "selectbox": {"label"},
    "subheader": {"body", "help"},
    "success": {"body"},
    "tab": {"label"},
    "text_area": {"label"},
    "text_input": {"label"},
    "title": {"body"},
    "toast": {"body"},
    "toggle": {"label"},
    "warning": {"body"},
}
"""By the kind of element, the fields that Streamlit's page reads as Markdown."""
SHOWN_AS_THEY_ARE = {("code", "code_text"), ("text", "body"), ("text_area", "default"), ("text_input", "placeholder"),
                     ("selectbox", "options"), ("button", "id")}  # fmt: skip
OUR_MARKS = (("**", "**"), (":gray[", "]"))
NUMBERED = [f"{text[:-2]}{number}zZ" for number, text in enumerate(TEXTS)]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The values of every field of the page that holds one of the texts: (kind, field, number of the text)."""
    path = tmp_path_factory.mktemp("texts") / "texts.json"
    path.write_text(json.dumps(NUMBERED), encoding="utf-8")
    app = AppTest.from_string(PAGE.replace('"texts.json"', repr(str(path))), default_timeout=60).run()
    assert [problem.value for problem in app.exception] == []
    values = {}
    for kind, proto in protos_of(app._tree):
        for field, value in strings_of(proto):
            for number in range(len(NUMBERED)):
                if f"{number}zZ" in value and f" {number}zZ" in seen(value):
                    values.setdefault((kind, field, number), []).append(value)
    return values


@pytest.mark.parametrize("number", range(len(NUMBERED)))
@pytest.mark.parametrize("kind", READ)
def test_people_s_words_are_inert_in_every_element_that_reads_markdown(found, kind, number):
    for field in READ[kind]:
        values = found[kind, field, number]

        assert values
        for value in values:
            bare = _without_our_marks(value)
            assert live(bare) == []
            assert seen(bare).replace(JOINER, "") == NUMBERED[number]


def test_no_other_field_holds_people_s_words(found):
    fields = {(kind, field) for kind, field, _ in found}

    assert fields == {(kind, field) for kind, names in READ.items() for field in names} | SHOWN_AS_THEY_ARE


def test_the_page_has_every_element_that_we_use():
    # A badge puts backslashes of its own before brackets, which undoes ours: no page has one.
    missing = {kind for kind in FORMATTED - {"write", "badge"} if f'"{kind}": lambda' not in PAGE}

    assert missing == set()


def test_no_page_has_a_badge():
    assert [path.name for path in sources() if "st.badge" in path.read_text(encoding="utf-8")] == []


def test_there_are_enough_cases():
    assert len(READ) * len(TEXTS) >= 216
    assert all(live(text) for text in TEXTS[:-1])


def _without_our_marks(value):
    for start, end in OUR_MARKS:
        if value.startswith(start):
            return value.removeprefix(start).removesuffix(end)
    return value
