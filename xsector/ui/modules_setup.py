"""What a round asks beside its questionnaire: each module with a switch, its lists, and words of one's own."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final, cast

import streamlit as st

from xsector.model.file_shapes import LONGEST_SHORT, LONGEST_TEXT
from xsector.model.instrument import Instrument
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy
from xsector.model.minutes import WANTED_MINUTES, half_minutes_for, in_minutes
from xsector.model.modules import choosing, guesses, trust
from xsector.model.modules.choosing import Chosen
from xsector.model.modules.expanding import expanded
from xsector.model.modules.kinds import (
    Ask,
    Entry,
    Guesses,
    Mode,
    Module,
    Modules,
    Organisation,
    Pass,
    Priorities,
    Roles,
    Trust,
)
from xsector.model.modules.starting import Starting, read_starting
from xsector.model.phrases import counted, listed
from xsector.model.sector import Sector
from xsector.settings import INSTRUMENTS, MODULES
from xsector.ui.attempts import attempt, follow
from xsector.ui.question_list import Change
from xsector.ui.text import plain

TITLES: Final[Mapping[Module, str]] = {
    Module.ROLES: "Roles: who does what",
    Module.PRIORITIES: "Priorities: what comes first",
    Module.STAGE: "Stage: where we are on the road",
    Module.GUESSES: "Guesses: what will the others say",
    Module.TRUST: "Trust: how far we rely on each other",
}
WHAT_FOR: Final[Mapping[Module, str]] = {
    Module.ROLES: "For each job: who leads today, who should, and what our own part is. Finds jobs that two claim, "
    "jobs that nobody leads, and work that nobody sees. Sources: collective impact, backbone; Intersector toolkit.",
    Module.PRIORITIES: "Everybody weighs the same list. Shows what we all put first, where sectors differ, and whether "
    "our effort goes where we say it should.",
    Module.STAGE: "How far we have come: getting to know each other, airing our differences, settling how we work, "
    "getting results. Finds a partnership that is already doing before it has talked and agreed. Sources: Tuckman "
    "1965; Living Cities.",
    Module.GUESSES: "After their own answers, everybody guesses what most people of a sector say. Tells a real "
    "difference from an imagined one.",
    Module.TRUST: "Everybody rates each other organisation on reliability, truth, ability and strength. Shows how far "
    "sectors rely on each other and where that is one-sided; each organisation learns in private how far all others "
    "count on it. Sources: Living Cities; PARTNER tool; Mayer, Davis & Schoorman 1995.",
}
ASKS: Final = {Ask.NOW: "Who leads today", Ask.SHOULD: "Who should lead", Ask.HELPS: "Who else helps",
               Ask.PART: "Our own part (shown under the organisation’s name)"}  # fmt: skip
MODES: Final = {Mode.POINTS: "Share out 100 points", Mode.TOP: "Pick the first three"}
TRUST_EXTRAS: Final = {
    "guess": "Guess how others see one’s own organisation (only oneself ever sees it)",
    "importance": "Say what matters most in a partner",
}
PASSES: Final = {Pass.SHOULD: "What should come first", Pass.NOW: "Where effort goes now",
                 Pass.OWN: "For my own organisation"}  # fmt: skip

_MANY: Final = tuple(Organisation(id=one, name=f"Organisation {one}", sector="") for one in range(trust.MOST_RATED + 1))
"""As many organisations as one person can rate, and their own, to say how long that takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A round's questions, those of its modules as they would be asked now, and what changes them."""

    instrument: Instrument
    whole: Instrument
    sectors: Sequence[Sector]
    locked: bool
    change: Change


def modules(desk: Desk) -> None:
    """Show every module with its switch, and below those that are on what can be chosen."""
    st.subheader("More to ask", anchor=False)
    for sentence in _where_minutes_go(desk.whole):
        st.caption(plain(sentence))
    for module in Module:
        with st.container(border=True, key=f"module-{module.value}"):
            _switch(module, desk=desk)
            if getattr(desk.instrument.modules, module.value) is not None and not desk.locked:
                _EDITORS.get(module, _nothing)(desk)


def _switch(module: Module, *, desk: Desk) -> None:
    key, on = f"module-{module.value}-on", getattr(desk.instrument.modules, module.value) is not None
    follow(key, on)
    st.toggle(TITLES[module], key=key, disabled=desk.locked, on_change=_switched, args=(module, key, desk))
    st.caption(plain(f"{WHAT_FOR[module]} {_minutes(module, desk=desk)}".rstrip()))


def _minutes(module: Module, *, desk: Desk) -> str:
    """What a module takes now; what it would take where it is off."""
    halves = _half_minutes(module, whole=desk.whole)
    if halves:
        return f"Takes about {in_minutes(halves)} min."
    if desk.locked or getattr(desk.instrument.modules, module.value) is not None:
        return ""
    alone = replace(desk.instrument, modules=Modules())
    asked = choosing.with_module(alone, module, chosen=_first(module, desk=desk))
    would = expanded(asked, organisations=_MANY, sectors={sector.code: sector.label for sector in desk.sectors})
    halves = _half_minutes(module, whole=would)
    much = "up to" if module is Module.TRUST else "about"
    return f"Would take {much} {in_minutes(halves)} min." if halves else ""


