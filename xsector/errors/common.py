"""What can go wrong everywhere: the root of all problems, and those about rights, names and forms."""

from __future__ import annotations

from collections.abc import Sequence


class XsectorError(Exception):
    """Something a person can understand and act upon."""

    remedy = "Try again. If it happens once more, tell the convener."

    def sentence(self) -> str:
        """The problem and what to do about it, as one short text."""
        return f"{self} {self.remedy}"


class NotAllowedError(XsectorError):
    """Somebody asked for what their role doesn't open."""

    remedy = "Sign in with an account that may, or ask the convener."

    def __init__(self, *, noted: bool = False) -> None:
        self.noted = noted
        """Whether it is counted for the log already, with whoever was refused."""
        super().__init__("You can't open this with the way you are signed in.")


class NotFoundError(XsectorError):
    """A partnership, round or person that isn't there (any more)."""

    remedy = "Go back to the start page and choose again."

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} isn't here (any more).")


class LockedError(XsectorError):
    """A change that was possible only before the first answer."""

    remedy = "Make the change in the next round."

    def __init__(self, what: str, *, remedy: str = "") -> None:
        super().__init__(f"The {what} can't be changed now" + ("." if remedy else ": partners have started to answer."))
        self.remedy = remedy or self.remedy


class SetUpError(XsectorError):
    """Set-up that is incomplete or contradictory."""

    remedy = "Complete it on the set-up page."

    def __init__(self, problem: str, *, remedy: str = "") -> None:
        super().__init__(problem)
        self.remedy = remedy or self.remedy


class AgendaMinutesError(XsectorError):
    """Someone asked for an agenda that is too short or too long to be of use."""

    def __init__(self, minutes: int, *, shortest: int, longest: int) -> None:
        self.minutes = minutes
        self.remedy = f"Ask for {shortest} to {longest} minutes."
        super().__init__(f"An agenda of {minutes} minutes can't be planned.")


class UnusableTextError(XsectorError):
    """A name or a line of text holds something that can't be shown safely, or is too long."""

    remedy = "Type it again in plain letters."

    def __init__(self, reason: str, *, remedy: str = "") -> None:
        self.remedy = remedy or type(self).remedy
        super().__init__(reason)


class EditRefusedError(XsectorError):
    """A change to a questionnaire would break it."""

    def __init__(self, reason: str, *, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(reason)


class ForeignPageError(XsectorError):
    """A form that another site, or none we know, sent to us."""

    remedy = "Open this site's own page and fill in the form there."

    def __init__(self) -> None:
        super().__init__("This was not sent from one of our own pages.")


class FormError(XsectorError):
    """A form that is too large, or isn't one."""

    remedy = "Go back, reload the page and fill in the form again."

    def __init__(self) -> None:
        super().__init__("The form could not be read.")


class UnknownFormatError(XsectorError):
    """A file format that isn't offered."""

    remedy = "Choose docx, pdf or md."

    def __init__(self, kind: str, *, paper: str = "an agenda", formats: Sequence[str] = ()) -> None:
        self.remedy = f"Choose {', '.join(formats[:-1])} or {formats[-1]}." if formats else type(self).remedy
        super().__init__(f"“{kind}” is no format of {paper}." if kind else "No format was named.")
