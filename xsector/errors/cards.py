"""Problems of brainstorms on cards: writing, sorting, voting."""

from __future__ import annotations

from xsector.errors.common import XsectorError


class WritingOverError(XsectorError):
    """A card was to be added or taken back after writing had ended."""

    remedy = "What you typed is still in the box. Say it when the room talks about the cards."

    def __init__(self) -> None:
        super().__init__("Writing is over, so this was not changed.")


class TooManyCardsError(XsectorError):
    """Somebody wrote more cards than one person may."""

    remedy = "Take one of yours back to make room for it."

    def __init__(self, most: int) -> None:
        super().__init__(f"You have {most} cards, which is the most that one person may write.")


class TooFastError(XsectorError):
    """Cards came faster than anybody writes."""

    remedy = "Wait a moment, then press the button again. What you typed is still in the box."

    def __init__(self) -> None:
        super().__init__("That was too fast.")


class BrainstormStageError(XsectorError):
    """A step that doesn't fit how far the brainstorm is."""

    remedy = "Reload the page to see how far it is."

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} can't be done now: the cards are further on, or not so far yet.")


class BrainstormBusyError(XsectorError):
    """Another brainstorm of the partnership calls partners already."""

    remedy = "End its writing or its vote first."

    def __init__(self, prompt: str) -> None:
        super().__init__(f"Partners are still busy with “{prompt}”.")


class TooFewWritersError(XsectorError):
    """Writing was to end before enough people wrote."""

    remedy = "Give them more time, or throw the cards away unread."

    def __init__(self, people: int, *, least: int, organisations: int) -> None:
        wrote = "1 person has" if people == 1 else f"{people} people have"
        super().__init__(
            f"{wrote} written so far. Nobody reads cards unless at least {least} people from {organisations} "
            "organisations wrote, so that nobody is known by being one of a few."
        )


class TooFewVotersError(XsectorError):
    """A vote was to be counted before enough people voted."""

    remedy = "Give them more time, or end the vote without counting."

    def __init__(self, people: int, *, least: int, organisations: int) -> None:
        voted = "1 person has" if people == 1 else f"{people} people have"
        super().__init__(
            f"{voted} voted so far. Votes are counted only if at least {least} people from {organisations} "
            "organisations voted."
        )


class VotingOverError(XsectorError):
    """Dots were to be placed while no vote is open."""

    remedy = "The votes that were saved before count."

    def __init__(self) -> None:
        super().__init__("The vote is over, so this was not changed.")


class DotsError(XsectorError):
    """More dots than one person has, or a dot on a card that isn't there."""

    remedy = "Reload the page and mark again."

    def __init__(self, dots: int) -> None:
        super().__init__(f"Each person marks at most {dots} of the cards that are shown.")


class VotedBeforeError(XsectorError):
    """Somebody with a new link has voted with their earlier one."""

    remedy = "Nothing is left for you to do in this vote."

    def __init__(self) -> None:
        super().__init__("You voted with an earlier link. That vote counts.")


class ThemesError(XsectorError):
    """Themes that can't be kept as they are."""

    def __init__(self, problem: str, *, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(problem)


class TooManyRulesError(XsectorError):
    """One more rule than anybody keeps in mind."""

    remedy = "Delete one first: few rules are kept, many are forgotten."

    def __init__(self, most: int) -> None:
        super().__init__(f"There are {most} rules already.")