def _half_minutes(module: Module, *, whole: Instrument) -> int:
    items = [item for item in whole.of_one() if item.module == module]
    return half_minutes_for(items) if items else 0


def _where_minutes_go(whole: Instrument) -> Iterator[str]:
    """How long the form takes and with what, and what to leave out where that is too long."""
    taken = {module: _half_minutes(module, whole=whole) for module in Module}
    on = {module: halves for module, halves in taken.items() if halves}
    base = half_minutes_for(item for item in whole.of_one() if not item.module)
    parts = [f"the check-up {in_minutes(base)}", *(f"{module} {in_minutes(halves)}" for module, halves in on.items())]
    minutes = counted(whole.minutes, "minute", "minutes")
    yield f"The whole form takes about {minutes}: {listed(parts)}." if on else f"The form takes about {minutes}."
    if whole.minutes > WANTED_MINUTES:
        over = counted(whole.minutes - WANTED_MINUTES, "minute", "minutes")
        long = [f"{module} {in_minutes(on[module])}" for module in sorted(on, key=lambda one: -on[one])]
        save = f" Leaving out a module saves: {listed(long)}." if on else ""
        yield f"That is {over} more than the {WANTED_MINUTES} that we advise.{save} Fewer questions above help, too."


def _switched(module: Module, key: str, desk: Desk) -> None:
    on = st.session_state[key]
    _choose(desk, module, _first(module, desk=desk) if on else None)


def _choose(desk: Desk, module: Module, chosen: Chosen | None) -> None:
    attempt(lambda: desk.change(lambda instrument: choosing.with_module(instrument, module, chosen=chosen)))


def _first(module: Module, *, desk: Desk) -> Chosen:
    """What a module asks when it is switched on."""
    start = _starting()
    if module is Module.ROLES:
        return Roles(functions=start.functions[: start.usual_functions])
    if module is Module.PRIORITIES:
        return Priorities(options=start.options[: start.usual_options])
    if module is Module.STAGE:
        return start.stage
    if module is Module.TRUST:
        # Drawn once and kept with the questions: nobody chooses who rates whom.
        return replace(start.trust, seed=secrets.randbelow(2**31))
    items = [item.code for item in desk.instrument.items() if guesses.can_be_guessed(item)]
    return Guesses(items=tuple(items[:3]), sectors=tuple(sector.code for sector in desk.sectors))


def _roles(desk: Desk) -> None:
    chosen = cast(Roles, desk.instrument.modules.roles)
    _several("roles-asks", "What to ask about each job", ASKS, chosen=chosen.asks,
             keep=lambda asks: _choose(desk, Module.ROLES, replace(chosen, asks=asks)))  # fmt: skip
    _entries(
        "roles",
        "Jobs",
        known=_starting().functions,
        chosen=chosen.functions,
        prefix="RX",
        keep=lambda functions: _choose(desk, Module.ROLES, replace(chosen, functions=functions)),
    )


def _priorities(desk: Desk) -> None:
    chosen = cast(Priorities, desk.instrument.modules.priorities)
    follow("priorities-mode", chosen.mode)
    st.segmented_control(
        "How",
        list(MODES),
        key="priorities-mode",
        format_func=MODES.__getitem__,
        required=True,
        on_change=lambda: _choose(
            desk, Module.PRIORITIES, replace(chosen, mode=Mode(st.session_state["priorities-mode"]))
        ),
    )
    _several("priorities-passes", "Points of view", PASSES, chosen=chosen.passes,
             keep=lambda passes: _choose(desk, Module.PRIORITIES, replace(chosen, passes=passes)))  # fmt: skip
    _entries(
        "priorities",
        "Options (five to eight work best)",
        known=_starting().options,
        chosen=chosen.options,
        prefix="QX",
        keep=lambda options: _choose(desk, Module.PRIORITIES, replace(chosen, options=options)),
    )


def _guesses(desk: Desk) -> None:
    chosen = cast(Guesses, desk.instrument.modules.guesses)
    texts = {item.code: item.text for item in desk.instrument.items() if guesses.can_be_guessed(item)}
    sectors = {sector.code: sector.label for sector in desk.sectors}
    follow("guesses-items", [code for code in chosen.items if code in texts])
    st.multiselect(
        "Questions",
        list(texts),
        key="guesses-items",
        format_func=texts.__getitem__,
        max_selections=choosing.MOST_GUESSED,
        on_change=lambda: _choose(
            desk, Module.GUESSES, replace(chosen, items=tuple(st.session_state["guesses-items"]))
        ),
    )
    _several("guesses-sectors", "Whose answers", sectors, chosen=chosen.sectors,
             keep=lambda codes: _choose(desk, Module.GUESSES, replace(chosen, sectors=codes)))  # fmt: skip


