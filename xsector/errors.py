"""Every problem that a person can cause or mend, in words and with its remedy."""

from __future__ import annotations


class XsectorError(Exception):
    """Something a person can understand and act upon."""

    remedy = "Try again. If it happens once more, tell the convener."

    def sentence(self) -> str:
        """The problem and what to do about it, as one short text."""
        return f"{self} {self.remedy}"


class SettingError(XsectorError):
    """An environment variable holds something that can't be used."""

    remedy = "Correct the variable or remove it, then start again."

    def __init__(self, name: str, rule: str) -> None:
        self.name = name
        super().__init__(f"{name} must {rule}.")


class DatabaseInUseError(XsectorError):
    """A second process tried to write to the same SQLite file."""

    remedy = "Stop the other one first, or use PostgreSQL, which several can share."

    def __init__(self, path: str, pid: str) -> None:
        super().__init__(f"Another xsector process{pid} has the database {path} open.")


class DatabaseBrokenError(XsectorError):
    """The database can't be read, or isn't where it used to be."""

    remedy = "Restore the newest backup: python -m xsector restore FILE."

    def __init__(self, problem: str, *, remedy: str = "") -> None:
        super().__init__(problem)
        self.remedy = remedy or self.remedy


class DiskFullError(XsectorError):
    """The database could not grow."""

    remedy = "Make space on the server's disk; then try again. Nothing that was saved is lost."

    def __init__(self) -> None:
        super().__init__("This was not saved: the server's disk is full.")


class NotSavedError(XsectorError):
    """The database did not take a change in time."""

    remedy = "Wait a moment and try again."

    def __init__(self) -> None:
        super().__init__("This was not saved: the database is busy or out of reach.")


class UnknownLinkError(XsectorError):
    """A link that was never issued, or has been replaced."""

    remedy = "Use the newest link you were given, or ask your convener for a new one."

    def __init__(self) -> None:
        super().__init__("This link isn't known here. It may have been replaced by a newer one.")


class SignInError(XsectorError):
    """Name and password don't go together."""

    remedy = "Check both and try again."

    def __init__(self) -> None:
        super().__init__("That name and password don't match an account.")


class TooManyTriesError(XsectorError):
    """Too many wrong tries in a short time."""

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        super().__init__("There were too many wrong tries.")
        self.remedy = f"Wait {wait_seconds} seconds and try again."


class WeakPasswordError(XsectorError):
    """A password that is too short or too common."""

    remedy = "Choose at least 15 characters: three or four words that don't belong together are fine."

    def __init__(self, reason: str) -> None:
        super().__init__(f"This password can't be used: {reason}.")


class NotAllowedError(XsectorError):
    """Somebody asked for what their role doesn't open."""

    remedy = "Sign in with an account that may, or ask the convener."

    def __init__(self) -> None:
        super().__init__("You can't open this with the way you are signed in.")


class NotFoundError(XsectorError):
    """A partnership, round or person that isn't there (any more)."""

    remedy = "Go back to the start page and choose again."

    def __init__(self, what: str) -> None:
        super().__init__(f"This {what} isn't here (any more).")


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
            if state == "revealed"
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


class BackupError(XsectorError):
    """A backup that can't be made or read."""

    remedy = "Choose another file. The database itself was not touched."


class GuideFileError(XsectorError):
    """A discussion guide file can't be read."""

    remedy = "Mend the file, then try again."

    def __init__(self, file: str, *, place: str, problem: str, remedy: str = "") -> None:
        self.file = file
        self.place = place
        self.problem = problem
        self.remedy = remedy or type(self).remedy
        super().__init__(f"{file}, {place}: {problem}." if place else f"{file}: {problem}.")


class AgendaMinutesError(XsectorError):
    """Someone asked for an agenda that is too short or too long to be of use."""

    def __init__(self, minutes: int, *, shortest: int, longest: int) -> None:
        self.minutes = minutes
        self.remedy = f"Ask for {shortest} to {longest} minutes."
        super().__init__(f"An agenda of {minutes} minutes can't be planned.")


class SurveyFileError(XsectorError):
    """A table of answers or a roster that can't be read as it is."""

    remedy = "Mend the file, then try again."

    def __init__(self, problem: str, *, remedy: str = "") -> None:
        self.remedy = remedy or type(self).remedy
        super().__init__(problem)


