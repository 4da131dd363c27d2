"""Problems of meetings: leading them, voting, promising."""

from __future__ import annotations

from xsector.errors.common import XsectorError


class MovedOnError(XsectorError):
    """A key was pressed for a place that the meeting has left, in another tab or by somebody else."""

    remedy = "Look where the meeting stands now, then press again."

    def __init__(self) -> None:
        super().__init__("The meeting has moved since this page was drawn, so nothing was done.")


class MeetingStateError(XsectorError):
    """A step that a meeting's state doesn't allow."""

    remedy = "Reload the page to see where the meeting stands."

    def __init__(self, what: str, state: str) -> None:
        words = {"planned": "hasn't begun", "running": "goes on", "ended": "is over"}
        super().__init__(f"{what} can't be done: the meeting {words[state]}.")


class OtherMeetingError(XsectorError):
    """A second meeting of the partnership was to begin."""

    remedy = "End that one first."

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}” goes on, and a partnership holds one meeting at a time.")


class VoteOpenError(XsectorError):
    """Something that has to wait for the end of a vote."""

    remedy = "Show or drop the vote first."

    def __init__(self) -> None:
        super().__init__("A vote is open in this meeting.")


class VoteOverError(XsectorError):
    """A ballot for a vote that takes none."""

    remedy = "What you saved before counts."

    def __init__(self) -> None:
        super().__init__("This vote is over, so nothing was changed.")


class NothingToShowError(XsectorError):
    """A vote was to be shown of which the rule lets nothing through."""

    remedy = "Wait for more votes, ask for a show of hands instead, or drop the vote."

    def __init__(self, why: str) -> None:
        super().__init__(why or "Nobody has voted yet.")


class PromiseChangedError(XsectorError):
    """A promise was changed since this page was drawn, in another tab or by somebody else."""

    remedy = "Look at it as it is now, then change it again."

    def __init__(self) -> None:
        super().__init__("This promise was changed or taken out meanwhile, so yours was not kept.")


class TooManyPromisesError(XsectorError):
    """More promises than anybody keeps."""

    remedy = "Take one out, or make two into one."

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} promises are the most that one meeting keeps.")


class VotedHereError(XsectorError):
    """Somebody was to vote on the facilitator's device who has voted already."""

    remedy = "Nothing is left for them to do. If they want to change their vote, they use their own device."

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has voted already.")