def _trust(desk: Desk) -> None:
    chosen = cast(Trust, desk.instrument.modules.trust)
    for key, label in TRUST_EXTRAS.items():
        follow(f"trust-{key}", getattr(chosen, key))
        st.toggle(label, key=f"trust-{key}", on_change=_trust_switched, args=(key, chosen, desk))
    st.caption(plain(_who_sees(desk)))


def _trust_switched(key: str, chosen: Trust, desk: Desk) -> None:
    changed: dict[str, Any] = {key: st.session_state[f"trust-{key}"]}  # Any: arguments of several kinds
    _choose(desk, Module.TRUST, replace(chosen, **changed))


def _who_sees(desk: Desk) -> str:
    """Which sectors everybody sees, what goes to organisations alone, and how many each person rates."""
    there = desk.whole.organisations
    large = trust.large_sectors(there)
    shown = listed([sector.label for sector in desk.sectors if sector.code in large])
    room = f"The room sees {shown}, as sectors" if large else "No sector is shown to the room"
    most = min(trust.MOST_RATED, max(len(there) - 1, 0))
    return (
        f"{room}: it takes at least {trust.FEWEST_RATED} organisations of a sector. “All in all” goes to each "
        "organisation alone, and of smaller sectors all the rest, too: to those of its people who take part, on "
        f"their own page. Each person rates up to {most:d} organisations, and skips those without contact. "
        "Nothing is ranked, and you see no organisation's result."
    )


def _nothing(_desk: Desk) -> None:
    """A module without choices."""


def _several(
    key: str, label: str, names: Mapping[Any, str], *, chosen: Sequence[Any], keep: Callable[[tuple[Any, ...]], None]
) -> None:
    """Pills of which several may be on (Any: members of one enumeration, or codes)."""
    follow(key, [one for one in names if one in chosen])
    st.pills(
        label,
        list(names),
        selection_mode="multi",
        key=key,
        format_func=lambda one: plain(names[one]),
        on_change=lambda: keep(tuple(one for one in names if one in st.session_state[key])),
    )


def _entries(
    key: str,
    label: str,
    *,
    known: Sequence[Entry],
    chosen: Sequence[Entry],
    prefix: str,
    keep: Callable[[tuple[Entry, ...]], None],
) -> None:
    """The list of a module: what is on, what could be, one's own, and other words for one of them."""
    every = {one.code: one for one in (*known, *chosen)}
    names = {code: one.text for code, one in every.items()}
    _several(f"{key}-entries", label, names, chosen=[one.code for one in chosen],
             keep=lambda codes: keep(tuple(every[code] for code in codes)))  # fmt: skip
    with st.expander("Add your own, or reword one", key=f"{key}-words", icon=":material/edit:"):
        with st.form(f"{key}-own", border=False, clear_on_submit=True):
            st.text_input("One of our own", key=f"{key}-own-text", max_chars=LONGEST_TEXT)
            st.form_submit_button("Add", key=f"{key}-own-add", on_click=_add, args=(key, chosen, prefix, keep))
        _rewording(key, chosen=chosen, keep=keep)


def _add(key: str, chosen: Sequence[Entry], prefix: str, keep: Callable[[tuple[Entry, ...]], None]) -> None:
    text = st.session_state[f"{key}-own-text"]
    attempt(lambda: keep(choosing.with_own_entry(chosen, text=text, prefix=prefix)))


def _rewording(key: str, *, chosen: Sequence[Entry], keep: Callable[[tuple[Entry, ...]], None]) -> None:
    by_code = {one.code: one for one in chosen}
    code = st.selectbox("Reword", list(by_code), key=f"{key}-which", format_func=lambda code: by_code[code].text)
    if code is None:
        return
    with st.form(f"{key}-reword-{code}", border=False):
        text, short = f"{key}-text-{code}", f"{key}-short-{code}"
        st.text_input("In full", value=by_code[code].text, key=text, max_chars=LONGEST_TEXT)
        st.text_input("In short, for charts", value=by_code[code].short, key=short, max_chars=LONGEST_SHORT)
        st.form_submit_button(
            "Save", key=f"{key}-reword-save", on_click=_reword, args=(code, text, short, chosen, keep)
        )


def _reword(
    code: str, text: str, short: str, chosen: Sequence[Entry], keep: Callable[[tuple[Entry, ...]], None]
) -> None:
    words = {"text": st.session_state[text], "short": st.session_state[short]}
    attempt(lambda: keep(choosing.reworded(chosen, code, **words)))


@lru_cache(maxsize=1)
def _starting() -> Starting:
    return read_starting(MODULES, taxonomy=read_taxonomy(INSTRUMENTS / TAXONOMY_FILE))


_EDITORS: Final[Mapping[Module, Callable[[Desk], None]]] = {
    Module.ROLES: _roles,
    Module.PRIORITIES: _priorities,
    Module.GUESSES: _guesses,
    Module.TRUST: _trust,
}
