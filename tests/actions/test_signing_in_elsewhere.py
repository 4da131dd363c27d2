from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from tests.build import NOW, later, partnership
from xsector.actions import sharing, signing_in, signing_in_elsewhere
from xsector.actions.permission import OPERATOR
from xsector.errors.access import (
    AccountExistsError,
    IdentityTakenError,
    SignInError,
    UnknownIdentityError,
    UnknownLinkError,
)
from xsector.errors.common import UnusableTextError
from xsector.model.partner import Role
from xsector.reports.rounds import partnerships_of
from xsector.store.engine import reading, writing
from xsector.store.identities import Identity
from xsector.store.tables import AccountRow, AuditRow, IdentityRow, LoginRow, StewardRow

DANA = Identity(issuer="https://login.example.org", subject="1001")
ELI = replace(DANA, subject="1002")
SAME_NUMBER = replace(DANA, issuer="https://login.example.com")
PASSWORD = "violet harbour 71 spoons"
CITY = "Example City"


def enter(engine, identity, *, now=NOW):
    return signing_in_elsewhere.sign_in(engine, identity=identity, provider=CITY, now=now)


def account_behind(engine, token, *, now=NOW):
    return signing_in.account_of(engine, token=token, now=now)


def made(engine, *, name="Dana", identity=DANA, role=Role.CONVENER):
    return signing_in_elsewhere.add_account(engine, name=name, role=role, identity=identity, now=NOW)


def tied(engine, token, *, identity=DANA, now=NOW):
    return signing_in_elsewhere.tie(engine, token=token, identity=identity, provider=CITY, now=now)


def count(engine, table):
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(table))


def test_whoever_is_known_gets_a_login_of_ours(engine):
    dana = made(engine)

    token = enter(engine, DANA)

    assert account_behind(engine, token) == dana
    assert account_behind(engine, token, now=later(minutes=29)) == dana
    assert account_behind(engine, token, now=later(minutes=60)) is None


@pytest.mark.parametrize("identity", [ELI, SAME_NUMBER, replace(DANA, subject="1001 "), replace(DANA, subject="")])
def test_only_issuer_and_subject_together_open_an_account(engine, identity):
    made(engine)

    with pytest.raises(UnknownIdentityError, match="Example City knows you, but you have no account here"):
        enter(engine, identity)

    assert count(engine, LoginRow) == 0


def test_an_account_without_a_password_takes_none(engine):
    made(engine)

    for typed in ("", "nobody has this password, ever", PASSWORD):
        with pytest.raises(SignInError):
            signing_in.sign_in(engine, name="Dana", password=typed, now=NOW)


def test_the_first_account_is_made_once_and_leads_what_nobody_leads(engine):
    place = partnership(engine, by=OPERATOR)
    with writing(engine) as session:
        session.execute(delete(StewardRow))
    token = signing_in.first_account_token(engine, now=NOW)
    of = {"token": token, "provider": CITY, "now": NOW}

    login = signing_in_elsewhere.create_first_account(engine, name="Dana", identity=DANA, **of)

    dana = account_behind(engine, login)
    assert (dana.name, dana.role) == ("Dana", Role.CONVENER)
    assert [one.id for one in partnerships_of(engine, account=dana)] == [place.id]
    with pytest.raises(UnknownLinkError):
        signing_in_elsewhere.create_first_account(engine, name="Eve", identity=ELI, **of)
    assert count(engine, AccountRow) == 1