class InstrumentFileError(XsectorError):
    """A file of questions, or the vocabulary it points to, can't be used as it is."""

    def __init__(self, file: str, *, place: str = "", line: int | None = None, problem: str, remedy: str) -> None:
        self.file = file
        self.place = place
        self.line = line
        self.problem = problem
        self.remedy = remedy
        where = ", ".join(part for part in (file, f"line {line}" if line else "", place) if part)
        super().__init__(f"{where}: {problem}.")


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


class UnknownCodeError(XsectorError):
    """A room code that opens no round now."""

    remedy = "Check the code on the screen: eight letters and digits. It works only while the round is open."

    def __init__(self) -> None:
        super().__init__("No open round has this room code.")


class NameTakenError(XsectorError):
    """A name that was already used to answer."""

    remedy = "Use the personal link of that name, or ask the convener for a new one."

    def __init__(self) -> None:
        super().__init__("This name has been used already.")


class AccountExistsError(XsectorError):
    """A new account was to get the name of one that exists."""

    remedy = "Choose another name, or sign in with that one."

    def __init__(self, name: str) -> None:
        super().__init__(f"There is an account named “{name}” already.")


class AnsweredBeforeError(XsectorError):
    """Somebody with a new link has finished this round with their earlier one."""

    remedy = "Nothing is left for you to do. In the next round your new link works as usual."

    def __init__(self, title: str) -> None:
        super().__init__(f"You finished “{title}” with an earlier link. Those answers are kept and counted.")


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


class PasswordsDifferError(XsectorError):
    """A new password and its repetition."""

    remedy = "Type the same password twice."

    def __init__(self) -> None:
        super().__init__("The two passwords are not the same.")


class UnknownFormatError(XsectorError):
    """A file format that isn't offered."""

    remedy = "Choose docx, pdf or md."

    def __init__(self, kind: str) -> None:
        super().__init__(f"“{kind}” is no format of an agenda." if kind else "No format was named.")


class UnknownAccountError(XsectorError):
    """A partnership was to be shared with an account that isn't there."""

    remedy = "Type the name as they sign in with it, or make them a link for a new account."

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no account named “{name}”.")


class LastConvenerError(XsectorError):
    """The only convener of a partnership was to be taken off it."""

    remedy = "Add another convener first."

    def __init__(self) -> None:
        super().__init__("A partnership needs at least one convener who leads it.")


class LonelyError(XsectorError):
    """All releases together would tell too few people apart from the others."""

    remedy = "Nothing was shown. Keep a backup and ask whoever looks after the program; the ledger needs a look."

    def __init__(self, *, people: int) -> None:
        super().__init__(f"With the earlier rounds this would tell a group of {people} apart from everybody else.")


class NoListError(XsectorError):
    """The list of packages can't be made here."""

    remedy = "Install what developers use: python -m pip install -r tests/requirements.txt"


class SecretsFileError(XsectorError):
    """What secrets.toml says of signing in elsewhere can't be used, or others can read it."""

    def __init__(self, file: str, *, problem: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(f"{file} {problem}.")


class JourneyError(XsectorError):
    """Somebody comes from a provider, and it wasn't this browser that set off, or long ago."""

    remedy = "Start again on the sign-in page, and take no more than ten minutes."

    def __init__(self) -> None:
        super().__init__("This sign-in began in another browser, or too long ago.")


class NotConfirmedError(XsectorError):
    """A provider did not say who somebody is, or not surely enough."""

    remedy = "Start again on the sign-in page. If it happens once more, tell whoever runs this server."

    def __init__(self, provider: str, *, factors: bool = True) -> None:
        super().__init__(f"{provider} didn't confirm " + ("who you are." if factors else "it with a second step."))
        self.remedy = self.remedy if factors else "Switch a second step on there, such as an app on your phone."


class UnknownIdentityError(XsectorError):
    """Somebody whom a provider knows has no account here."""

    remedy = "Ask the convener who leads your partnership for a link that makes one."

    def __init__(self, provider: str) -> None:
        super().__init__(f"{provider} knows you, but you have no account here.")


class IdentityTakenError(XsectorError):
    """An identity belongs to another account already."""

    remedy = "Sign in with it as before. To lead one more partnership, ask its convener to add you by your name."

    def __init__(self, provider: str) -> None:
        super().__init__(f"Your sign-in with {provider} belongs to an account here already.")
