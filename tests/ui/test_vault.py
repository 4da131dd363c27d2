from datetime import UTC, datetime, timedelta

import pytest

from xsector.ui import vault
from xsector.ui.vault import LinkSheet, PersonalLink

NOW = datetime(2030, 5, 6, 12, 0, tzinfo=UTC)
SHEET = LinkSheet(partnership="Here", links=(PersonalLink(name="Ann", organisation="City", address="http://x/join/t"),))


@pytest.fixture(autouse=True)
def empty_vault():
    yield
    vault._ENTRIES.clear()


def test_a_sheet_is_there_for_its_account_for_a_quarter_of_an_hour():
    sheet_id = vault.put(SHEET, account_id=1, now=NOW)

    assert vault.sheet_of(sheet_id, account_id=1, now=NOW) == SHEET
    assert vault.sheet_of(sheet_id, account_id=1, now=NOW + timedelta(minutes=14)) == SHEET
    assert vault.sheet_of(sheet_id, account_id=2, now=NOW) is None
    assert vault.sheet_of("unknown", account_id=1, now=NOW) is None
    assert vault.sheet_of(sheet_id, account_id=1, now=NOW + timedelta(minutes=15)) is None


def test_the_oldest_sheet_makes_room():
    first = vault.put(SHEET, account_id=1, now=NOW)
    for _ in range(vault.SHEETS_AT_MOST):
        last = vault.put(SHEET, account_id=1, now=NOW)

    assert vault.sheet_of(first, account_id=1, now=NOW) is None
    assert vault.sheet_of(last, account_id=1, now=NOW) == SHEET
