from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.build import NOW, later, partnership
from xsector.actions import notices, signing_in
from xsector.actions.permission import OPERATOR
from xsector.actions.signing_in import (
    account_of,
    add_account,
    check_first_token,
    create_first_account,
    first_account_token,
    sign_in,
    sign_out,
)
from xsector.errors.access import (
    AccountExistsError,
    SignInError,
    TooManyTriesError,
    UnknownLinkError,
    WeakPasswordError,
)
from xsector.errors.common import UnusableTextError, XsectorError
from xsector.model.partner import Role
from xsector.reports.rounds import partnerships_of
from xsector.store.engine import reading
from xsector.store.tables import AccountRow, AuditRow, LoginRow

PASSWORD = "violet harbour 71 spoons"
NEW = "seven quiet lamps on a hill"


def dana(engine, *, name="Dana", role=Role.CONVENER):
    return add_account(engine, name=name, role=role, password=PASSWORD, now=NOW)


def test_the_first_account_is_made_by_a_link_that_works_once(engine):
    token = first_account_token(engine, now=NOW)
    check_first_token(engine, token=token, now=NOW)

    login = create_first_account(engine, token=token, name="Dana", password=PASSWORD, now=NOW)

    made = account_of(engine, token=login, now=NOW)
    assert (made.name, made.role) == ("Dana", Role.CONVENER)
    assert first_account_token(engine, now=NOW) is None
    with pytest.raises(UnknownLinkError):
        check_first_token(engine, token=token, now=NOW)
    with pytest.raises(UnknownLinkError):
        create_first_account(engine, token=token, name="Eve", password=PASSWORD, now=NOW)


def test_each_start_ends_the_link_of_the_one_before(engine):
    first = first_account_token(engine, now=NOW)
    second = first_account_token(engine, now=NOW)

    check_first_token(engine, token=second, now=NOW)
    with pytest.raises(UnknownLinkError):
        create_first_account(engine, token=first, name="Eve", password=PASSWORD, now=NOW)


def test_the_first_link_lapses_after_a_day(engine):
    token = first_account_token(engine, now=NOW)

    check_first_token(engine, token=token, now=later(hours=24))
    with pytest.raises(UnknownLinkError):
        check_first_token(engine, token=token, now=later(hours=24, seconds=1))
    with pytest.raises(UnknownLinkError):
        create_first_account(engine, token=token, name="Eve", password=PASSWORD, now=later(hours=25))


def test_wrong_passwords_are_counted_under_the_account_and_never_under_what_was_typed(engine):
    dana(engine)

    for name in ("Dana", "dána", PASSWORD, "Nobody"):
        wrong(engine, name=name)
    notices.write_down(engine, now=later(minutes=1))

    with reading(engine) as session:
        found = [one for one in session.scalars(select(AuditRow)) if one.action == "sign-in failed"]
    assert [(one.actor, one.detail) for one in found] == [("Dana", {"times": 2}), ("somebody", {"times": 2})]


def test_a_weak_password_leaves_the_first_link_usable(engine):
    token = first_account_token(engine, now=NOW)

    with pytest.raises(WeakPasswordError):
        create_first_account(engine, token=token, name="Dana", password="short", now=NOW)

    check_first_token(engine, token=token, now=NOW)


def test_many_who_use_the_first_link_at_once_make_one_account(engine):
    token = first_account_token(engine, now=NOW)

    def attempt(number):
        try:
            return create_first_account(engine, token=token, name=f"Dana {number}", password=PASSWORD, now=NOW)
        except XsectorError as problem:
            return problem

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(attempt, range(4)))

    assert sum(isinstance(one, str) for one in done) == 1
    with reading(engine) as session:
        assert len(session.scalars(select(AccountRow)).all()) == 1


def test_the_first_account_leads_what_was_made_before_it(engine):
    made = partnership(engine, by=OPERATOR)

    account = dana(engine)

    assert partnerships_of(engine, account=account) == [made]


def test_a_right_password_signs_in_and_the_token_is_not_kept(engine):
    account = dana(engine)

    token = sign_in(engine, name=" DANA ", password=PASSWORD, now=NOW)

    assert account_of(engine, token=token, now=NOW) == account
    with reading(engine) as session:
        kept = [row.token_sha256 for row in session.scalars(select(LoginRow))]
        hashes = session.scalars(select(AccountRow.password_hash)).all()
    assert token not in kept
    assert all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in hashes)


