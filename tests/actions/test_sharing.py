from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.build import NOW, account, later, partnership
from xsector.actions import sharing
from xsector.actions.signing_in import account_of
from xsector.errors.access import (
    AccountExistsError,
    LastConvenerError,
    UnknownAccountError,
    UnknownLinkError,
    WeakPasswordError,
)
from xsector.errors.common import NotAllowedError, NotFoundError, SetUpError, XsectorError
from xsector.model.partner import Role
from xsector.reports.leading import leaders_of
from xsector.reports.rounds import partnerships_of
from xsector.store import accounts, audit
from xsector.store.engine import reading, writing
from xsector.store.tables import AuditRow, OneTimeRow

PASSWORD = "violet harbour 71 spoons"


@pytest.fixture
def dana(engine):
    return account(engine)


@pytest.fixture
def harbour(engine, dana):
    """A partnership that Dana leads, as the arguments of an action."""
    return {"account": dana, "partnership_id": partnership(engine, by=dana).id, "now": NOW}


def leaders(engine, harbour):
    found = leaders_of(engine, account=harbour["account"], partnership_id=harbour["partnership_id"])
    return [one.name for one in found]


def invited(engine, harbour, *, role=Role.FACILITATOR):
    return sharing.invite_colleague(engine, role=role, **harbour)


def made(engine, token, *, name="Fay", now=NOW):
    return sharing.create_colleague(engine, token=token, name=name, password=PASSWORD, now=now)


@pytest.mark.parametrize("role", [Role.CONVENER, Role.FACILITATOR])
def test_somebody_who_is_added_leads_too(engine, harbour, role):
    fay = account(engine, "Fay", role=role)

    sharing.share(engine, name=" fay ", **harbour)
    sharing.share(engine, name="Fay", **harbour)

    assert leaders(engine, harbour) == ["Dana", "Fay"]
    assert [one.id for one in partnerships_of(engine, account=fay)] == [harbour["partnership_id"]]


def test_a_name_that_no_account_has_adds_nobody(engine, harbour):
    with pytest.raises(UnknownAccountError, match="“Fay”"):
        sharing.share(engine, name="Fay", **harbour)

    assert leaders(engine, harbour) == ["Dana"]


def test_somebody_who_is_taken_off_leads_no_more(engine, harbour):
    fay = account(engine, "Fay")
    sharing.share(engine, name="Fay", **harbour)

    sharing.take_off(engine, account_id=fay.id, **harbour)

    assert leaders(engine, harbour) == ["Dana"]
    with pytest.raises(NotAllowedError):
        sharing.share(engine, name="Fay", **{**harbour, "account": fay})


def test_the_last_convener_cannot_be_taken_off(engine, harbour, dana):
    account(engine, "Fay", role=Role.FACILITATOR)
    sharing.share(engine, name="Fay", **harbour)

    with pytest.raises(LastConvenerError):
        sharing.take_off(engine, account_id=dana.id, **harbour)

    assert leaders(engine, harbour) == ["Dana", "Fay"]


def test_two_conveners_who_take_one_another_off_at_once_leave_one(engine, harbour, dana):
    eli = account(engine, "Eli")
    sharing.share(engine, name="Eli", **harbour)

    def attempt(by, whom):
        try:
            sharing.take_off(engine, account_id=whom.id, **{**harbour, "account": by})
        except XsectorError as problem:
            return type(problem)
        return None

    with ThreadPoolExecutor(2) as pool:
        tries = [pool.submit(attempt, dana, eli), pool.submit(attempt, eli, dana)]
        done = [one.result() for one in tries]

    assert sorted(map(str, done)) == ["<class 'xsector.errors.common.NotAllowedError'>", "None"]


def test_somebody_who_does_not_lead_cannot_be_taken_off(engine, harbour):
    fay = account(engine, "Fay")

    with pytest.raises(NotFoundError):
        sharing.take_off(engine, account_id=fay.id, **harbour)


