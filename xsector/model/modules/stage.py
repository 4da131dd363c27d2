"""Where the partnership is on its road, as questions: signs, work done, and one picture to choose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from xsector.model.instrument import Instrument, Item, Kind, Section
from xsector.model.modules.kinds import Module, Stage

TITLE: Final = "Where are we on the road?"
INTRO: Final = "Every partnership goes this road, often more than once. No place on it is a bad mark."
SECTION: Final = "stage_road"
PICTURE: Final = "Z13"
PICTURE_BEFORE: Final = "G01"
"""The check-up's own question with the same pictures; where it is asked, it isn't asked twice."""


def sections(stage: Stage, *, instrument: Instrument) -> Iterator[Section]:
    """The section of the stage module, with the pictures unless *instrument* shows them already."""
    items = [
        Item(
            code=one.code,
            kind=Kind.RATING,
            text=one.text,
            short=one.short,
            levels=stage.scale,
            cannot_judge=stage.cannot_judge,
            source=one.source,
            module=Module.STAGE,
            parts=(one.stage.value, "work" if one.is_work else "sign"),
        )
        for one in stage.statements
    ]
    if all(item.code != PICTURE_BEFORE for item in instrument.items()):
        items.append(
            Item(
                code=PICTURE,
                kind=Kind.CHOICE,
                text="Which picture fits us best today?",
                short="Stage",
                levels=stage.pictures,
                cannot_judge=stage.cannot_judge,
                source="Tuckman 1965",
                module=Module.STAGE,
                parts=("picture",),
            )
        )
    yield Section(code=SECTION, title=TITLE, intro=INTRO, items=tuple(items), module=Module.STAGE)
