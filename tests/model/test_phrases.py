from xsector.model.phrases import counted, listed


def test_names_are_listed_as_one_would_say_them():
    assert [listed(list("ABC"[:number])) for number in (1, 2, 3)] == ["A", "A and B", "A, B and C"]


def test_no_names_are_no_words():
    assert listed([]) == ""


def test_one_is_counted_in_another_word_than_many():
    assert [counted(number, "person", "people") for number in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
