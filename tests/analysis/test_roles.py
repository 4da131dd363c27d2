"""What is found about who does what, on answers that were written by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.build import entries
from xsector.agenda import role_words
from xsector.agenda.certainty import CLOSE
from xsector.agenda.rules import roles as rules
from xsector.analysis.proportions import share_interval
from xsector.analysis.roles import Cell, RoleFinding, jobs_of, matrix, overloaded
from xsector.analysis.thresholds import DEFAULT_BANDS, DEFAULT_LIMITS
from xsector.charts.roles import Seen, seen
from xsector.model.instrument import Kind
from xsector.model.modules import roles
from xsector.model.modules.kinds import Ask, Modules, Organisation, Roles
from xsector.model.policy import Policy
from xsector.model.released import Block, Missing, Release, ReleasedItem, Statement
from xsector.model.round import State
from xsector.model.sector import DEFAULT_SECTORS

A, B, C, SHARED, NOBODY = range(5)
HOUSES = tuple(
    Organisation(id=10 + place, name=name, sector=sector)
    for place, (name, sector) in enumerate((("Ash", "government"), ("Birch", "business"), ("Cedar", "business")))
)
BLOCKS = (
    Block(name="Government", sectors=("government",), n=20, look=0),
    Block(name="Business", sectors=("business",), n=20, look=2),
)
LEAD, HELP, NONE = 0, 1, 3


def asked(ask, counts, *, function="J1", unsure=0):
    """What both groups say of one job: *counts* in all, halved over the two groups."""
    first = tuple(count // 2 for count in counts)
    second = tuple(count - half for count, half in zip(counts, first, strict=True))
    levels = tuple(one.name for one in HOUSES) + roles.beside(ask)
    return ReleasedItem(
        code=f"{function}_{ask.value}", text="Words", short="Job", kind=Kind.CHOICE, theme="", levels=levels,
        ordered=False, context=False, reverse=False, counts=(first, second),
        missing=(Missing(cannot_judge=unsure), Missing()), chance=None, module="roles", parts=(function, ask.value),
    )  # fmt: skip


def claims(function="J1", **parts):
    """What organisations say of themselves: one person each."""
    ids = {one.name.lower(): one.id for one in HOUSES}
    return tuple(
        Statement(
            organisation=ids[name], item=f"{function}_part", counts=tuple(int(place == part) for place in range(4)),
            unsure=0,
        )
        for name, part in parts.items()
    )  # fmt: skip


def released(*items, statements=(), functions=("J1",)):
    return Release(
        round_id=1, partnership="P", title="R", state=State.REVEALED, policy=Policy(), invited=40, answered=40,
        blocks=BLOCKS, hidden=(), held=(), items=(), banded=(), themes={}, asked=items, statements=statements,
        sectors=DEFAULT_SECTORS, organisations=HOUSES, modules=Modules(roles=Roles(functions=entries(*functions))),
    )  # fmt: skip


def found(release):
    [job] = jobs_of(release)
    return [(one.kind, one.about, one.clear) for one in job.findings]


def test_a_job_is_settled_where_nearly_all_name_the_one_that_should():
    now, should = asked(Ask.NOW, (34, 3, 3, 0, 0)), asked(Ask.SHOULD, (30, 5, 5, 0, 0, 0))

    release = released(now, should, statements=claims(ash=LEAD))

    assert found(release) == [(RoleFinding.SETTLED, (A,), True)]
    assert role_words.headline(jobs_of(release)) == "We agree who leads 1 of 1 job"


def test_a_job_is_contested_where_a_quarter_names_another():
    release = released(asked(Ask.NOW, (24, 16, 0, 0, 0)))

    assert found(release) == [(RoleFinding.CONTESTED, (A, B), True)]
    assert role_words.about(jobs_of(release)[0], release=release) == (
        "More than one is seen to lead: Ash (24 of 40) and Birch (16 of 40)."
    )


def test_a_job_is_contested_where_two_claim_it_whatever_the_others_see():
    release = released(asked(Ask.NOW, (40, 0, 0, 0, 0)), statements=claims(ash=LEAD, birch=LEAD))

    assert [kind for kind, _, _ in found(release)] == [RoleFinding.CONTESTED, RoleFinding.UNSEEN]
    assert role_words.about(jobs_of(release)[0], release=release) == (
        "More than one says that it leads: Ash (40 of 40 name it) and Birch (0 of 40 name it)."
    )


def test_two_that_claim_a_job_which_most_call_shared_don_t_contest_it():
    release = released(asked(Ask.NOW, (6, 4, 0, 30, 0)), statements=claims(ash=LEAD, birch=LEAD))

    assert found(release) == [(RoleFinding.SHARED, (), True)]


def test_a_job_is_an_orphan_where_many_say_no_one_or_don_t_know():
    release = released(asked(Ask.NOW, (8, 6, 6, 0, 10), unsure=10))

    assert found(release)[0] == (RoleFinding.ORPHAN, (), True)
    assert "10 of 40 say “no one”, 10 don’t know" in role_words.about(jobs_of(release)[0], release=release)


def test_a_job_is_an_orphan_where_nobody_claims_it_and_no_name_comes_from_half():
    release = released(asked(Ask.NOW, (18, 8, 8, 6, 0)), statements=claims(ash=HELP, birch=NONE))

    assert found(release) == [(RoleFinding.ORPHAN, (), False)]


def test_who_is_named_by_half_and_does_not_say_so_is_found():
    release = released(asked(Ask.NOW, (36, 2, 2, 0, 0)), statements=claims(ash=HELP))

    assert found(release) == [(RoleFinding.UNCLAIMED, (A,), True)]


def test_of_an_organisation_that_says_nothing_nobody_says_that_it_does_not_know():
    release = released(asked(Ask.NOW, (36, 2, 2, 0, 0)))

    assert found(release) == [(RoleFinding.SETTLED, (A,), True)]


def test_a_job_is_misplaced_where_half_want_another():
    release = released(asked(Ask.NOW, (36, 2, 2, 0, 0)), asked(Ask.SHOULD, (8, 32, 0, 0, 0, 0)))

    assert found(release) == [(RoleFinding.MISPLACED, (B,), True)]


def test_a_finding_that_a_few_answers_decide_is_not_called_clear():
    release = released(asked(Ask.NOW, (5, 3, 0, 0, 0)))

    assert found(release) == [(RoleFinding.CONTESTED, (A, B), False)]
    assert role_words.how_sure(jobs_of(release)[0]) == CLOSE


def test_of_two_answers_nothing_is_said():
    assert found(released(asked(Ask.NOW, (1, 1, 0, 0, 0)))) == []


def test_one_that_is_named_for_half_of_the_jobs_is_told():
    functions = ("J1", "J2", "J3", "J4")
    counts = ((30, 5, 5, 0, 0), (30, 5, 5, 0, 0), (5, 30, 5, 0, 0), (5, 5, 30, 0, 0))
    items = [asked(Ask.NOW, row, function=code) for code, row in zip(functions, counts, strict=True)]
    release = released(*items, functions=functions)

    [one] = overloaded(jobs_of(release))

    assert (one.place, one.jobs) == (A, ("J1", "J2"))
    assert "Ash for 2 of 4 jobs" in role_words.overload_sentence(one, jobs=jobs_of(release), release=release)


def test_the_matrix_sets_a_sector_s_own_word_beside_that_of_the_other_groups():
    now = asked(Ask.NOW, (24, 10, 6, 0, 0))

    cells = matrix(released(now, statements=claims(ash=LEAD, birch=HELP)))["J1"]

    assert cells["government"] == Cell(
        leads=1, stated=1, named=now.counts[1][A], seen=now.counts[1][A], others=sum(now.counts[1])
    )
    assert cells["business"] == Cell(
        leads=0, stated=1, named=now.counts[0][B] + now.counts[0][C], seen=0, others=sum(now.counts[0])
    )


def test_a_claim_is_not_seen_where_the_others_name_another_of_the_sector():
    cells = [Cell(leads=1, stated=2, named=20, seen=seen_, others=26) for seen_ in (1, 20)]

    assert [seen(cell) for cell in cells] == [Seen.EXPECTED, Seen.BOTH]


def test_a_round_without_roles_has_no_jobs_and_a_job_that_is_held_back_is_left_out():
    assert jobs_of(released(functions=())) == ()
    assert jobs_of(released(functions=("J1",))) == ()


def agenda(rule, release):
    return rule(release, findings=None, used=(), bands=DEFAULT_BANDS, limits=DEFAULT_LIMITS)


def test_the_agenda_speaks_of_a_contested_job_and_of_an_orphan_each_in_its_place():
    contested, orphan = released(asked(Ask.NOW, (24, 16, 0, 0, 0))), released(asked(Ask.NOW, (4, 4, 2, 0, 30)))

    talk = agenda(rules.find_contested, contested)
    assert talk.item == "J1_now"
    assert talk.headline.startswith("“Words of J1”: More than one is seen to lead")
    assert len(talk.table) == 2
    assert agenda(rules.find_orphan, orphan).headline.startswith("“Words of J1”: No leader in sight")
    assert agenda(rules.find_orphan, contested) is None
    assert agenda(rules.find_contested, orphan) is None


def test_the_agenda_is_quiet_where_jobs_are_settled():
    settled = released(asked(Ask.NOW, (36, 2, 2, 0, 0)))

    assert agenda(rules.find_contested, settled) is None
    assert agenda(rules.find_orphan, settled) is None


@given(st.integers(1, 200), st.data(), st.floats(0.5, 0.99))
def test_an_interval_holds_its_share_and_grows_narrower_with_more_people(whole, data, level):
    part = data.draw(st.integers(0, whole))

    low, high = share_interval(part, whole, level=level)
    lower, higher = share_interval(4 * part, 4 * whole, level=level)

    assert 0 <= low <= part / whole <= high <= 1
    assert higher - lower < high - low


@pytest.mark.parametrize(("part", "whole", "level"), [(2, 1, 0.9), (-1, 3, 0.9), (1, 2, 1.0)])
def test_what_is_no_share_has_no_interval(part, whole, level):
    with pytest.raises(ValueError, match=r"share|between"):
        share_interval(part, whole, level=level)
