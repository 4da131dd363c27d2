"""What a person says about a file of answers: options, and the map of wording and scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from xsector.actions.survey.levels import LevelsAsked
from xsector.actions.survey.modules.shapes import ModulesMap
from xsector.errors.files import SurveyFileError

_MOST_MAP_BYTES = 1_000_000

_Text = Annotated[str, Field(min_length=1, max_length=1000)]
_Answers = tuple[Annotated[str, Field(max_length=200)], ...]


class ItemMap(BaseModel):
    """What the map says about one item; left out parts come from the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: _Text | None = None
    short: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    theme: Annotated[str, Field(max_length=80)] = ""
    levels: LevelsAsked | None = None
    ordered: bool = True
    reverse: bool = False
    sensitive: bool = False


class SurveyMap(BaseModel):
    """The whole map file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Annotated[str, Field(max_length=200)] = ""
    sector: str | None = None
    organisation: str | None = None
    items: dict[str, ItemMap] = {}
    levels: LevelsAsked | None = None
    sectors: dict[str, _Text] = {}
    organisations: dict[str, _Text] = {}
    modules: ModulesMap | None = None
    missing: _Answers = ()
    cannot_judge: _Answers = ()
    not_applicable: _Answers = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """How to read a file of answers; whatever is None is taken from the map, or found.

    ``items`` are column names or ranges such as ``A1..A5``; ``levels`` is a range of whole numbers
    such as ``1..5``, labels with commas between them, or labels (lowest first). ``k`` is handed on.
    """

    sector: str | None = None
    organisation: str | None = None
    items: tuple[str, ...] | None = None
    levels: str | tuple[str, ...] | None = None
    map_file: Path | None = None
    sheet: str | None = None
    k: int = 5


def read_map(path: Path | None) -> SurveyMap:
    """The map in the YAML file, or an empty one where there is no file."""
    if path is None:
        return SurveyMap()
    try:
        if path.stat().st_size > _MOST_MAP_BYTES:
            raise SurveyFileError(f"The map {path.name} has more than 1 MB.", remedy="Choose a map file in YAML.")
        # BaseLoader keeps every scalar as it was typed: `1`, `no` and `99` must match cells of the file.
        found = yaml.load(path.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - it builds nothing but text
        return SurveyMap.model_validate(found if found else {})
    except OSError as error:
        reason = error.strerror or "it can't be read"
        raise SurveyFileError(f"The map {path.name} can't be opened: {reason}.", remedy="Check its name.") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise _map_problem(path.name, error) from error


def _map_problem(name: str, error: Exception) -> SurveyFileError:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        at = [str(part) for part in first["loc"] if part not in _UNION_PARTS]
        problem = _WRONG.get(first["type"], first["msg"].removeprefix("Value error, ").rstrip(".").lower())
        return map_fault(name, at, problem, remedy=_remedy(at))
    mark = getattr(error, "problem_mark", None)
    where = f" in line {mark.line + 1}" if mark is not None else ""
    return SurveyFileError(f"The map {name} is no YAML{where}.", remedy="Check its indents, colons and quotes.")


def map_fault(name: str, at: Sequence[str], problem: str, *, remedy: str) -> SurveyFileError:
    """What is wrong with the map *name* at the place to which the keys *at* lead."""
    place = " → ".join(part[:60] for part in at) or "the top"
    return SurveyFileError(f"The map {name} is wrong at {place}: {problem}.", remedy=remedy)


def _remedy(at: Sequence[str]) -> str:
    """What may stand there."""
    if at[:1] != ["modules"]:
        return (
            "It may have title, sector, organisation, items, levels, sectors, organisations, missing, cannot_judge, "
            "not_applicable and modules."
        )
    return _MODULE_REMEDIES.get(at[1] if len(at) > 1 else "", _MODULE_REMEDIES[""])


_MODULE_REMEDIES = {
    "": "“modules” may have priorities, roles, stage, guesses and trust.",
    "priorities": "“priorities” may have options (code: wording), points (should, now or own, each with option: "
    "column) or top (should, now or own, each with first, second and third), and names.",
    "roles": "“roles” has jobs (code, with now, should, part and text), and may have answers and told_by_name.",
    "stage": "“stage” has statements (code: column), and may have levels, picture and pictures.",
    "guesses": "“guesses” has items (question, with sector: column).",
    "trust": "“trust” has organisations (name, with contact, reliability, truth, ability and strength), and may have "
    "contact, levels and importance.",
}
_WRONG = {
    "extra_forbidden": "there is no such key",
    "missing": "this key is missing",
    "enum": "there is no such point of view; it is should, now or own",
    "string_pattern_mismatch": "a code has plain letters, figures and “_”, and begins with a letter",
    "string_too_long": "the text is too long",
    "too_short": "something must stand there",
    "model_type": "keys with values are needed",
    "dict_type": "keys with values are needed",
    "tuple_type": "a list is needed",
    "string_type": "a text is needed",
    "string_too_short": "the text is missing",
    "bool_parsing": "true or false is needed",
}
_UNION_PARTS = frozenset({"str", "tuple[str, ...]", "dict[str,str]", "tuple[constrained-str, ...]", "[key]"})
