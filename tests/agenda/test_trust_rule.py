"""What the agenda says about trust, and where it stays quiet."""

from dataclasses import replace
from itertools import product

import pytest

from tests.agenda import releases
from tests.analysis.test_trust import MIDDLE, SECTORS, about, high, low, nothing, rough, trusting
from tests.build import TRUST
from xsector.agenda import certainty, trust_words
from xsector.agenda.build import TALK, build_agenda
from xsector.agenda.document import Chart
from xsector.agenda.rules import trust as rule
from xsector.analysis.findings import item_findings
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.analysis.trust import DIMENSIONS, PARTNERS, PARTNERSHIP, cells
from xsector.export.agenda_file import agenda_file
from xsector.export.pictures import figures_for
from xsector.model.guide import StepKind
from xsector.model.modules.kinds import Modules
from xsector.model.modules.trust import CONTACT
from xsector.model.poles import NO_ANSWER
from xsector.reports.guides import the_guide

FOUR = ("None", "A little", "Some", "A lot")
MET = (0, 0, 8, 0)
HARDLY = (4, 3, 1, 0)
STRONG = (0, 0, 0, 8, 0)
WEAK = (0, 8, 0, 0, 0)
PLAIN = {
    "gap": releases.wide_gap(), "yes": releases.shared_yes(), "split": releases.split_inside(),
    "dark": releases.many_in_the_dark(), "even": releases.even(),
}  # fmt: skip


def met(sector, rows):
    """How much contact each group has with a sector."""
    return rough(f"W0_{sector}", rows, parts=(CONTACT, sector), levels=FOUR)


def asked(*items, plain=(), banded=()):
    """A release of a round that asked partners how far they rely on each other."""
    return replace(trusting(*items, plain=plain, banded=banded), modules=Modules(trust=TRUST))


def pair(given, returned, *, contact=(MET, MET), plain=()):
    """Government of Non-profit *given*, Non-profit of Government *returned*; *contact* likewise."""
    return asked(
        *about("Government", [MIDDLE, returned, MIDDLE]),
        *about("Non-profit", [given, MIDDLE, MIDDLE]),
        met("Government", [MET, contact[1], MET]),
        met("Non-profit", [contact[0], MET, MET]),
        plain=plain,
    )


def check_up(codes, *, strength=STRONG):
    """The check-up's own questions: everybody says the same, and of the last dimension *strength*."""
    return [rough(code, [strength if one is DIMENSIONS[-1] else STRONG] * 3) for one, code in codes.items()]


def found(release, *, used=()):
    return rule.find(release, findings=item_findings(release), used=used, bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)


def test_a_pair_that_is_one_sided_for_sure_is_talked_about_with_its_picture_and_its_numbers():
    finding = found(pair(STRONG, WEAK))

    assert finding.kind is StepKind.TRUST
    assert finding.headline == "Government trusts Non-profit more than Non-profit trusts Government"
    assert (
        finding.how_sure == "To protect people we keep some answers only as “at least so many”. "
        "This is so whatever the others said."
    )
    assert finding.chart is Chart.TRUST
    assert finding.table[1:] == (
        ("Non-profit", "Government", *["2.0"] * 5),
        ("Government", "Non-profit", *["4.0"] * 5),
    )
    assert finding.note.startswith(
        "Government trusts Non-profit more (4.0) than Non-profit trusts Government (2.0). On"
    )
    assert finding.note.endswith(f"{rule.BEFORE} {rule.ORGANISATIONS} 24 of 24 people answered.")


def test_where_bands_leave_the_distance_open_only_what_is_sure_is_said():
    apart, sides = found(pair(high(), low())), found(pair(high(3, 5), low(3, 5)))

    assert apart.headline == "Government trusts Non-profit more than Non-profit trusts Government"
    assert apart.how_sure.startswith("The two surely lie apart. By how much we can’t say")
    assert sides.headline == (
        "On reliability, truth, ability and strength, most of Government rely on Non-profit, and most of Non-profit "
        "hardly on Government"
    )
    assert sides.how_sure.startswith(
        "That most of each say so is sure. How far apart the two lie on average we can’t say"
    )
    assert sides.how_sure.endswith("With 5 answers, one person can change the picture.")
    assert "more (" not in sides.note


