"""Shapes of questions and sections turned into facts, with every name in them checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from xsector.errors.files import InstrumentFileError
from xsector.model.file_shapes import (
    MOST_OPTIONS,
    ConstructShape,
    ItemShape,
    SectionShape,
    TargetShape,
    WordShape,
    closest,
    listed,
)
from xsector.model.instrument import COUNTED_KINDS, Item, Kind, Section
from xsector.model.taxonomy import Taxonomy
from xsector.model.yaml_document import Document, Place

OWN_PREFIX: Final = "OWN"
"""Codes of questions that a partnership added begin so; no file may use them."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns shapes into facts; a class because each step needs the file and the vocabulary."""

    document: Document
    taxonomy: Taxonomy

    def section(self, shape: SectionShape, *, place: Place, taken: dict[str, Item] | None) -> Section:
        items = [
            self.taken(code, place=(*place, "take", number), taken=taken) for number, code in enumerate(shape.take)
        ]
        for number, item in enumerate(shape.items):
            items.append(self.item(item, place=(*place, "items", number), section=shape))
        return Section(code=shape.code, title=shape.title, intro=shape.intro or "", items=tuple(items))

    def taken(self, code: str, *, place: Place, taken: dict[str, Item] | None) -> Item:
        if taken is None:
            remedy = "Name the file with “items_from: check_up.yaml” at the top."
            raise self.document.fault(place, "It isn't said from which file questions are taken", remedy=remedy)
        if code not in taken:
            raise self.document.fault(place, f"There is no question “{code[:40]}” to take", remedy=closest(code, taken))
        return taken[code]

    def item(self, shape: ItemShape, *, place: Place, section: SectionShape | None) -> Item:
        self.refuse_unknown_names(shape, place=place)
        levels = self.levels(shape, place=place, section=section)
        if (shape.kind is Kind.TEXT) is not (shape.max_chars is not None):
            wants = shape.kind is Kind.TEXT
            problem = "A text question needs “max_chars”" if wants else "Only a text question has “max_chars”"
            remedy = "Add the longest answer allowed, such as “max_chars: 240”." if wants else "Remove “max_chars”."
            raise self.document.fault((*place, "max_chars"), problem, remedy=remedy)
        return Item(
            code=shape.code,
            kind=shape.kind,
            text=shape.text,
            short=shape.short,
            theme=shape.theme,
            levels=levels,
            ordered=shape.ordered,
            cannot_judge=self.cannot_judge(shape, section=section),
            not_applicable=self.taxonomy.not_applicable if shape.not_applicable else None,
            sensitive=shape.sensitive or (section is not None and section.sensitive),
            context=section is not None and section.context,
            reverse=shape.reverse or (section is not None and section.reverse),
            max_chars=shape.max_chars or 0,
            who=tuple(shape.who),
            asked=shape.asked,
            source=shape.source,
        )

    def refuse_unknown_names(self, shape: ItemShape, *, place: Place) -> None:
        if shape.code.upper().startswith(OWN_PREFIX):
            remedy = "Choose another code."
            problem = f"Codes that begin with {OWN_PREFIX} are kept for questions that a partnership adds"
            raise self.document.fault((*place, "code"), problem, remedy=remedy)
        if shape.theme not in self.taxonomy.constructs:
            remedy = closest(shape.theme, self.taxonomy.constructs)
            problem = f"There is no construct “{shape.theme[:40]}”"
            raise self.document.fault((*place, "construct"), problem, remedy=remedy)
        sectors = [sector.code for sector in self.taxonomy.sectors]
        for number, code in enumerate(shape.who):
            if code not in sectors:
                problem = f"There is no sector “{code[:40]}”"
                raise self.document.fault((*place, "who", number), problem, remedy=closest(code, sectors))

    def cannot_judge(self, shape: ItemShape, *, section: SectionShape | None) -> str | None:
        wanted = shape.kind is Kind.RATING if shape.cannot_judge is None else shape.cannot_judge
        scale = self.taxonomy.scales.get(shape.scale or (section.scale if section else None) or "")
        if not wanted:
            return None
        return scale.cannot_judge if scale and shape.kind is Kind.RATING else self.taxonomy.cannot_judge

    def levels(self, shape: ItemShape, *, place: Place, section: SectionShape | None) -> tuple[str, ...]:
        if shape.kind is Kind.RATING:
            self.refuse_key(shape, place=place, keys=("options", "options_from"))
            return self.scale_levels(shape, place=place, section=section)
        self.refuse_key(shape, place=place, keys=("scale",))
        if shape.kind in COUNTED_KINDS:
            return self.option_levels(shape, place=place)
        self.refuse_key(shape, place=place, keys=("options", "options_from"))
        return ()

    def refuse_key(self, shape: ItemShape, *, place: Place, keys: Iterable[str]) -> None:
        for key in keys:
            if getattr(shape, key) is not None:
                problem = f"A question of the kind “{shape.kind}” has no “{key}”"
                raise self.document.fault((*place, key), problem, remedy="Remove it, or change the kind.")

    def scale_levels(self, shape: ItemShape, *, place: Place, section: SectionShape | None) -> tuple[str, ...]:
        code = shape.scale or (section.scale if section else None)
        if code is None:
            remedy = f"Add “scale: …” to it or to its section. There are: {listed(self.taxonomy.scales)}."
            raise self.document.fault((*place, "scale"), "A rating needs a scale", remedy=remedy)
        if code not in self.taxonomy.scales:
            found = (*place, "scale") if shape.scale else (*place[:2], "scale")
            remedy = closest(code, self.taxonomy.scales)
            raise self.document.fault(found, f"There is no scale “{code[:40]}”", remedy=remedy)
        return self.taxonomy.scales[code].levels

    def option_levels(self, shape: ItemShape, *, place: Place) -> tuple[str, ...]:
        if (shape.options is None) is (shape.options_from is None):
            remedy = "Write “options: [one, two]”, or “options_from: …” with the name of a list, not both."
            raise self.document.fault(place, "A choice needs its answers from one place", remedy=remedy)
        lists = self.taxonomy.option_lists()
        if shape.options_from is not None and shape.options_from not in lists:
            problem = f"There is no list “{shape.options_from[:40]}”"
            raise self.document.fault((*place, "options_from"), problem, remedy=closest(shape.options_from, lists))
        found = (*place, "options") if shape.options is not None else (*place, "options_from")
        levels = tuple(shape.options) if shape.options is not None else self.taxonomy.options(str(shape.options_from))
        if not 2 <= len(levels) <= MOST_OPTIONS:
            problem = f"A choice needs 2 to {MOST_OPTIONS} answers, not {len(levels)}"
            raise self.document.fault(found, problem, remedy="Add or remove answers.")
        refuse_same_labels(self.document, found, levels)
        return levels


Coded = SectionShape | ConstructShape | WordShape | TargetShape


def refuse_repeats(document: Document, place: Place, shapes: Iterable[Coded]) -> None:
    """Raise InstrumentFileError if two of *shapes* have the same code."""
    seen: set[str] = set()
    for number, shape in enumerate(shapes):
        if shape.code in seen:
            raise repeated(document, (*place, number, "code"), shape.code)
        seen.add(shape.code)


def repeated(document: Document, place: Place, code: str) -> InstrumentFileError:
    """The error for a code that stands at *place* for the second time."""
    return document.fault(place, f"The code “{code}” is used twice", remedy="Give one of the two another code.")


def refuse_same_labels(document: Document, place: Place, levels: Iterable[str]) -> None:
    """Raise InstrumentFileError if two of *levels* read the same."""
    seen: set[str] = set()
    for number, label in enumerate(levels):
        if label in seen:
            remedy = "Word one of the two another way."
            raise document.fault((*place, number), f"The answer “{label}” stands there twice", remedy=remedy)
        seen.add(label)
