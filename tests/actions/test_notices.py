from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, text

from tests.build import NOW, account, later, open_house, partnership
from xsector.actions import notices, running, setting_up
from xsector.actions.keeping import problems
from xsector.errors.access import SignInError
from xsector.errors.common import ForeignPageError, FormError, NotAllowedError
from xsector.errors.operating import DatabaseBrokenError
from xsector.model.partner import Role
from xsector.reports.log import log_entries
from xsector.store.engine import reading, writing
from xsector.store.tables import AuditRow


def written(engine):
    """What was counted, as it stands in the log."""
    return [
        (one.actor, one.action, one.partnership_id, one.detail) for one in log_entries(engine) if "times" in one.detail
    ]


def test_a_flood_becomes_one_entry_a_minute_with_a_number(engine):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: notices.count(actor="somebody", action="sign-in failed"), range(5_000)))

    first = notices.write_down(engine, now=later(minutes=1))
    notices.count(actor="somebody", action="sign-in failed")
    notices.write_down(engine, now=later(minutes=2))
    nothing = notices.write_down(engine, now=later(minutes=3))

    assert (first, nothing) == (1, 0)
    assert written(engine) == [
        ("somebody", "sign-in failed", None, {"times": 5_000}),
        ("somebody", "sign-in failed", None, {"times": 1}),
    ]
    assert problems(engine) == []


def test_a_flood_of_many_kinds_fills_neither_memory_nor_disk(engine):
    for number in range(notices.KINDS_AT_MOST + 500):
        notices.count(actor=f"account {number}", action="refused", partnership_id=number)

    assert notices.write_down(engine, now=NOW) == notices.KINDS_AT_MOST + 1
    assert written(engine)[-1] == ("somebody", "refused", None, {"times": 500})


def test_an_account_that_is_refused_is_noted_with_the_partnership_and_nothing_else(engine):
    house = open_house(engine)
    stranger = account(engine, "Carl")
    helper = account(engine, "Fay", role=Role.FACILITATOR)
    of = {"partnership_id": house.partnership.id}

    for _ in range(3):
        with pytest.raises(NotAllowedError):
            running.close_round(engine, account=stranger, round_id=house.round.id, now=NOW)
    with pytest.raises(NotAllowedError):
        setting_up.issue_missing_links(engine, account=helper, now=NOW, **of)
    with pytest.raises(NotAllowedError):
        partnership(engine, by=helper)
    notices.write_down(engine, now=later(minutes=1))

    assert written(engine) == [
        ("Carl", "refused", house.partnership.id, {"times": 3}),
        ("Fay", "refused", house.partnership.id, {"times": 1}),
        ("Fay", "refused", None, {"times": 1}),
    ]


def test_what_could_not_be_written_is_counted_on(sqlite_engine):
    engine = sqlite_engine
    notices.count(actor="somebody", action="sign-in failed")
    with writing(engine) as session:
        session.execute(text("ALTER TABLE audit RENAME TO away"))
    with pytest.raises(DatabaseBrokenError):
        notices.write_down(engine, now=NOW)
    notices.count(actor="somebody", action="sign-in failed")
    with writing(engine) as session:
        session.execute(text("ALTER TABLE away RENAME TO audit"))

    notices.write_down(engine, now=NOW)

    with reading(engine) as session:
        assert session.scalars(select(AuditRow.detail)).all() == [{"times": 2}]


def test_the_log_is_read_from_its_end_and_in_utc(engine):
    for number in range(5):
        notices.count(actor=f"{number}", action="refused")
        notices.write_down(engine, now=later(minutes=number))

    found = log_entries(engine, last=2)

    assert [(one.actor, one.at) for one in found] == [("3", later(minutes=3)), ("4", later(minutes=4))]
    assert log_entries(engine, last=0) == []
    assert len(log_entries(engine)) == 5


def test_a_refusal_is_counted_once_under_whoever_was_refused_or_under_nobody(engine):
    house = open_house(engine)
    with pytest.raises(NotAllowedError) as known:
        running.close_round(engine, account=account(engine, "Carl"), round_id=house.round.id, now=NOW)

    for problem in (known.value, NotAllowedError(), ForeignPageError(), FormError(), SignInError()):
        notices.refusal(problem)
    notices.write_down(engine, now=NOW)

    assert written(engine) == [
        ("Carl", "refused", house.partnership.id, {"times": 1}),
        ("somebody", "refused", None, {"times": 1}),
        ("somebody", "form of another site refused", None, {"times": 1}),
        ("somebody", "unreadable form refused", None, {"times": 1}),
    ]
