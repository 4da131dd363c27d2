"""Who does what, as questions: for each function who leads now, who should, who helps, and our own part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xsector.model.instrument import Item, Kind, Section
from xsector.model.modules.kinds import Ask, Entry, Module, Organisation, Roles

TITLE: Final = "Who does what?"
INTRO: Final = "Name organisations, not people. What you say of others is counted with your group."
TEXTS: Final = {
    Ask.NOW: "Who leads this today?",
    Ask.SHOULD: "Who should lead it?",
    Ask.HELPS: "Who else helps?",
    Ask.PART: "What is our own part in this?",
}
SHARED: Final = "Two or more share it"
NOBODY: Final = "No one"
SAME: Final = "Same as today"
SHOULD_SHARE: Final = "Two or more should share it"
NOT_NEEDED: Final = "We don’t need this"
PARTS: Final = ("We lead", "We help", "We are kept informed", "No part")
LEADS, HELPS = 0, 1
"""Places of the two parts that are claims."""
_BESIDE: Final = {Ask.NOW: (SHARED, NOBODY), Ask.SHOULD: (SAME, SHOULD_SHARE, NOT_NEEDED)}
_UNSURE: Final = {Ask.NOW: "Don’t know", Ask.SHOULD: "No view", Ask.PART: "Not sure"}


def sections(roles: Roles, *, organisations: Sequence[Organisation]) -> Iterator[Section]:
    """One section for each function; none where fewer than two organisations can be named."""
    if len(organisations) < 2:
        return
    names = tuple(one.name for one in organisations)
    for function in roles.functions:
        yield Section(
            code=f"{Module.ROLES}_{function.code}",
            title=f"{TITLE} {function.text}",
            intro=INTRO,
            items=tuple(_item(function, ask=ask, names=names) for ask in Ask if ask in roles.asks),
            module=Module.ROLES,
        )


def code_of(function: str, ask: Ask) -> str:
    """The permanent code of what is asked about a function."""
    return f"{function}_{ask.value}"


def beside(ask: Ask) -> tuple[str, ...]:
    """The answers that stand after the organisations."""
    return _BESIDE.get(ask, ())


def _item(function: Entry, *, ask: Ask, names: tuple[str, ...]) -> Item:
    return Item(
        code=code_of(function.code, ask),
        kind=Kind.CHOICES if ask is Ask.HELPS else Kind.CHOICE,
        text=f"{function.text}: {TEXTS[ask][0].lower()}{TEXTS[ask][1:]}",
        short=function.short,
        levels=PARTS if ask is Ask.PART else names + beside(ask),
        ordered=False,
        cannot_judge=_UNSURE.get(ask),
        source=function.source,
        module=Module.ROLES,
        parts=(function.code, ask.value),
        by_name=ask is Ask.PART,
    )
