import pytest

from xsector.charts.measuring import cleaned, fitting_size, inert, shortened, text_width, wrapped


def test_bold_letters_are_wider():
    assert text_width("Government", size=20, weight=700) > text_width("Government", size=20)


def test_width_grows_with_the_letter_size():
    assert text_width("Government", size=40) == pytest.approx(2 * text_width("Government", size=20))


def test_wide_letters_count_one_em():
    assert text_width("市民", size=20) == 40


def test_every_line_fits():
    lines = wrapped("Funders leave room for others to lead when it matters", width=180, size=20, most=5)

    assert " ".join(lines) == "Funders leave room for others to lead when it matters"
    assert max(text_width(line, size=20) for line in lines) <= 180


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = wrapped("Funders leave room for others to lead when it matters", width=180, size=20, most=2)

    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert max(text_width(line, size=20) for line in lines) <= 180


def test_scripts_without_spaces_wrap_too():
    assert wrapped("市民が議題を決める", width=100, size=20) == ("市民が議題", "を決める")


def test_a_word_that_is_too_wide_is_shortened():
    assert shortened("Philanthropy", width=60, size=20).endswith("…")


def test_a_long_headline_shrinks_before_it_is_cut():
    assert fitting_size("word " * 30, width=600, sizes=(34, 30, 26), most=2) == 26


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("&lt;", "&amp;lt;"),
        ("$x^2$", "&#36;x^2&#36;"),
        ("two\nlines\x00", "two lines"),
        ("\u202egnp", "gnp"),
    ],
)
def test_text_becomes_inert(text, shown):
    assert inert(text) == shown


def test_cleaning_keeps_letters_of_every_script():
    assert cleaned("Ñandú – 市民 – مجتمع 🙂") == "Ñandú – 市民 – مجتمع 🙂"
