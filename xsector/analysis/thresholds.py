"""Every band, threshold and cut-off in one place: the words of the analysis, and what the agenda speaks about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """Where one word ends and the next begins, and what is too little to speak about.

    ``aligned``, ``spread`` and ``divided`` are upper ends of D; ``share_none``, ``share_slight`` and
    ``share_clear`` are upper ends of the adjusted share between sectors. ``change`` is the smallest
    change of D between rounds that is called one.
    """

    aligned: float = 0.25
    spread: float = 0.50
    divided: float = 0.65
    share_none: float = 0.05
    share_slight: float = 0.15
    share_clear: float = 0.35
    camp_share: float = 0.67
    camp_gap: float = 0.50
    camp_minority: float = 0.25
    change: float = 0.15
    fewest_answers: int = 3
    fewest_for_share: int = 8
    """Answers beyond the number of blocks, N - G, that an interval of the share needs."""
    interval_level: float = 0.90
    top_items: int = 5
    resamples: int = 500

    def __post_init__(self) -> None:
        if not 0 < self.aligned < self.spread < self.divided < 1:
            raise ValueError(f"bands of D must rise between 0 and 1, not {self.aligned}, {self.spread}, {self.divided}")
        if not 0 < self.share_none < self.share_slight < self.share_clear < 1:
            raise ValueError(
                "bands of the share must rise between 0 and 1, "
                f"not {self.share_none}, {self.share_slight}, {self.share_clear}"
            )
        if self.fewest_answers < 2:
            raise ValueError(f"fewest_answers must be at least 2, not {self.fewest_answers}")
        if not 0 < self.interval_level < 1:
            raise ValueError(f"interval_level must lie between 0 and 1, not {self.interval_level}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much it takes before the agenda speaks about something; shares run from 0 to 1.

    ``gap`` is a share of the whole scale: a quarter is one step of five points. ``chance`` is the
    largest share of re-deals that may give as big a gap. ``split_side`` is what both sides of a
    scale must hold before a group counts as split, ``split_people`` how many people it must have.
    ``fog`` is the share of everyone who can't judge, ``fog_group`` that of one group. A strength's mean lies at
    least at ``favourable`` of the scale; ``nearly_all`` is the share on one side that counts as agreement.
    """

    gap: float = 0.25
    chance: float = 0.10
    split_side: float = 0.30
    split_people: int = 5
    outer: float = 3 / 8
    """How much of the scale at either end is a side, when a group stands there by its mean."""
    fog: float = 0.25
    fog_group: float = 0.50
    favourable: float = 0.65
    nearly_all: float = 0.85
    few_answers: int = 8
    """Below this many answers one person moves every figure."""
    felt: float = 2 / 3
    """From this share of yes on, most of us feel that we agree."""
    not_felt: float = 1 / 2
    """Up to this share of yes, most of us don't; between the two no word fits."""
    shared_answer: float = 1 / 2
    """The share that one answer must hold before it is called ours."""
    differing: float = 1 / 3
    """From this share of differing profile answers on, there is no real agreement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLimits:
    """How much it takes before something is said about who does what; shares run from 0 to 1.

    Source: our roles questionnaire, after the collective impact backbone functions.
    """

    settled: float = 0.70
    second: float = 0.25
    """Share that names a second organisation, from which a job is contested."""
    orphan: float = 0.40
    """Share that says nobody leads, or doesn't know."""
    misplaced: float = 0.50
    expected: float = 0.50
    unseen: float = 0.25
    shared: float = 0.50
    overloaded: float = 0.50
    """Share of the jobs that one organisation leads."""
    fewest_named: int = 3
    """People who must have answered before anything is said."""
    level: float = 0.80
    """Of the interval within which a share must stay on its side of a limit to be called clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityLimits:
    """How much it takes before something is said about what comes first.

    ``split`` and ``say_do`` are points of 100; where people chose their first three, ``split_shares`` and
    ``say_do_shares`` are percentage points of those who chose an option. Source: our priorities questionnaire.
    """

    top: int = 3
    """How many of the highest options are a group's first ones."""
    split: float = 15
    split_shares: float = 40
    say_do: float = 15
    say_do_shares: float = 40
    own_groups: float = 0.50
    """Share of the groups that put another option first for themselves."""
    chance: float = 0.10
    """Largest share of re-deals with as big a gap, for all options together, below which a split is clear."""
    level: float = 0.80
    """Of the interval within which a figure must stay on its side of a limit to be called clear."""
    fewest_answers: int = 3
    """People of a group who must have answered before its figures are compared."""

    def __post_init__(self) -> None:
        if not 0 < self.level < 1 or not 0 < self.chance < 1:
            raise ValueError(f"level and chance must lie between 0 and 1, not {self.level}, {self.chance}")
        if self.fewest_answers < 2 or self.top < 1:
            raise ValueError(f"fewest_answers must be at least 2 and top 1, not {self.fewest_answers}, {self.top}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRobinLimits:
    """How many organisations must have rated and been rated before the Social Relations Model says anything.

    ``fewest_for_effects`` is for what each gives and receives, ``fewest_for_shares`` for parts of the variance,
    reciprocity and reliability; with ``questions_for_averaged`` questions or more in one average,
    ``fewest_for_shares_averaged`` are enough. An average needs ``questions_answered`` of its questions.
    """

    fewest_for_effects: int = 4
    fewest_for_shares: int = 8
    fewest_for_shares_averaged: int = 6
    questions_for_averaged: int = 4
    questions_answered: float = 0.5

    def __post_init__(self) -> None:
        if self.fewest_for_effects < 4:
            raise ValueError(f"below 4 organisations effects can't be told apart, not {self.fewest_for_effects}")
        if min(self.fewest_for_shares, self.fewest_for_shares_averaged) < self.fewest_for_effects:
            raise ValueError("shares of variance can't need fewer organisations than effects")
        if not 0 < self.questions_answered <= 1:
            raise ValueError(f"questions_answered must lie above 0 and at most at 1, not {self.questions_answered}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessLimits:
    """When two groups count as apart, and when a guess is spoken about.

    ``gap`` is a share of the whole scale: a quarter is one step of five points. Guesses and answers need
    ``fewest_answers`` each.
    """

    gap: float = 0.25
    fewest_answers: int = 3
    level: float = 0.95
    """Of the intervals that must leave out nought before a case is called clear."""

    def __post_init__(self) -> None:
        if not 0 < self.gap < 1 or self.fewest_answers < 1:
            raise ValueError(
                f"gap must lie between 0 and 1 and fewest_answers be at least 1, not {self.gap}, {self.fewest_answers}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLimits:
    """How much it takes before something is said about a partnership's road; shares run from 0 to 1.

    Source: our stage questionnaire, where work counts as done from a mean of 3.5 of 5 on and as not done below 3.0;
    with answers spread a step around these means, half of us and a third of us agree.
    """

    done: float = 0.50
    """Share that agrees, from which work is done or a sign is seen."""
    undone: float = 0.35
    """Share that agrees, below which work isn't done and a sign isn't seen."""
    picked: float = 0.50
    """Share of a group that must choose the same picture before it is the group's."""
    steps_apart: int = 2
    """Pictures between which two groups must lie."""
    chance: float = 0.10
    fewest_answers: int = 3
    level: float = 0.80
    """Of the intervals that must stay on their side before a finding is called clear, or a place certain."""

    def __post_init__(self) -> None:
        if not 0 < self.undone <= self.done < 1:
            raise ValueError(f"undone and done must rise between 0 and 1, not {self.undone}, {self.done}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrustLimits:
    """How much it takes before something is said about trust; gaps are steps of a scale of five.

    Source: our round robin of trust, and our rules for feedback on the check-up.
    """

    asymmetry: float = 1.0
    """How much more one sector trusts another than the other way round."""
    opposite: int = 2
    """Statements on which most of the one are on the high side and most of the other on the low one, from which a pair
    is one-sided whatever the means are."""
    dimension: float = 0.8
    """How far one dimension lies below the mean of the other three."""
    self_gap: float = 0.7
    """Between trust in partners and in the partnership."""
    surprise: float = 1.0
    """Between one's own guess and what others say."""
    thin: float = 0.5
    """Share with no or little contact, from which a finding is about contact."""
    often_thin: float = 0.25
    """Share of all groups and sectors that hardly meet, from which that is worth a talk of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementLimits:
    """How much it takes before a group is said to have moved between two votes on the same question.

    Source: our own rule for votes in a meeting, where groups are small: one person who moves one step says nothing
    about a group.
    """

    least: float = 0.06
    """Part of the scale, from its lowest to its highest level, by which a group's mean must have moved."""
    person_steps: float = 2.0
    """Steps that the people of a group must have moved, all added up."""

    def __post_init__(self) -> None:
        if not 0 < self.least < 1 or self.person_steps <= 1:
            raise ValueError(
                f"least must lie between 0 and 1 and person_steps above 1, not {self.least}, {self.person_steps}"
            )


DEFAULT_TRUST_LIMITS: Final = TrustLimits()
DEFAULT_BANDS: Final = Bands()
DEFAULT_LIMITS: Final = Limits()
DEFAULT_ROUND_ROBIN: Final = RoundRobinLimits()
DEFAULT_GUESSES: Final = GuessLimits()
DEFAULT_ROLE_LIMITS: Final = RoleLimits()
DEFAULT_STAGE_LIMITS: Final = StageLimits()
DEFAULT_PRIORITIES: Final = PriorityLimits()
DEFAULT_MOVEMENT_LIMITS: Final = MovementLimits()
