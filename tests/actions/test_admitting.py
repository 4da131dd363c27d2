import pytest
from sqlalchemy import select

from tests.build import NOW, account, later, partnership
from xsector.actions.admitting import admit, all_accounts, close_account, end_logins, give_link
from xsector.actions.leaving import browsers_of
from xsector.actions.regaining import look_at_link, set_password
from xsector.actions.sharing import invite_colleague, look_at_invitation, share
from xsector.actions.signing_in import account_of, add_account, change_password, sign_in
from xsector.errors.access import (
    AccountExistsError,
    NeededConvenerError,
    SignInError,
    UnknownAccountError,
    UnknownLinkError,
    WeakPasswordError,
)
from xsector.errors.common import NotAllowedError
from xsector.model.partner import Role
from xsector.reports.leading import leaders_of
from xsector.reports.rounds import partnerships_of
from xsector.store.engine import reading
from xsector.store.tables import AccountRow, AuditRow, LoginRow, OneTimeRow, StewardRow

PASSWORD, NEW = "violet harbour 71 spoons", "seven quiet lamps on a hill"


def dana(engine):
    """Dana, who has a password."""
    return add_account(engine, name="Dana", role=Role.CONVENER, password=PASSWORD, now=NOW)


def kept(engine, table):
    with reading(engine) as session:
        return session.scalars(select(table)).all()


def test_an_admitted_account_has_no_password_until_its_owner_sets_one(engine):
    made, token = admit(engine, name="Dana", role=Role.CONVENER, now=NOW)

    for guess in ("-", "", PASSWORD):
        with pytest.raises(SignInError):
            sign_in(engine, name="Dana", password=guess, now=NOW)
    login = set_password(engine, token=token, password=PASSWORD, now=NOW)

    assert account_of(engine, token=login, now=NOW) == made
    assert sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    with pytest.raises(AccountExistsError):
        admit(engine, name="DANA", role=Role.FACILITATOR, now=NOW)


def test_a_link_is_kept_only_as_a_hash_and_works_once(engine):
    dana(engine)
    _, token = give_link(engine, name="dána", now=NOW)

    assert [row.token_sha256 == token or token in row.purpose for row in kept(engine, OneTimeRow)] == [False]
    assert [look_at_link(engine, token=token, now=NOW).name for _ in range(3)] == ["Dana"] * 3
    set_password(engine, token=token, password=NEW, now=NOW)

    with pytest.raises(UnknownLinkError):
        set_password(engine, token=token, password=PASSWORD, now=NOW)
    assert sign_in(engine, name="Dana", password=NEW, now=NOW)


def test_a_link_lapses_after_a_day_and_with_the_next_one(engine):
    dana(engine)
    _, first = give_link(engine, name="Dana", now=NOW)
    _, second = give_link(engine, name="Dana", now=NOW)

    look_at_link(engine, token=second, now=later(hours=23, minutes=59))
    for token, moment in ((first, NOW), (second, later(hours=24)), ("A" * 43, NOW)):
        with pytest.raises(UnknownLinkError):
            look_at_link(engine, token=token, now=moment)
        with pytest.raises(UnknownLinkError):
            set_password(engine, token=token, password=NEW, now=moment)


def test_a_new_password_by_link_ends_all_logins_and_the_old_password(engine):
    owner = dana(engine)
    before = [sign_in(engine, name="Dana", password=PASSWORD, now=NOW) for _ in range(2)]
    _, token = give_link(engine, name="Dana", now=NOW)
    still = [account_of(engine, token=one, now=NOW) for one in before]

    login = set_password(engine, token=token, password=NEW, now=NOW)

    assert still == [owner, owner]
    assert [account_of(engine, token=one, now=NOW) for one in before] == [None, None]
    assert account_of(engine, token=login, now=NOW) == owner
    with pytest.raises(SignInError):
        sign_in(engine, name="Dana", password=PASSWORD, now=NOW)


def test_a_weak_password_leaves_the_link_usable(engine):
    dana(engine)
    _, token = give_link(engine, name="Dana", now=NOW)

    for weak in ("short", "dragon123456789", "Dana has a long one"):
        with pytest.raises(WeakPasswordError):
            set_password(engine, token=token, password=weak, now=NOW)

    assert set_password(engine, token=token, password=NEW, now=NOW)


def test_whoever_remembers_and_changes_the_password_ends_the_link(engine):
    owner = dana(engine)
    _, token = give_link(engine, name="Dana", now=NOW)

    change_password(engine, account=owner, current=PASSWORD, new=NEW, now=NOW)

    with pytest.raises(UnknownLinkError):
        look_at_link(engine, token=token, now=NOW)


