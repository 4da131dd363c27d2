"""Felt and real agreement of a round, whether its answers go together, and how far a chosen profile is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from xsector.actions import aiming
from xsector.actions.permission import leading_round
from xsector.agenda import certainty, felt_words, target_words
from xsector.agenda.document import Row
from xsector.analysis.felt import FeltFinding, felt_and_real
from xsector.analysis.findings import item_findings
from xsector.analysis.fit import Checked, Fit, checked
from xsector.analysis.profile import Unread
from xsector.analysis.target import FromTarget, from_target
from xsector.errors.rounds import RoundStateError
from xsector.model.instrument_file import load_form
from xsector.model.partner import RoundFacts
from xsector.model.profile import GOAL_LINE, PROFILE, FitCheck, read_fit_checks
from xsector.model.released import Release
from xsector.model.taxonomy import TargetProfile
from xsector.reports.released import release_in
from xsector.reports.words import words_in
from xsector.settings import DATA, INSTRUMENTS
from xsector.store import rounds, targets
from xsector.store.accounts import Account
from xsector.store.engine import Engine, Session, reading


@dataclass(frozen=True, slots=True, kw_only=True)
class FitLine:
    """One check in words: what it found, what that rests on, and where it comes from."""

    fit: Fit
    says: str
    ask: str
    because: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeltReport:
    """Everything the page and the wall say about felt and real agreement.

    ``goals`` are the one-line goals that the facilitator let through, ``goals_written`` how many can be read.
    ``levels`` are the answers of each profile question that was asked, by code; ``shorts`` names also those that
    weren't.
    """

    release: Release
    felt: FeltFinding
    fit: tuple[Checked, ...]
    profiles: tuple[TargetProfile, ...]
    target: TargetProfile | None
    aimed: FromTarget | None
    goal_question: str
    goals: tuple[str, ...]
    goals_written: int
    shorts: dict[str, str]
    levels: dict[str, tuple[str, ...]]

    @property
    def headline(self) -> str:
        """Both sides in one line."""
        return felt_words.headline(self.felt)

    @property
    def in_short(self) -> str:
        """The case in a few words."""
        return felt_words.in_short(self.felt)

    @property
    def furthest(self) -> str:
        """On what answers differ most, and by how much."""
        return felt_words.furthest(self.felt)

    @property
    def how_sure(self) -> str:
        """What could change the finding."""
        return felt_words.how_sure(self.felt, findings=item_findings(self.release), release=self.release)

    @property
    def note(self) -> str:
        """How many it rests on, what isn't shown, and why."""
        return self._noted(felt_words.unread_note(self.felt, shorts=self.shorts))

    @property
    def felt_table(self) -> tuple[Row, ...]:
        """The picture in words and numbers, heads first."""
        return felt_words.felt_table(self.felt)

    @property
    def fit_headline(self) -> str:
        """What the checks found."""
        return felt_words.fit_headline(self.fit)

    @property
    def fit_lines(self) -> tuple[FitLine, ...]:
        """Every check, those that speak first."""
        items = {item.code: item for item in self.release.items}
        first = sorted(self.fit, key=lambda one: (one.fit is not Fit.CLASH, one.fit is Fit.FITS))
        return tuple(
            FitLine(
                fit=one.fit, says=one.check.says, ask=one.check.ask, source=one.check.source,
                because=felt_words.fit_words(one, items=items),
            )
            for one in first
        )  # fmt: skip

    @property
    def target_headline(self) -> str:
        """On what we are furthest from the chosen profile."""
        return target_words.headline(self.aimed) if self.aimed else ""

    @property
    def target_note(self) -> str:
        """How many it rests on, what isn't shown, and why."""
        return self._noted(felt_words.unread_sentence(self.aimed.unread, shorts=self.shorts) if self.aimed else "")

    @property
    def target_table(self) -> tuple[Row, ...]:
        """The picture of the way in words and numbers, heads first."""
        return target_words.target_table(self.aimed, release=self.release) if self.aimed else ()

    @property
    def profiles_table(self) -> tuple[Row, ...]:
        """What each profile wishes for, question by question, heads first."""
        heads = ("Question", *(one.label for one in self.profiles))
        rows = (
            (self.shorts[code], *(self._wish(one, code) for one in self.profiles))
            for code in PROFILE
            if code in self.levels
        )
        return (heads, *rows)

    def _wish(self, profile: TargetProfile, code: str) -> str:
        place = profile.wanted.get(code)
        return "–" if place is None or place >= len(self.levels[code]) else self.levels[code][place]

    def _noted(self, unread: str) -> str:
        release = self.release
        based = f"Based on {release.answered:,} of {release.invited:,} people invited."
        return " ".join(note for note in (based, unread, certainty.hidden_sectors(release)) if note)


