"""Problems of files that people bring."""

from __future__ import annotations

from xsector.errors.common import XsectorError


class GuideFileError(XsectorError):
    """A discussion guide file can't be read."""

    remedy = "Mend the file, then try again."

    def __init__(self, file: str, *, place: str, problem: str, remedy: str = "") -> None:
        self.file = file
        self.place = place
        self.problem = problem
        self.remedy = remedy or type(self).remedy
        super().__init__(f"{file}, {place}: {problem}." if place else f"{file}: {problem}.")


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