def test_a_pair_that_hardly_meets_is_a_talk_about_contact():
    finding = found(pair(STRONG, WEAK, contact=(MET, HARDLY)))

    assert finding.headline == "In Non-profit, at least half hardly meet Government"
    assert finding.note.startswith(
        "In Non-profit, at least half hardly meet Government. That is about contact more than trust. Ask: Who should "
        "meet whom before next time? Also: Government trusts Non-profit more than Non-profit trusts Government."
    )
    assert (finding.chart, finding.table) == (None, (("Group", "Hardly meets"), ("Non-profit", "Government")))


def test_one_pair_of_many_that_hardly_meets_is_no_talk_and_several_are():
    few = asked(*(met(one.code, [MET, MET, MET if place else HARDLY]) for place, one in enumerate(SECTORS)))
    many = asked(*(met(one.code, [HARDLY, MET, HARDLY]) for one in SECTORS))

    assert found(few) is None
    assert found(many).headline == "In Government and Business, at least half hardly meet Non-profit", (
        "most groups say so"
    )
    assert len(found(many).table) == 1 + 4


def test_another_pair_that_meets_goes_before_one_that_hardly_meets():
    release = asked(
        *about("Government", [MIDDLE, WEAK, (8, 0, 0, 0, 0)]),
        *about("Non-profit", [STRONG, MIDDLE, MIDDLE]),
        *about("Business", [STRONG, MIDDLE, MIDDLE]),
        met("Business", [HARDLY, MET, MET]),
    )

    assert found(release).headline == "Government trusts Non-profit more than Non-profit trusts Government"


def test_what_is_weak_for_everybody_goes_before_a_pair():
    release = replace(pair(STRONG, WEAK), banded=tuple(check_up(PARTNERS, strength=WEAK)))

    finding = found(release)

    assert finding.headline == "Many doubt that we would last when things get hard"
    assert finding.chart is Chart.TRUST_DIMENSIONS
    assert [row[:2] for row in finding.table] == [
        ("Dimension", "Trust in partners"), ("Reliability", "4.0"), ("Truth", "4.0"), ("Ability", "4.0"),
        ("Strength", "2.0"),
    ]  # fmt: skip
    assert "Also: Government trusts Non-profit more than Non-profit trusts Government." in finding.note
    assert rule.BEFORE not in finding.note, "it names no sector"


def test_what_is_weak_in_one_sector_names_no_other_and_says_how_it_is_rated():
    rows = [[WEAK if one is DIMENSIONS[1] else STRONG] * 3 for one in DIMENSIONS]
    items = [rough(f"{one}_B", row, parts=(one.value, "Business")) for one, row in zip(DIMENSIONS, rows, strict=True)]

    finding = found(asked(*items))

    assert finding.headline == "Of Business, others doubt truth most"
    assert finding.table[2] == ("Truth", "2.0")
    assert rule.BEFORE in finding.note


def test_trust_in_the_partnership_that_differs_from_that_in_partners_is_told():
    banded = [*check_up(PARTNERS), *(rough(code, [WEAK] * 3) for code in PARTNERSHIP.values())]

    finding = found(asked(*about("Government", [MIDDLE] * 3), banded=banded))

    assert finding.headline == "We trust our partners more than the partnership"
    assert finding.chart is Chart.TRUST_DIMENSIONS


@pytest.mark.parametrize(
    "quiet",
    [
        pair(MIDDLE, MIDDLE),
        pair((0, 0, 1, 7, 0), MIDDLE),
        pair(high(3, 6), MIDDLE),
        pair(high(), nothing(NO_ANSWER)),
        replace(asked(), banded=tuple(check_up(PARTNERS, strength=WEAK))),
        releases.release(releases.even()),
    ],
    ids=["alike", "less than a step", "left open", "too few rated", "partners not asked", "not asked"],
)
def test_trust_is_quiet(quiet):
    assert found(quiet) is None


