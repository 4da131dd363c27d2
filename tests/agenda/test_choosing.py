import io
import json
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from tests.agenda.releases import talkative
from xsector.agenda import editing
from xsector.agenda.build import build_agenda
from xsector.agenda.choosing import MOST_FINDINGS, choose
from xsector.agenda.finding import Finding
from xsector.agenda.plain import from_plain, to_plain
from xsector.export.docx import agenda_docx
from xsector.export.markdown import agenda_markdown
from xsector.export.pdf import agenda_pdf
from xsector.model.guide import FINDING_KINDS, Plan, PlannedStep, StepKind, read_guide

GUIDE = read_guide(Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml")
BETWEEN, WITHIN, FOGGY = StepKind.BETWEEN_SECTORS, StepKind.WITHIN_SECTOR, StepKind.FOGGY
STAGE, TRUST = StepKind.STAGE, StepKind.TRUST


def found(kind, *, size, sure=True):
    return Finding(
        kind=kind, item=f"{kind}{size}", short="", headline="", how_sure="", note="", chart=None, table=(), sure=sure,
        size=size,
    )  # fmt: skip


def chosen(*findings):
    """The sizes of those that keep their place, in order, and of those that don't."""
    steps = [PlannedStep(kind=one.kind, minutes=10, title="", do="") for one in findings]
    _, kept, left = choose(Plan(id="a", title="", steps=tuple(steps)), found=findings)
    return [one.size for one in kept], [one.finding.size for one in left]


def test_four_findings_beside_the_strength_all_stay():
    strength = found(StepKind.STRENGTH, size=0.1)
    four = [found(kind, size=0.5) for kind in (BETWEEN, WITHIN, STAGE, TRUST)]

    assert chosen(strength, *four) == ([0.1, 0.5, 0.5, 0.5, 0.5], [])


def test_the_smallest_of_five_sure_ones_is_left_over_and_the_order_stays():
    sizes = {BETWEEN: 0.5, WITHIN: 0.9, STAGE: 0.4, TRUST: 0.7, FOGGY: 0.6}

    assert chosen(*(found(kind, size=size) for kind, size in sizes.items())) == ([0.5, 0.9, 0.7, 0.6], [0.4])


def test_what_is_not_sure_gives_way_however_large():
    rest = [found(kind, size=0.2) for kind in (BETWEEN, STAGE, TRUST, FOGGY)]

    assert chosen(found(WITHIN, size=1.0, sure=False), *rest) == ([0.2] * 4, [1.0])


def test_a_second_gap_gives_way_to_another_kind():
    gaps = [found(BETWEEN, size=0.9), found(BETWEEN, size=0.8)]
    rest = [found(kind, size=0.3) for kind in (STAGE, TRUST, FOGGY)]

    assert chosen(*gaps, *rest) == ([0.9, 0.3, 0.3, 0.3], [0.8])


@pytest.mark.parametrize("minutes", [90, 150, 240])
def test_an_agenda_has_at_most_four_findings_and_names_the_others_with_their_page(minutes):
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=minutes)

    talks = [step for step in agenda.steps if step.kind in FINDING_KINDS and step.kind is not StepKind.STRENGTH]
    assert len(talks) <= MOST_FINDINGS
    assert agenda.total_minutes == minutes
    left = "Also found, not on this agenda: One sector is split: Short W01 (page “Results”)."
    assert agenda.also_found == (left if minutes > 90 else "")


def test_what_was_left_over_can_be_put_on_the_agenda_and_is_named_no_more():
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=150)
    (left,) = agenda.removed

    changed = editing.restore(agenda, step_id=left.step.id)

    assert left.step.id in [step.id for step in changed.steps]
    assert changed.also_found == ""


def test_a_step_that_somebody_took_out_is_not_named():
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=90)

    assert editing.remove(agenda, step_id="foggy").also_found == ""


def test_the_papers_name_what_was_left_over():
    agenda = build_agenda(talkative(), guide=GUIDE, minutes=150)

    word = Document(io.BytesIO(agenda_docx(agenda, figures={})))
    pdf = PdfReader(io.BytesIO(agenda_pdf(agenda, figures={})))
    papers = (
        agenda_markdown(agenda, figures={}).decode(),
        "\n".join(paragraph.text for paragraph in word.paragraphs),
        pdf.pages[0].extract_text().replace("\n", " "),
    )
    assert all("Also found, not on this agenda: One sector is split" in paper for paper in papers)


def test_an_agenda_kept_before_there_were_findings_left_over_can_still_be_read():
    kept = json.loads(json.dumps(to_plain(editing.remove(build_agenda(talkative(), guide=GUIDE, minutes=90),
                                                         step_id="look"))))  # fmt: skip
    del kept["removed"][0]["left_over"]

    assert from_plain(kept).removed[0].left_over is False
