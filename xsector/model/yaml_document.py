"""YAML written by people: read without running anything, and remembered with its line numbers.

Only text, whole numbers, true, false, null, lists and tables are known. Words such as Yes, No and
None stay text, so that they can be answers. Anchors, tags and deep nesting are refused, because a
short file could otherwise grow without bound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from xsector.errors.files import InstrumentFileError

LARGEST_BYTES: Final = 1_000_000
DEEPEST: Final = 12
_WORDS: Final[dict[str, object]] = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,9}", re.ASCII)

Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a YAML file, and the line on which each place of it starts."""

    file: str
    data: object
    lines: dict[Place, int]

    def fault(self, place: Place, problem: str, *, remedy: str) -> InstrumentFileError:
        """The error that says what is wrong at *place*, in words that lead there."""
        line = next((self.lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self.lines), None)
        return InstrumentFileError(self.file, place=self.spoken(place), line=line, problem=problem, remedy=remedy)

    def spoken(self, place: Place) -> str:
        """*place* as a reader would say it: codes instead of positions, without the word “items”."""
        words: list[str] = []
        here = self.data
        for step in place:
            here = _child(here, step)
            code = here.get("code") if isinstance(here, dict) else None
            if isinstance(step, int):
                words.append(code if isinstance(code, str) else str(step + 1))
            elif step != "items":
                words.append(step)
        return " › ".join(words)


def _child(here: object, step: str | int) -> object:
    if isinstance(here, dict):
        return here.get(step)
    if isinstance(here, list) and isinstance(step, int) and step < len(here):
        return here[step]
    return None


def read_document(path: Path) -> Document:
    """The content of the YAML file at *path*; InstrumentFileError says why it can't be read."""
    text = _text(path)
    lines: dict[Place, int] = {}
    try:
        builder = _Builder(path.name, yaml.parse(text, Loader=yaml.SafeLoader), lines)
        data = builder.document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InstrumentFileError(
            path.name,
            line=mark.line + 1 if mark else None,
            problem=f"This isn't valid YAML ({_first_line(getattr(error, 'problem', None) or error)})",
            remedy="Look at the indentation, the quotation marks and the brackets around that line.",
        ) from None
    return Document(path.name, data, lines)


def _first_line(problem: object) -> str:
    return str(problem).splitlines()[0]


def _text(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_BYTES + 1)
    except OSError as error:
        problem = f"The file can't be opened ({error.strerror})"
        raise InstrumentFileError(path.name, problem=problem, remedy="Look at its name and who may read it.") from None
    if len(content) > LARGEST_BYTES:
        problem = f"The file is larger than {LARGEST_BYTES:,} bytes"
        raise InstrumentFileError(path.name, problem=problem, remedy="Check that it is the right file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        remedy = "Save the file with the encoding UTF-8."
        raise InstrumentFileError(path.name, line=line, problem="The file isn't UTF-8 text", remedy=remedy) from None
    if not text.strip():
        raise InstrumentFileError(path.name, problem="The file is empty", remedy="Start from a copy of check_up.yaml.")
    return text


@dataclass(frozen=True, slots=True)
class _Builder:
    """Turns parser events into plain data; a class because each step needs the same three things."""

    file: str
    events: Iterator[yaml.Event]
    lines: dict[Place, int]

    def document(self) -> object:
        data: object = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refusal(event, "There is more than one document", "Remove the line with “---”.")
            elif isinstance(event, yaml.NodeEvent):
                data = self.value(event, ())
        return data

    def value(self, event: yaml.Event, place: Place) -> object:
        self.lines.setdefault(place, _line(event))
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self.refusal(event, "Anchors (& and *) aren't used in these files", "Write the value out.")
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self.refusal(event, f"The tag “{tag[:40]}” isn't used in these files", "Remove it.")
        if len(place) > DEEPEST:
            raise self.refusal(event, "The file is nested too deeply", "Look at the brackets and the indentation.")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(place)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(place)
        return _plain(event) if isinstance(event, yaml.ScalarEvent) else None

    def sequence(self, place: Place) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.value(event, (*place, len(found))))
        return found

    def mapping(self, place: Place) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag is not None:
                raise self.refusal(event, "A key must be plain text", "Write “key: value”.")
            key = event.value
            if key in found:
                raise self.refusal(event, f"The key “{key[:40]}” stands twice in one table", "Remove one of the two.")
            self.lines[(*place, key)] = _line(event)
            found[key] = self.value(next(self.events), (*place, key))
        return found

    def refusal(self, event: yaml.Event, problem: str, remedy: str) -> InstrumentFileError:
        return InstrumentFileError(self.file, line=_line(event), problem=problem, remedy=remedy)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _plain(event: yaml.ScalarEvent) -> object:
    written: str = event.value
    if event.style is None and written in _WORDS:
        return _WORDS[written]
    if event.style is None and _WHOLE_NUMBER.fullmatch(written):
        return int(written)
    return written