@pytest.mark.parametrize(
    ("name", "password"),
    [("Dana", "wrong wrong wrong 12"), ("Nobody", PASSWORD), ("", ""), ("Dana", PASSWORD * 100), ("\x00", "\x00")],
)
def test_a_wrong_name_or_password_is_one_and_the_same_problem(engine, name, password):
    dana(engine)

    with pytest.raises(SignInError, match=r"^That name and password don't match an account\.$"):
        sign_in(engine, name=name, password=password, now=NOW)


def wrong(engine, *, name="Dana", now=NOW):
    with pytest.raises((SignInError, TooManyTriesError)) as refused:
        sign_in(engine, name=name, password="wrong", now=now)
    return refused.type


def test_five_wrong_passwords_make_one_name_wait_with_wrong_ones_and_no_other(engine):
    dana(engine)
    dana(engine, name="Fay")

    tries = [wrong(engine) for _ in range(6)]

    assert tries == [SignInError] * 5 + [TooManyTriesError]
    assert wrong(engine, name="dána") is TooManyTriesError
    assert wrong(engine, name="Fay") is SignInError
    assert wrong(engine, now=later(seconds=61)) is SignInError


def test_a_flood_of_wrong_passwords_keeps_nobody_out_who_has_the_right_one(engine):
    dana(engine)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: wrong(engine, name="Dana" if number % 2 else f"n{number}"), range(150)))
        flood = [pool.submit(wrong, engine) for _ in range(30)]

        token = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)

        assert {one.result() for one in flood} == {TooManyTriesError}
    assert account_of(engine, token=token, now=NOW).name == "Dana"


def test_a_login_ends_after_thirty_idle_minutes(engine):
    dana(engine)
    token = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)

    assert account_of(engine, token=token, now=later(minutes=29)) is not None
    assert account_of(engine, token=token, now=later(minutes=58)) is not None
    assert account_of(engine, token=token, now=later(minutes=58 + 31)) is None
    assert account_of(engine, token=token, now=later(minutes=58 + 31)) is None


def test_a_login_that_is_in_use_ends_after_twelve_hours(engine):
    dana(engine)
    token = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)

    seen = [account_of(engine, token=token, now=NOW + timedelta(minutes=20 * step)) is not None for step in range(39)]

    assert seen == [True] * 37 + [False] * 2


def test_a_new_password_ends_all_logins_but_the_one_it_makes(engine):
    account = dana(engine)
    before = [sign_in(engine, name="Dana", password=PASSWORD, now=NOW) for _ in range(2)]

    login = signing_in.change_password(engine, account=account, current=PASSWORD, new=NEW, now=NOW)

    assert [account_of(engine, token=token, now=NOW) for token in before] == [None] * 2
    assert account_of(engine, token=login, now=NOW) == account
    with pytest.raises(SignInError):
        sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    assert account_of(engine, token=sign_in(engine, name="Dana", password=NEW, now=NOW), now=NOW) == account


@pytest.mark.parametrize(
    ("current", "new", "problem"),
    [("wrong", "another harbour 71 spoons", SignInError), (PASSWORD, "short", WeakPasswordError)],
)
def test_a_new_password_that_is_refused_changes_nothing(engine, current, new, problem):
    account = dana(engine)
    login = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)

    with pytest.raises(problem):
        signing_in.change_password(engine, account=account, current=current, new=new, now=NOW)

    assert account_of(engine, token=login, now=NOW) == account
    assert sign_in(engine, name="Dana", password=PASSWORD, now=NOW)


def test_guessing_the_password_from_inside_is_counted_like_guessing_from_outside(engine):
    account = dana(engine)

    def tried():
        with pytest.raises((SignInError, TooManyTriesError)) as refused:
            signing_in.change_password(engine, account=account, current="wrong", new=NEW, now=NOW)
        return refused.type

    assert [tried() for _ in range(6)] == [SignInError] * 5 + [TooManyTriesError]


def test_signing_out_ends_one_login_and_no_other(engine):
    dana(engine)
    here = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    there = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)

    sign_out(engine, token=here)

    assert account_of(engine, token=here, now=NOW) is None
    assert account_of(engine, token=there, now=NOW) is not None


def test_every_login_has_its_own_token(engine):
    dana(engine)

    tokens = {sign_in(engine, name="Dana", password=PASSWORD, now=NOW) for _ in range(3)}

    assert len(tokens) == 3
    assert all(len(token) == 43 for token in tokens)


def test_two_accounts_cannot_look_alike(engine):
    dana(engine)

    with pytest.raises(AccountExistsError):
        dana(engine, name="DÁNA")
    with pytest.raises(UnusableTextError):
        dana(engine, name="Da\u200bna")
