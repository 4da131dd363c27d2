"""Who does what, from a file: for each job the organisation that leads, the one that should, and one's own part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from xsector.actions.survey.items import ItemColumn, compared
from xsector.actions.survey.modules.grounds import Grounds
from xsector.actions.survey.modules.priorities import entries
from xsector.actions.survey.modules.scales import name_column, scale_column
from xsector.actions.survey.modules.shapes import Path, RolesMap
from xsector.model.instrument import Item
from xsector.model.modules import roles
from xsector.model.modules.kinds import Ask, Roles

AT: Final[Path] = ("modules", "roles")
UNLIKE: Final = "none of the organisations; if it is one, name it in the map under `organisations:`"


def chosen(grounds: Grounds, wanted: RolesMap) -> Roles:
    """The jobs and what is asked of each; SurveyFileError names a fault of the map."""
    words = {code: job.text for code, job in wanted.jobs.items()}
    functions = entries(grounds, words, usual=grounds.starting.functions, at=(*AT, "jobs"))
    asked = {code: set(job.asked()) for code, job in wanted.jobs.items()}
    everything = set[Ask]().union(*asked.values())
    for code, asks in asked.items():
        if not asks or asks != everything:
            lacks = next(ask.value for ask in Ask if ask in (everything - asks or {Ask.NOW}))
            remedy = "Ask the same of each job: now, should and part, or some of them."
            raise grounds.fault((*AT, "jobs", code), f"it has no column for “{lacks}”", remedy=remedy)
    if Ask.PART in everything and not wanted.told_by_name:
        remedy = "Add `told_by_name: true` if the people of this file were told so before; otherwise leave part out."
        problem = "what people say of their own organisation’s part is shown under its name"
        raise grounds.fault((*AT, "told_by_name"), problem, remedy=remedy)
    return Roles(functions=functions, asks=tuple(ask for ask in Ask if ask in everything))


def columns(grounds: Grounds, wanted: RolesMap, items: Mapping[str, Item]) -> Iterator[ItemColumn]:
    """The columns that answer each job's questions."""
    answers = _answers(grounds, wanted)
    for code, job in wanted.jobs.items():
        for ask, column in job.asked().items():
            item, at = items[roles.code_of(code, ask)], (*AT, "jobs", code, ask.value)
            labels = _labels(item)
            words = {spelling: labels[name] for spelling, name in answers.items() if name in labels}
            if ask is Ask.PART:
                yield scale_column(grounds, item, column=column, at=at, words=words)
                continue
            names = _organisations(grounds) | labels | words
            yield name_column(grounds, item, column=column, at=at, names=names, unlike=UNLIKE)


def _labels(item: Item) -> dict[str, int]:
    """Places of a question's answers by label; that two or more lead is one answer, today and as it should be."""
    found = {compared(label): place for place, label in enumerate(item.levels)}
    shared = [place for place, label in enumerate(item.levels) if label in {roles.SHARED, roles.SHOULD_SHARE}]
    return found | {compared(label): place for label in (roles.SHARED, roles.SHOULD_SHARE) for place in shared[-1:]}


def _organisations(grounds: Grounds) -> dict[str, int]:
    """The place of an organisation among a question's answers, by spelling."""
    places = {one.id: place for place, one in enumerate(grounds.named)}
    found = {spelling: grounds.organisation(spelling) for spelling in grounds.spelled}
    return {spelling: places[one.id] for spelling, one in found.items() if one is not None}


def _answers(grounds: Grounds, wanted: RolesMap) -> dict[str, str]:
    """Spellings of the answers beside the organisations, and of parts."""
    known = {compared(label): label for ask in (Ask.NOW, Ask.SHOULD) for label in roles.beside(ask)}
    known |= {compared(label): label for label in roles.PARTS}
    for spelling, name in wanted.answers.items():
        if compared(name) not in known:
            raise grounds.unknown((*AT, "answers", spelling), name, known.values(), what="answer")
    return {compared(spelling): compared(name) for spelling, name in wanted.answers.items()}
