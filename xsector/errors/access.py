"""Problems of getting in: links, codes, passwords, accounts, providers."""

from __future__ import annotations

from xsector.errors.common import XsectorError


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
        self.remedy = f"Wait {_seconds(wait_seconds)} and try again."


class RoomBusyError(TooManyTriesError):
    """A room code that was not looked up, because there were too many wrong ones."""

    def __init__(self, wait_seconds: int) -> None:
        super().__init__(wait_seconds)
        self.args = ("Too many wrong room codes were typed, here or by others.",)
        self.remedy = (
            f"Scan the QR code on the screen, which always works, or try the code again in {_seconds(wait_seconds)}."
        )


class WeakPasswordError(XsectorError):
    """A password that is too short or too common."""

    remedy = "Choose at least 15 characters: three or four words that don't belong together are fine."

    def __init__(self, reason: str) -> None:
        super().__init__(f"This password can't be used: {reason}.")


class UnknownCodeError(XsectorError):
    """A room code that opens no round now."""

    remedy = "Check the code on the screen: eight letters and digits. It works only while the round is open."

    def __init__(self) -> None:
        super().__init__("No open round has this room code.")


class UnknownDoorError(XsectorError):
    """The address behind a room's QR code, after its round has ended."""

    remedy = "Scan the code that is on the screen now, or use your personal link."

    def __init__(self) -> None:
        super().__init__("This QR code opens no round now. It works only while its round is open.")


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


class PasswordsDifferError(XsectorError):
    """A new password and its repetition."""

    remedy = "Type the same password twice."

    def __init__(self) -> None:
        super().__init__("The two passwords are not the same.")


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


class NeededConvenerError(XsectorError):
    """An account was to be closed that is the only convener of a partnership."""

    remedy = "Let another convener lead it first, on its page or with --heir NAME."

    def __init__(self, name: str, *, partnership: str) -> None:
        super().__init__(f"“{name}” is the only convener who leads “{partnership}”.")


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


def _seconds(number: int) -> str:
    return f"{number} second" if number == 1 else f"{number} seconds"
