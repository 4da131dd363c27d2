import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.hostile import JOINER, LATE, seen
from xsector.ui.text import plain


@pytest.mark.parametrize(
    "text",
    [
        "**bold** _it_ ~~no~~ `code` # head",
        "![x](http://evil.test/a.png) [l](http://evil.test) <img src=x> <http://a.b>",
        ":smile: :material/home: :streamlit: :red[x] :blue-badge[y]",
        "$x^2$ $$y$$ &amp; [^1] | a | b |",
        "https://evil.test www.evil.test ann@evil.test a -> b -- c <= d",
        "1. one",
        "- one",
        "> quote",
        "```mermaid",
    ],
)
def test_a_reader_sees_the_same_letters(text):
    assert seen(plain(text)).replace(JOINER, "") == text


@given(st.text(alphabet=string.printable + "é…", max_size=60))
def test_nothing_of_markdown_is_left(text):
    marked = plain(text)

    bare = re.sub(r"\\[!-/:-@\[-`{-~]|\\\n", "", marked)
    assert not set(bare) & set(string.punctuation)
    for pattern in LATE:
        assert not re.search(pattern, seen(marked), re.IGNORECASE)


def test_lines_stay_lines_and_never_become_code():
    assert plain("    one\n\n\n\ttwo  \r\nthree") == "one\\\ntwo\\\nthree"


def test_nothing_stays_nothing():
    assert plain("") == plain(" \n ") == ""
