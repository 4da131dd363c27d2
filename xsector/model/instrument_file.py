"""Instruments and their vocabulary as files: read with checks, listed by form, stored as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from xsector.errors.files import InstrumentFileError
from xsector.model.file_shapes import (
    InstrumentShape,
    TargetShape,
    TaxonomyShape,
    WordShape,
    closest,
    listed,
    shaped,
)
from xsector.model.instrument import COUNTED_KINDS, Instrument, Item, Kind, Section
from xsector.model.item_reader import Reader, refuse_repeats, refuse_same_labels, repeated
from xsector.model.minutes import minutes_for
from xsector.model.sector import LOOKS, Sector
from xsector.model.taxonomy import Construct, Scale, TargetProfile, Taxonomy, Word
from xsector.model.yaml_document import Document, Place, read_document

TAXONOMY_FILE: Final = "taxonomy.yaml"
ASKABLE_KINDS: Final = COUNTED_KINDS | {Kind.TEXT}
"""Kinds that a form can ask; the others have pages of their own."""


class Form(NamedTuple):
    """A form to choose from; a named tuple, because callers unpack it."""

    code: str
    title: str
    minutes: int
    questions: int


def read_taxonomy(path: Path) -> Taxonomy:
    """The vocabulary in the file at *path*; InstrumentFileError names what is wrong with it."""
    document = read_document(path)
    shape = shaped(document, TaxonomyShape)
    refuse_repeats(document, ("sectors",), shape.sectors)
    refuse_repeats(document, ("constructs",), shape.constructs)
    refuse_repeats(document, ("target_profiles",), shape.target_profiles)
    for name, words in shape.lists.items():
        refuse_repeats(document, ("lists", name), words)
    for code, scale in shape.scales.items():
        refuse_same_labels(document, ("scales", code, "levels"), scale.levels)
    return Taxonomy(
        version=shape.version,
        sectors=tuple(
            Sector(code=sector.code, label=sector.label, note=sector.note, look=min(look, LOOKS - 1))
            for look, sector in enumerate(shape.sectors)
        ),
        scales={
            code: Scale(
                code=code, levels=tuple(scale.levels), cannot_judge=scale.cannot_judge or shape.beside.cannot_judge
            )
            for code, scale in shape.scales.items()
        },
        constructs={construct.code: Construct(**construct.model_dump()) for construct in shape.constructs},
        lists={name: tuple(_word(word) for word in words) for name, words in shape.lists.items()},
        target_profiles=tuple(_target(target) for target in shape.target_profiles),
        cannot_judge=shape.beside.cannot_judge,
        not_applicable=shape.beside.not_applicable,
    )


def _word(shape: WordShape) -> Word:
    return Word(code=shape.code, label=shape.label, means=shape.means or shape.note, items=tuple(shape.items))


def _target(shape: TargetShape) -> TargetProfile:
    wanted = {code: number - 1 for code, number in shape.wanted.items()}
    return TargetProfile(code=shape.code, label=shape.label, wanted=wanted)


def read_instrument(path: Path, *, taxonomy: Taxonomy, form: str = "standard") -> Instrument:
    """The form *form* of the instrument file at *path*; InstrumentFileError names what is wrong with it."""
    file = _read_file(path, taxonomy=taxonomy)
    return _instrument(file, form=form)


def available_forms(folder: Path) -> list[Form]:
    """Every form of the instrument files in *folder*, with its length."""
    found = []
    for instrument in _known_forms(folder):
        questions = sum(1 for _ in instrument.items())
        found.append(Form(instrument.form, instrument.title, instrument.minutes, questions))
    return found


def load_form(folder: Path, form: str) -> Instrument:
    """The instrument that asks *form*, found among the files in *folder*."""
    known = []
    for instrument in _known_forms(folder):
        if instrument.form == form:
            return instrument
        known.append(instrument.form)
    problem = f"There is no form “{form[:40]}”"
    raise InstrumentFileError(folder.name, problem=problem, remedy=f"Choose one of: {listed(known)}.")


def themes_of(instrument: Instrument, *, taxonomy: Taxonomy) -> dict[str, str]:
    """Labels of the themes that *instrument* asks about, by code, in the order of its questions."""
    codes = dict.fromkeys(item.theme for item in instrument.items() if item.theme)
    return {code: taxonomy.constructs[code].label if code in taxonomy.constructs else code for code in codes}


_PLAIN: Final = TypeAdapter(Instrument)


def instrument_to_plain(instrument: Instrument) -> dict[str, Any]:  # Any: the values of a JSON document
    """*instrument* as lists, tables, text and numbers, ready for JSON."""
    plain: dict[str, Any] = _PLAIN.dump_python(instrument, mode="json")  # Any: as above
    return plain


def instrument_from_plain(plain: Mapping[str, Any]) -> Instrument:  # Any: the values of a JSON document
    """The instrument that ``instrument_to_plain`` wrote; ValueError if *plain* is something else."""
    return _PLAIN.validate_python(dict(plain))


@dataclass(frozen=True, slots=True)
class _File:
    """An instrument file, checked throughout: its sections by code, whichever form asks them."""

    document: Document
    shape: InstrumentShape
    sections: dict[str, Section]
    bank: tuple[Item, ...]

    def items(self) -> Iterator[Item]:
        for section in self.sections.values():
            yield from section.items
        yield from self.bank


def _known_forms(folder: Path) -> tuple[Instrument, ...]:
    """Every form in *folder*; the files are read again only when one of them has changed."""
    paths = sorted(folder.glob("*.yaml"))
    return _forms_of(folder, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in paths))


@lru_cache(maxsize=8)
def _forms_of(folder: Path, _stamps: tuple[tuple[str, int, int], ...]) -> tuple[Instrument, ...]:
    return tuple(_all_forms(folder))


def _all_forms(folder: Path) -> Iterator[Instrument]:
    taxonomy = read_taxonomy(folder / TAXONOMY_FILE)
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == TAXONOMY_FILE:
            continue
        file = _read_file(path, taxonomy=taxonomy)
        for form in file.shape.forms or ["standard"]:
            if form in seen:
                problem = f"The form “{form}” stands in {seen[form]} already"
                raise file.document.fault(("forms", form), problem, remedy="Give one of the two another name.")
            seen[form] = path.name
            yield _instrument(file, form=form)


def _read_file(path: Path, *, taxonomy: Taxonomy) -> _File:
    document = read_document(path)
    shape = shaped(document, InstrumentShape)
    taken = _source_items(path, document, shape=shape, taxonomy=taxonomy)
    refuse_repeats(document, ("sections",), shape.sections)
    _refuse_repeated_items(document, shape)
    reader = Reader(document, taxonomy)
    sections = {
        section.code: reader.section(section, place=("sections", number), taken=taken)
        for number, section in enumerate(shape.sections)
    }
    bank = tuple(reader.item(item, place=("bank", number), section=None) for number, item in enumerate(shape.bank))
    return _File(document, shape, sections, bank)


def _source_items(
    path: Path, document: Document, *, shape: InstrumentShape, taxonomy: Taxonomy
) -> dict[str, Item] | None:
    if shape.items_from is None:
        return None
    source = path.parent / shape.items_from
    if source == path or shaped(read_document(source), InstrumentShape).items_from is not None:
        problem = "Questions can only be taken from a file that has all its questions itself"
        raise document.fault(("items_from",), problem, remedy="Name the file in which the questions are written.")
    return {item.code: item for item in _read_file(source, taxonomy=taxonomy).items()}


def _instrument(file: _File, *, form: str) -> Instrument:
    shape, document = file.shape, file.document
    if (shape.forms and form not in shape.forms) or (not shape.forms and form != "standard"):
        known = listed(shape.forms or ["standard"])
        raise document.fault((), f"The file has no form “{form[:40]}”", remedy=f"Choose one of: {known}.")
    wanted = shape.forms[form].sections if shape.forms else list(file.sections)
    for number, code in enumerate(wanted):
        if code not in file.sections or code in wanted[:number]:
            problem = f"There is no section “{code}”" if code not in file.sections else f"“{code}” stands here twice"
            raise document.fault(("forms", form, "sections", number), problem, remedy=closest(code, file.sections))
    sections = tuple(file.sections[code] for code in wanted)
    _refuse_unaskable(document, shape, wanted=wanted, sections=sections)
    asked = [item for section in sections for item in section.items if item.asked]
    if not asked:
        raise document.fault(("forms", form), "This form asks nothing", remedy="Add a question to one of its sections.")
    return Instrument(
        code=shape.code,
        title=shape.forms[form].title if shape.forms else shape.title,
        version=shape.version,
        form=form,
        minutes=minutes_for(asked),
        sections=sections,
        bank=file.bank,
    )


def _refuse_unaskable(
    document: Document, shape: InstrumentShape, *, wanted: list[str], sections: tuple[Section, ...]
) -> None:
    numbers = {section.code: number for number, section in enumerate(shape.sections)}
    for code, section in zip(wanted, sections, strict=True):
        for item in section.items:
            if item.asked and item.kind not in ASKABLE_KINDS:
                place: Place = ("sections", numbers[code], "items", _position(shape, code, item.code), "kind")
                problem = f"A question of the kind “{item.kind}” can't be asked in a form yet"
                raise document.fault(place, problem, remedy="Move it to the bank, or write “asked: false” for it.")


def _position(shape: InstrumentShape, section_code: str, item_code: str) -> int:
    section = next(section for section in shape.sections if section.code == section_code)
    return [item.code for item in section.items].index(item_code)


def _refuse_repeated_items(document: Document, shape: InstrumentShape) -> None:
    seen: set[str] = set()
    for place, code in _codes(shape):
        if code in seen:
            raise repeated(document, place, code)
        seen.add(code)


def _codes(shape: InstrumentShape) -> Iterator[tuple[Place, str]]:
    for number, section in enumerate(shape.sections):
        yield from ((("sections", number, "take", place), code) for place, code in enumerate(section.take))
        for place, item in enumerate(section.items):
            yield ("sections", number, "items", place, "code"), item.code
    for place, item in enumerate(shape.bank):
        yield ("bank", place, "code"), item.code
