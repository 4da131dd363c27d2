"""/mine…: a partner's own answers and all that is kept of them, for whoever comes with that partner's cookie."""

from __future__ import annotations

import json
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from xsector.model.own_trust import OwnRating
from xsector.reports import mine
from xsector.reports.mine import Line, Mine, OwnRound
from xsector.ui import resources
from xsector.ui.own_trust_view import in_plain_words
from xsector.web import csv_file
from xsector.web.exports import as_file, round_id_in, slug
from xsector.web.partner import respondent_of

HEADS: Final = ("question", "my answer", "my comment", "the room may see it", "how the question was shown")


def as_table(request: Request) -> Response:
    """The partner's answers and comments in one round as a table."""
    found = mine.own_round(resources.engine(), respondent=respondent_of(request), round_id=round_id_in(request))
    content = csv_file.as_csv(HEADS, rows=[_row(line) for line in found.lines])
    return as_file(content, name=f"{slug(found.round.title)}-my-answers", kind="csv")


def as_json(request: Request) -> Response:
    """Everything that is kept of the partner."""
    found = mine.everything_of(resources.engine(), respondent=respondent_of(request))
    content = json.dumps(_document(found), ensure_ascii=False, indent=2).encode()
    return as_file(content, name="what-is-kept-of-me", kind="json")


def _row(line: Line) -> tuple[str, ...]:
    consent = ("yes" if line.may_show else "no") if line.in_words else ""
    return line.question, line.answer, line.comment, consent, line.shown


def _document(found: Mine) -> dict[str, Any]:  # Any: whatever JSON holds
    person, partnership = found.person, found.partnership
    return {
        "name": person.name,
        "organisation": person.organisation,
        "sector": partnership.sector(person.sector).label,
        "email": person.email,
        "partnership": partnership.name,
        "link_opened": person.joined,
        "rounds": [_round(one) for one in found.rounds],
        "not_kept": found.not_kept,
    }


def _rating(one: OwnRating) -> dict[str, Any]:  # Any: whatever JSON holds
    kept = {"counts": dict(zip(one.levels, one.counts, strict=True))} if one.counts else {}
    rough = {"roughly": in_plain_words(one.band, levels=one.levels)} if one.band else {}
    guess = None if one.guess is None else one.levels[one.guess]
    return {"statement": one.text, "my_guess": guess, **kept, **rough}


def _round(one: OwnRound) -> dict[str, Any]:  # Any: whatever JSON holds
    return {
        "title": one.round.title,
        "state": one.round.state.value,
        "invited": "after it was opened" if one.late else "when it was opened",
        "finished": one.finished,
        "saved_at": one.saved_at.isoformat() if one.saved_at else None,
        "finished_at": one.submitted_at.isoformat() if one.submitted_at else None,
        "counted_in": {"group": one.group, "people": one.group_people} if one.group else None,
        "note": one.note,
        "what_others_say_of_my_organisation": [_rating(rating) for rating in one.others_say.ratings]
        if one.others_say
        else [],
        "answers": [
            {
                "question": line.question,
                "answer": line.answer,
                "comment": line.comment,
                "the_room_may_see_it": line.may_show,
                "how_it_was_shown": line.shown,
            }
            for line in one.lines
        ],
    }