def test_the_list_tells_roles_browsers_and_what_is_led(engine):
    owner = dana(engine)
    admit(engine, name="Fay", role=Role.FACILITATOR, now=NOW)
    partnership(engine, by=owner)
    sign_in(engine, name="Dana", password=PASSWORD, now=NOW)

    found = all_accounts(engine, now=NOW)

    assert [(one.account.name, one.account.role, one.browsers, one.has_password, one.leads) for one in found] == [
        ("Dana", Role.CONVENER, 1, True, ("Harbour",)),
        ("Fay", Role.FACILITATOR, 0, False, ()),
    ]


def test_the_operator_ends_all_logins_of_one_account(engine):
    owner = dana(engine)
    fay = account(engine, "Fay")
    tokens = [sign_in(engine, name="Dana", password=PASSWORD, now=NOW) for _ in range(2)]

    assert end_logins(engine, name="dana", now=NOW) == owner

    assert [account_of(engine, token=one, now=NOW) for one in tokens] == [None, None]
    assert browsers_of(engine, account=fay, now=NOW) == []
    assert sign_in(engine, name="Dana", password=PASSWORD, now=NOW)


def test_a_closed_account_lets_nobody_in_any_more(engine):
    owner = dana(engine)
    helper = account(engine, "Olga")
    made = partnership(engine, by=owner)
    share(engine, account=owner, partnership_id=made.id, name="Olga", now=NOW)
    login = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    _, link = give_link(engine, name="Dana", now=NOW)
    colleague = invite_colleague(engine, account=owner, partnership_id=made.id, role=Role.CONVENER, now=NOW)

    assert close_account(engine, name="Dana", heir=None, now=NOW) == owner

    assert account_of(engine, token=login, now=NOW) is None
    with pytest.raises(SignInError):
        sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    with pytest.raises(UnknownLinkError):
        look_at_link(engine, token=link, now=NOW)
    with pytest.raises(UnknownLinkError):
        look_at_invitation(engine, token=colleague, now=NOW)
    with pytest.raises(NotAllowedError):
        leaders_of(engine, account=owner, partnership_id=made.id)
    assert partnerships_of(engine, account=owner) == []
    assert partnerships_of(engine, account=helper) == [made]
    assert kept(engine, LoginRow) == []


def test_the_only_convener_of_a_partnership_is_not_closed(engine):
    owner = dana(engine)
    account(engine, "Fay", role=Role.FACILITATOR)
    made = partnership(engine, by=owner)
    share(engine, account=owner, partnership_id=made.id, name="Fay", now=NOW)
    login = sign_in(engine, name="Dana", password=PASSWORD, now=NOW)
    before = [len(kept(engine, table)) for table in (AccountRow, StewardRow, LoginRow, AuditRow)]

    for heir in (None, "Fay", "dana"):
        with pytest.raises(NeededConvenerError, match="“Dana” is the only convener who leads “Harbour”"):
            close_account(engine, name="Dana", heir=heir, now=NOW)

    assert [len(kept(engine, table)) for table in (AccountRow, StewardRow, LoginRow, AuditRow)] == before
    assert account_of(engine, token=login, now=NOW) == owner


def test_an_heir_leads_what_the_closed_account_led(engine):
    owner = dana(engine)
    heir = account(engine, "Olga")
    made = [partnership(engine, by=owner, name=name) for name in ("Harbour", "Lighthouse")]

    close_account(engine, name="Dana", heir="olga", now=NOW)

    assert {one.id for one in partnerships_of(engine, account=heir)} == {one.id for one in made}
    assert [one.name for one in leaders_of(engine, account=heir, partnership_id=made[0].id)] == ["Olga"]


def test_what_the_operator_does_is_in_the_log_without_names(engine):
    owner = dana(engine)
    _, token = give_link(engine, name="Dana", now=NOW)
    end_logins(engine, name="Dana", now=NOW)
    set_password(engine, token=token, password=NEW, now=NOW)
    close_account(engine, name="Dana", heir=None, now=NOW)

    found = [(row.actor, row.action, row.detail) for row in kept(engine, AuditRow)][1:]

    mine = {"account": owner.id}
    assert found == [
        ("operator", "password link made", mine),
        ("operator", "signed out by operator", mine),
        ("Dana", "password set by link", {}),
        ("operator", "account closed", mine),
    ]


@pytest.mark.parametrize("does", [give_link, end_logins])
def test_an_unknown_account_is_said_to_be_unknown(engine, does):
    with pytest.raises(UnknownAccountError):
        does(engine, name="Nobody", now=NOW)
    with pytest.raises(UnknownAccountError):
        close_account(engine, name="Nobody", heir=None, now=NOW)