@pytest.mark.parametrize("role", [Role.CONVENER, Role.FACILITATOR])
def test_a_colleague_makes_their_own_account_and_leads_the_partnership(engine, harbour, role):
    token = invited(engine, harbour, role=role)

    shown = sharing.look_at_invitation(engine, token=token, now=NOW)
    login = made(engine, token)

    fay = account_of(engine, token=login, now=NOW)
    assert (shown.partnership, shown.role) == ("Harbour", role)
    assert (fay.name, fay.role) == ("Fay", role)
    assert leaders(engine, harbour) == ["Dana", "Fay"]


def test_a_colleagues_link_works_once_and_for_a_week(engine, harbour):
    used, old = invited(engine, harbour), invited(engine, harbour)
    made(engine, used)

    with pytest.raises(UnknownLinkError):
        made(engine, used, name="Gus")
    with pytest.raises(UnknownLinkError):
        made(engine, old, name="Gus", now=later(days=7, minutes=1))
    assert leaders(engine, harbour) == ["Dana", "Fay"]


def test_many_who_use_one_link_at_once_make_one_account(engine, harbour):
    token = invited(engine, harbour)

    def attempt(number):
        try:
            return made(engine, token, name=f"Fay {number}")
        except XsectorError:
            return None

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(attempt, range(4)))

    assert sum(one is not None for one in done) == 1
    assert len(leaders(engine, harbour)) == 2


def test_what_is_refused_leaves_the_link_usable(engine, harbour):
    token = invited(engine, harbour)

    with pytest.raises(WeakPasswordError):
        sharing.create_colleague(engine, token=token, name="Fay", password="short", now=NOW)
    with pytest.raises(AccountExistsError):
        made(engine, token, name="DANA")

    made(engine, token)
    assert leaders(engine, harbour) == ["Dana", "Fay"]


def test_taking_somebody_off_ends_the_links_they_may_have_kept(engine, harbour):
    eli = account(engine, "Eli")
    sharing.share(engine, name="Eli", **harbour)
    kept = invited(engine, {**harbour, "account": eli})

    sharing.take_off(engine, account_id=eli.id, **harbour)

    with pytest.raises(UnknownLinkError):
        made(engine, kept)


def test_a_link_of_another_kind_makes_no_colleague(engine, harbour):
    with writing(engine) as session:
        other = accounts.new_one_time(session, purpose="first account", role=Role.CONVENER, now=NOW)

    with pytest.raises(UnknownLinkError):
        made(engine, other)


@pytest.mark.parametrize("role", [Role.PARTNER, Role.WALL])
def test_a_link_gives_no_role_that_has_no_account(engine, harbour, role):
    with pytest.raises(NotAllowedError):
        invited(engine, harbour, role=role)


def test_ten_links_wait_at_the_most_and_old_ones_make_room(engine, harbour):
    for _ in range(sharing.MOST_LINKS):
        invited(engine, harbour)

    with pytest.raises(SetUpError, match="10 links wait"):
        invited(engine, harbour)
    invited(engine, {**harbour, "now": later(days=8)})

    with reading(engine) as session:
        assert len(session.scalars(select(OneTimeRow)).all()) == 1


def test_who_leads_is_written_down_without_any_token(engine, harbour):
    fay = account(engine, "Fay")
    sharing.share(engine, name="Fay", **harbour)
    sharing.take_off(engine, account_id=fay.id, **harbour)
    token = invited(engine, harbour)
    made(engine, token, name="Gus")

    with reading(engine) as session:
        noted = [(row.actor, row.action, row.detail) for row in session.scalars(select(AuditRow).order_by(AuditRow.id))]
        broken = audit.first_broken(session)

    assert noted[1:] == [
        ("Dana", "leader added", {"account_id": fay.id}),
        ("Dana", "leader taken off", {"account_id": fay.id}),
        ("Dana", "colleague invited", {"role": "facilitator"}),
        ("Gus", "account made", {"role": "facilitator"}),
    ]
    assert broken is None
    assert token not in repr(noted)
