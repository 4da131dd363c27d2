"""Problems of rounds: answering, revealing, and what may be shown."""

from __future__ import annotations

from xsector.errors.common import XsectorError


class RoundStateError(XsectorError):
    """A step that the round's state doesn't allow."""

    remedy = "Reload the page to see where the round stands."

    def __init__(self, title: str, state: str, wanted: str) -> None:
        super().__init__(f"“{title}” is {state}, so it can't be {wanted}.")


class RoundClosedError(XsectorError):
    """Someone tried to answer while the round takes no answers."""

    def __init__(self, title: str, state: str) -> None:
        self.title = title
        super().__init__(f"“{title}” is {state} and takes no answers now.")
        self.remedy = (
            "What was shown stays as it is. You can answer again in the next round."
            if state in {"revealed", "archived"}
            else "Ask your convener to open it, or wait for the next round. What you saved is kept."
        )


class AnswerError(XsectorError):
    """An answer that the question doesn't offer."""

    remedy = "Reload the page and choose one of the answers shown. Your other answers are saved."

    def __init__(self, code: str) -> None:
        super().__init__(f"Question {code} doesn't take that answer.")


class OldPageError(XsectorError):
    """The agenda was changed since this page was loaded, in another tab or by somebody else."""

    remedy = "Reload this page to see the newest agenda."

    def __init__(self) -> None:
        super().__init__("The agenda was changed in another tab or by somebody else, so this change was not kept.")


class SealedError(XsectorError):
    """Someone tried to change answers after they were counted, or after the results were shown."""

    remedy = "You can answer again in the next round."

    def __init__(self, title: str) -> None:
        self.title = title
        super().__init__(f"Your answers in “{title}” are sealed: what was shown stays as it is.")


class TooFewWordsError(XsectorError):
    """A comment was to be shown whose author did not agree, or of a question about which too few did."""

    remedy = "You may speak about it in your own words, as long as nobody can tell whose it was."

    def __init__(self, *, least: int) -> None:
        super().__init__(f"The room sees a comment only if its author agreed, and only where at least {least} did.")


class NothingLateError(XsectorError):
    """Late answers were to be added, and too few wait."""

    remedy = "They wait until more have come; with the next round they become the first answers there."

    def __init__(self) -> None:
        super().__init__("Too few late answers wait to be shown as a group.")


class AnsweredBeforeError(XsectorError):
    """Somebody with a new link has finished this round with their earlier one."""

    remedy = "Nothing is left for you to do. In the next round your new link works as usual."

    def __init__(self, title: str) -> None:
        super().__init__(f"You finished “{title}” with an earlier link. Those answers are kept and counted.")


class ShownBeforeError(XsectorError):
    """A round was to go on that had been shown in a database which an older backup has replaced."""

    remedy = "Start a new round."

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{title}” had been shown before the database was brought back from an older backup, so it has ended: "
            "shown twice, it could give away who changed an answer or came late."
        )


class LonelyError(XsectorError):
    """All releases together would tell too few people apart from the others."""

    remedy = "Nothing was shown. Keep a backup and ask whoever looks after the program; the ledger needs a look."

    def __init__(self, *, people: int) -> None:
        super().__init__(f"With the earlier rounds this would tell a group of {people} apart from everybody else.")
