import pytest
from sqlalchemy import select

from tests.build import NOW, account, later
from xsector.actions.leaving import browsers_of, end_one, needs_password, sign_out_everywhere
from xsector.actions.signing_in import account_of, add_account, sign_in
from xsector.errors.access import SignInError, TooManyTriesError
from xsector.errors.common import NotFoundError
from xsector.model.partner import Role
from xsector.store.engine import reading
from xsector.store.logins import mark_of
from xsector.store.tables import AuditRow, LoginRow

PASSWORD = "violet harbour 71 spoons"


def signed_in(engine, name, *moments):
    """An account, and its browsers' tokens, one for each moment."""
    made = add_account(engine, name=name, role=Role.CONVENER, password=PASSWORD, now=NOW)
    return made, [sign_in(engine, name=name, password=PASSWORD, now=moment) for moment in moments]


def test_browsers_are_listed_with_when_they_began_and_were_last_used(engine):
    dana, (first, second) = signed_in(engine, "Dana", NOW, later(minutes=5))
    signed_in(engine, "Fay", NOW)
    account_of(engine, token=first, now=later(minutes=20))

    found = browsers_of(engine, account=dana, now=later(minutes=21))

    assert [(one.mark, one.began, one.seen) for one in found] == [
        (mark_of(first), NOW, later(minutes=20)),
        (mark_of(second), later(minutes=5), later(minutes=5)),
    ]


def test_what_names_a_browser_is_neither_its_token_nor_what_is_kept_of_it(engine):
    dana, (token,) = signed_in(engine, "Dana", NOW)

    [found] = browsers_of(engine, account=dana, now=NOW)

    with reading(engine) as session:
        kept = session.scalars(select(LoginRow.token_sha256)).one()
    assert found.mark not in token
    assert found.mark not in kept
    assert account_of(engine, token=found.mark, now=NOW) is None


def test_an_idle_login_is_not_listed(engine):
    dana, _ = signed_in(engine, "Dana", NOW)

    assert browsers_of(engine, account=dana, now=later(minutes=31)) == []


def test_ending_one_browser_leaves_the_others(engine):
    dana, (here, there) = signed_in(engine, "Dana", NOW, NOW)

    end_one(engine, account=dana, mark=mark_of(there), password=PASSWORD, now=NOW)

    assert account_of(engine, token=here, now=NOW) == dana
    assert account_of(engine, token=there, now=NOW) is None
    with reading(engine) as session:
        assert session.scalars(select(AuditRow.action)).all()[-1] == "signed out of a browser"


@pytest.mark.parametrize("end", [end_one, sign_out_everywhere])
def test_ending_wants_the_password_and_counts_wrong_ones(engine, end):
    dana, (here,) = signed_in(engine, "Dana", NOW)
    mark = {"mark": mark_of(here)} if end is end_one else {}

    def tried():
        with pytest.raises((SignInError, TooManyTriesError)) as refused:
            end(engine, account=dana, password="wrong", now=NOW, **mark)
        return refused.type

    assert [tried() for _ in range(6)] == [SignInError] * 5 + [TooManyTriesError]
    assert account_of(engine, token=here, now=NOW) == dana


def test_nobody_ends_the_login_of_another(engine):
    dana, _ = signed_in(engine, "Dana", NOW)
    fay, (hers,) = signed_in(engine, "Fay", NOW)

    for mark in (mark_of(hers), "", "all"):
        with pytest.raises(NotFoundError):
            end_one(engine, account=dana, mark=mark, password=PASSWORD, now=NOW)

    assert account_of(engine, token=hers, now=NOW) == fay


def test_signing_out_everywhere_ends_all_logins_of_one_account(engine):
    dana, mine = signed_in(engine, "Dana", NOW, NOW, NOW)
    fay, (other,) = signed_in(engine, "Fay", NOW)

    sign_out_everywhere(engine, account=dana, password=PASSWORD, now=NOW)

    assert browsers_of(engine, account=dana, now=NOW) == []
    assert [account_of(engine, token=token, now=NOW) for token in mine] == [None] * 3
    assert account_of(engine, token=other, now=NOW) == fay


def test_an_account_without_a_password_is_asked_for_none(engine):
    dana = account(engine)

    sign_out_everywhere(engine, account=dana, password="", now=NOW)

    assert not needs_password(engine, account=dana)
