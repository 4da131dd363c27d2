import time

import pytest

from xsector.actions.passwords import LIST, SHORTEST, check_password, common
from xsector.errors.access import WeakPasswordError

PASSWORD = "violet harbour 71 spoons"


@pytest.mark.parametrize(
    "password",
    [
        "", "short", "fourteen chars", "aaaaaaaaaaaaaaaaaaaa", "My PASSWORD is this one", "dana has a long one",
        "abababababababababab",
    ],
)  # fmt: skip
def test_a_weak_password_is_refused(password):
    with pytest.raises(WeakPasswordError):
        check_password(password, name="Dana")


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "drei Worte, ein Kamel", "人山人海 violet harbour 71", "seven quiet lamps on a hill",
     "correct horse battery staple", "x7$kQ9!p2#zL5&w", "602214076 29979 2458", "violet harbour 71 violet harbour 72"],
)  # fmt: skip
def test_a_long_password_of_unlike_words_is_taken(password):
    check_password(password, name="Dana")


@pytest.mark.parametrize(
    "password",
    [
        "dragon123456789", "123456789dragon", "!!!!!dragon!!!!!", "dragon dragon dragon", "dragondragondra",
        "dragon1dragon2dragon3", "Dr@g0n-Dr@g0n-2024", "abc123 20302030 19", "sunshine_princess", "SunshinePrincess99!",
        "iloveyou iloveyou", "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6u7i8", "michael elizabeth", "P4ssw0rd2024!!!!",
        "zxcvbnm asdfghjkl", "123456789qwerty", "112233445566778899", "d.r.a.g.o.n.1.2.3.4", "ｄｒａｇｏｎ1234567890",
        "trustno1trustno1", "letmein_letmein_letmein", "12345678987654321",
    ],
)  # fmt: skip
def test_a_common_password_is_refused_however_it_is_stretched(password):
    assert len(password) >= SHORTEST

    with pytest.raises(WeakPasswordError):
        check_password(password, name="Dana")


def test_the_list_holds_the_most_common_passwords_and_more_than_three_thousand():
    known = common()

    assert len(known) > 10_000
    assert {"123456", "password", "qwerty", "iloveyou", "dragon", "monkey", "letmein"} <= known
    assert all(len(one) >= 4 and one == one.casefold() for one in known)


def test_every_common_password_is_refused_when_it_is_made_long_enough_with_digits_or_by_repeating():
    through = []
    for one in LIST.read_text(encoding="utf-8").split()[:3_000]:
        for long in (f"{one}{'2030' * 4}", f"{'19' * 7}{one}", one * 15, f"{one}-{one}-{one}-{one}"):
            try:
                check_password(long, name="Dana")
                through.append(long)
            except WeakPasswordError:
                continue

    assert through == []


def test_the_longest_password_is_judged_in_no_time():
    begun = time.perf_counter()

    check_password("violet harbour 71 spoons " * 39 + "end of it", name="Dana")

    assert time.perf_counter() - begun < 0.5


def test_the_source_and_licence_of_the_list_stand_beside_it():
    said = (LIST.parent / "licence.md").read_text(encoding="utf-8")

    assert "zxcvbn" in said
    assert "MIT License" in said