@lru_cache(maxsize=1)
def fit_checks() -> tuple[FitCheck, ...]:
    """The checks that come with xsector."""
    return read_fit_checks(DATA / "guides" / "fit_checks.yaml")


@lru_cache(maxsize=1)
def _usual_shorts() -> dict[str, str]:
    """What the questions of the check-up are called, for those that a round didn't ask."""
    return {item.code: item.short for item in load_form(INSTRUMENTS, "standard").items()}


def felt_report(engine: Engine, *, account: Account, round_id: int) -> FeltReport:
    """What is felt and what is real in a round.

    Raises
    ------
    RoundStateError
        Nothing is revealed yet.
    """
    with reading(engine) as session:
        facts = leading_round(session, account=account, round_id=round_id)
        found = _in(session, facts)
    if found is None:
        raise RoundStateError(facts.title, facts.state, "looked at")
    return found


def felt_on_wall(engine: Engine, *, round_id: int) -> FeltReport | None:
    """The same for the room, None where nothing was released; the caller holds the wall's link or leads the round."""
    with reading(engine) as session:
        return _in(session, rounds.get(session, round_id))


def felt_document(engine: Engine, *, account: Account, round_id: int) -> dict[str, Any]:
    """The keys ``felt``, ``fit`` and ``target`` of a round's report, JSON-able; empty before the reveal."""
    with reading(engine) as session:
        found = _in(session, leading_round(session, account=account, round_id=round_id))
    if found is None:
        return dict(EMPTY)
    fits = [_fit(one, levels=found.levels) for one in found.fit]
    return {"felt": _felt(found), "fit": fits, "target": _target(found)}


EMPTY: Final[dict[str, Any]] = {"felt": None, "fit": [], "target": None}
"""What a report says before anything is released."""


def _in(session: Session, facts: RoundFacts) -> FeltReport | None:
    release = release_in(session, facts)
    if release is None:
        return None
    target = aiming.profile(targets.chosen(session, facts))
    items = {item.code: item for item in rounds.instrument_of(session, facts.id).items()}
    written = next((one for one in words_in(session, facts) if one.code == GOAL_LINE), None)
    return FeltReport(
        release=release,
        felt=felt_and_real(release),
        fit=checked(release, checks=fit_checks()),
        profiles=aiming.profiles(),
        target=target,
        aimed=from_target(release, target=target) if target else None,
        goal_question=items[GOAL_LINE].text if GOAL_LINE in items else "",
        goals=tuple(word.text for word in written.let_through) if written else (),
        goals_written=len(written.words) if written else 0,
        shorts={**_usual_shorts(), **{code: item.short for code, item in items.items()}},
        levels={code: items[code].levels for code in PROFILE if code in items},
    )


def _felt(found: FeltReport) -> dict[str, Any]:
    felt = found.felt
    share: dict[str, Any] = {"not_shown": felt.felt.value} if isinstance(felt.felt, Unread) else {
        "item": felt.felt.item.code, "n": felt.felt.n, "agree": felt.felt.yes, "share": felt.felt.share,
        "share_bounds": [felt.felt.lowest, felt.felt.highest],
    }  # fmt: skip
    return {
        "case": felt.case.value if felt.case else None,
        "statement": share,
        "profile": [
            {
                "code": one.item.code,
                "n": one.n,
                "counts": list(one.counts),
                "divergence_unbiased": one.divided,
                "pattern": one.pattern.value,
                "differs": one.differs,
                "typical": None if one.typical is None else one.item.levels[one.typical],
            }
            for one in felt.real
        ],
        "not_shown": {code: why.value for code, why in felt.unread.items()},
    }


def _fit(one: Checked, *, levels: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    answers = list(one.typical.items())
    return {
        "code": one.check.code,
        "fit": one.fit.value,
        "says": one.check.says,
        "source": one.check.source,
        "typical": {code: levels[code][place] if isinstance(place, int) else None for code, place in answers},
        "not_shown": {code: why.value for code, why in answers if isinstance(why, Unread)},
    }


def _target(found: FeltReport) -> dict[str, Any] | None:
    if found.aimed is None:
        return None
    names = [block.name for block in found.release.blocks]
    return {
        "code": found.aimed.target.code,
        "label": found.aimed.target.label,
        "items": [
            {
                "code": one.item.code,
                "wanted": one.item.levels[one.wanted],
                "n": one.n,
                "there": one.there,
                "steps_away": one.away,
                "by_block": dict(zip(names, one.by_block, strict=True)),
            }
            for one in found.aimed.distances
        ],
        "not_shown": {code: why.value for code, why in found.aimed.unread.items()},
    }