def test_views_are_counted_by_how_much_of_them_is_told():
    release = asked(
        *about("Government", [high(), MIDDLE, nothing(NO_ANSWER)]), *about("Business", [high(), low(), MIDDLE])
    )

    assert trust_words.rough_note(cells(release), release=release) == (
        "4 views of one group on another sector: 1 told in full; 2 only roughly, for nearly all of the group answered "
        "in one way; 1 not at all, for too few rated or people have come or gone."
    )


def test_the_questionnaires_own_questions_are_counted_apart_from_what_sectors_say():
    release = pair(high(), low())
    with_check_up = replace(release, banded=tuple(check_up(PARTNERS)))

    assert "told only roughly" not in certainty.hidden_note(release)
    assert certainty.hidden_note(with_check_up) == (
        "How far sectors rely on each other is told only roughly, and so are 4 questions about trust."
    )
    assert trust_words.dimensions_note(with_check_up) == (
        "From 4 questions of the check-up itself, not from what partners say of each other. All of them are told only "
        "roughly."
    )


def test_it_comes_up_once():
    assert found(pair(STRONG, WEAK), used={"trust"}) is None


@pytest.mark.parametrize("minutes", [90, 150, 200])
@pytest.mark.parametrize("names", [one for one in product((0, 1), repeat=4) if any(one)])
def test_trust_is_neither_the_first_talk_nor_the_last(minutes, names):
    plain = [item for item, there in zip(PLAIN.values(), names, strict=False) if there]

    agenda = build_agenda(pair(STRONG, WEAK, plain=plain), guide=the_guide(), minutes=minutes)

    kinds = [step.kind for step in agenda.steps if step.kind in {*TALK, StepKind.STRENGTH}]
    assert kinds.count(StepKind.TRUST) == 1
    assert StepKind.TRUST not in {kinds[0], kinds[-1]}
    assert agenda.total_minutes == minutes


def test_where_nothing_else_is_found_trust_is_left_to_its_page():
    agenda = build_agenda(pair(STRONG, WEAK, plain=[PLAIN["even"]]), guide=the_guide(), minutes=90)

    assert StepKind.TRUST not in {step.kind for step in agenda.steps}
    assert agenda.total_minutes == 90


@pytest.mark.parametrize("minutes", [20, 30, 60])
def test_short_meetings_have_no_room_for_it(minutes):
    agenda = build_agenda(pair(STRONG, WEAK, plain=list(PLAIN.values())), guide=the_guide(), minutes=minutes)

    assert StepKind.TRUST not in {step.kind for step in agenda.steps}


def test_where_nothing_is_sure_the_step_goes_and_the_agenda_says_so():
    quiet = build_agenda(pair(MIDDLE, MIDDLE, plain=[PLAIN["even"]]), guide=the_guide(), minutes=90)

    [talk] = [step for step in quiet.steps if step.kind is StepKind.OPEN_TALK]
    assert "nothing about how far we rely on each other is sure enough for a talk" in talk.finding
    assert StepKind.TRUST not in {step.kind for step in quiet.steps}


@pytest.mark.parametrize("whole", [False, True], ids=["a pair", "by dimension"])
def test_its_picture_stands_in_the_papers_without_a_headline_of_its_own(whole):
    release = pair(STRONG, WEAK, plain=[PLAIN["gap"], PLAIN["yes"], PLAIN["even"]])
    release = replace(release, banded=tuple(check_up(PARTNERS, strength=WEAK))) if whole else release
    agenda = build_agenda(release, guide=the_guide(), minutes=90)

    figures = figures_for(agenda, release=release)

    told = figures["trust"].layout.meta["alt"]
    assert ("Strength" in told) is whole
    assert ("Government of Non-profit 4.0" in told) is not whole
    paper = agenda_file(agenda, figures=figures, kind="md").decode()
    assert "### How far we rely on each other" in paper
    assert agenda.step("trust").finding in paper
    assert SECTORS[2].label in paper
