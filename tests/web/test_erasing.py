"""/erase: what a partner reads before, and what the box about comments does."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from tests.build import NOW, finished, item, open_house, revealed
from tests.ui.signed_in import cookies_of
from xsector.actions.answering import save_comment
from xsector.reports.words import words_of
from xsector.settings import Settings
from xsector.ui import resources, visits
from xsector.web import erasing

HOST = "partners.example"
BOX = "Delete my opened comments too. Whoever has read them can then tell which were mine."


@pytest.fixture
def house(engine):
    """A revealed round in which everybody's comment was opened."""
    resources.provide(engine, Settings(base_url=f"https://{HOST}"))
    visits.begin(now=datetime(2020, 1, 1, tzinfo=UTC))
    made = open_house(engine, sectors={"business": 6, "government": 6}, questions=(item("R1"),))
    for place, who in enumerate(made.people):
        of = {"respondent": who, "round_id": made.round.id, "now": NOW}
        save_comment(engine, code="R1", text=f"Comment {place}", may_show=True, **of)
        finished(made, who, {"R1": 1})
    yield revealed(made)
    resources.withdraw()


def request(house, *, method="GET", form=None):
    """What the first partner's browser sends."""
    cookies = cookies_of(partner=house.tokens[house.people[0].participant_id])
    headers = {
        "host": HOST,
        "origin": f"https://{HOST}",
        "content-type": "application/x-www-form-urlencoded",
        "cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
    }
    scope = {
        "type": "http", "method": method, "path": "/erase", "scheme": "https", "server": (HOST, 443),
        "query_string": b"", "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def receive():
        return {"type": "http.request", "body": urlencode(form or {}).encode(), "more_body": False}

    return Request(scope, receive)


def pressed(house, *, form):
    """The page after the button was pressed."""
    # In a thread of its own: a browser that other tests have open keeps a loop in this one.
    with ThreadPoolExecutor(1) as pool:
        asking = request(house, method="POST", form=form)
        return pool.submit(lambda: asyncio.run(erasing.erase(asking))).result()


def opened(house):
    [question] = words_of(house.engine, account=house.account, round_id=house.round.id)
    return {word.text for word in question.words}


def test_the_box_about_opened_comments_is_empty_and_says_what_it_gives_away(house):
    page = erasing.ask(request(house)).body.decode()

    assert BOX in page
    assert 'type="checkbox"' in page
    assert "checked" not in page


@pytest.mark.parametrize(("form", "gone"), [({}, set()), ({"comments": "yes"}, {"Comment 0"})])
def test_opened_comments_go_only_with_the_box(house, form, gone):
    before = opened(house)

    page = pressed(house, form=form)

    assert page.status_code == 200
    assert before - opened(house) == gone