def test_a_colleagues_link_makes_one_account_and_survives_a_refusal(engine):
    dana = made(engine)
    place = partnership(engine, by=dana)
    token = sharing.invite_colleague(engine, account=dana, partnership_id=place.id, role=Role.FACILITATOR, now=NOW)
    of = {"token": token, "provider": CITY, "now": NOW}

    for name, identity, problem in [
        ("Dana", ELI, AccountExistsError), ("\u202e", ELI, UnusableTextError), ("Eli", DANA, IdentityTakenError),
    ]:  # fmt: skip
        with pytest.raises(problem):
            signing_in_elsewhere.create_colleague(engine, name=name, identity=identity, **of)
    login = signing_in_elsewhere.create_colleague(engine, name="Eli", identity=ELI, **of)

    eli = account_behind(engine, login)
    assert (eli.name, eli.role) == ("Eli", Role.FACILITATOR)
    assert [one.id for one in partnerships_of(engine, account=eli)] == [place.id]
    with pytest.raises(UnknownLinkError):
        signing_in_elsewhere.create_colleague(engine, name="Fay", identity=SAME_NUMBER, **of)


def test_a_link_ties_one_identity_and_leaves_the_password(engine):
    dana = signing_in.add_account(engine, name="Dana", role=Role.CONVENER, password=PASSWORD, now=NOW)
    token = signing_in_elsewhere.link_for(engine, name="dana", now=NOW)

    login = tied(engine, token)

    assert account_behind(engine, login) == dana
    assert account_behind(engine, enter(engine, DANA)) == dana
    assert signing_in_elsewhere.issuers_of(engine, account=dana) == [DANA.issuer]
    assert signing_in.sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    with pytest.raises(UnknownLinkError):
        tied(engine, token, identity=ELI)
    assert count(engine, IdentityRow) == 1


def test_a_link_ends_after_a_week_and_when_a_newer_one_is_made(engine):
    made(engine, identity=None)
    old = signing_in_elsewhere.link_for(engine, name="Dana", now=NOW)
    new = signing_in_elsewhere.link_for(engine, name="Dana", now=NOW)

    for token, now in [(old, NOW), (new, NOW + timedelta(days=7, seconds=1)), ("A" * 43, NOW)]:
        with pytest.raises(UnknownLinkError):
            tied(engine, token, now=now)
        with pytest.raises(UnknownLinkError):
            signing_in_elsewhere.look_at_link(engine, token=token, now=now)

    assert tied(engine, new, now=NOW + timedelta(days=6))


def test_an_identity_of_somebody_else_is_not_taken_from_them(engine):
    dana, eli = made(engine), made(engine, name="Eli", identity=None)
    token = signing_in_elsewhere.link_for(engine, name="Eli", now=NOW)

    with pytest.raises(IdentityTakenError):
        tied(engine, token)

    assert account_behind(engine, enter(engine, DANA)) == dana
    assert account_behind(engine, tied(engine, token, identity=ELI)) == eli


def test_a_link_for_one_thing_does_no_other(engine):
    first = signing_in.first_account_token(engine, now=NOW)
    with pytest.raises(UnknownLinkError):
        tied(engine, first)
    made(engine, identity=None)
    token = signing_in_elsewhere.link_for(engine, name="Dana", now=NOW)

    with pytest.raises(UnknownLinkError):
        sharing.look_at_invitation(engine, token=token, now=NOW)
    with pytest.raises(UnknownLinkError):
        signing_in_elsewhere.create_colleague(engine, token=token, name="Eve", identity=ELI, provider=CITY, now=NOW)


def test_the_log_says_with_whom_somebody_signed_in_and_not_who_they_are_there(engine):
    made(engine)
    enter(engine, DANA)

    with reading(engine) as session:
        said = [(row.actor, row.action, row.detail) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert said[-1] == ("Dana", "signed in", {"role": "convener", "issuer": DANA.issuer})
    assert DANA.subject not in str(said)


@pytest.mark.parametrize(
    ("issuer", "subject"),
    [("login.example.org", "1"), ("http://example.org", "1"), ("https://" + "x" * 300, "1"), (DANA.issuer, ""),
     (DANA.issuer, "ä"), (DANA.issuer, "a\n"), (DANA.issuer, "x" * 256)],
)  # fmt: skip
def test_what_no_provider_sends_is_not_stored(issuer, subject):
    with pytest.raises(UnusableTextError):
        signing_in_elsewhere.identity_from(issuer, subject=subject)
