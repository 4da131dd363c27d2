import json
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.build import NOW, QUESTIONS, account, answer, closed, draft_round, finished, item, open_house, revealed
from xsector.actions.answering import finish, save_comment, save_text
from xsector.actions.keeping import problems
from xsector.actions.releasing import reveal
from xsector.actions.running import choose_keeping, close_round, open_round, reopen_round, show_on_wall
from xsector.actions.setting_up import choose_sectors, describe_partnership
from xsector.errors.common import LockedError, NotFoundError, SetUpError, XsectorError
from xsector.errors.rounds import RoundClosedError, RoundStateError
from xsector.model.policy import Policy, Tier
from xsector.model.released import Band
from xsector.model.sector import DEFAULT_SECTORS
from xsector.model.sheet import Mark
from xsector.reports.ledger import ledger_document, ledger_with_members
from xsector.reports.own import own_form
from xsector.reports.released import release_of
from xsector.reports.turnout import turnout
from xsector.reports.wall import wall_revision, wall_state

MANY = {"government": 7, "nonprofit": 6, "business": 5, "education": 2, "community": 3}


def answers_for(generator):
    """Random answers to all questions, some of them skipped or not judged."""
    given = {
        "R1": generator.choice([0, 1, 2, 3, 4, Mark.CANNOT_JUDGE, Mark.NOT_APPLICABLE, Mark.SKIPPED]),
        "R2": generator.randrange(5),
        "U1": generator.randrange(3),
        "M1": frozenset(option for option in range(3) if generator.random() < 0.5),
        "S1": generator.randrange(5),
        "C1": generator.randrange(2),
    }
    return {code: value for code, value in given.items() if generator.random() < 0.9}


def answered_house(engine, *, seed=1, sectors=MANY, policy=None):
    """A house in which all but every seventh person have answered, and what each said."""
    generator = random.Random(seed)
    house = open_house(engine, sectors=sectors, policy=policy)
    said = {}
    for number, who in enumerate(house.people):
        given = answers_for(generator)
        answer(house, who, given)
        if number % 7 != 3:
            finish(engine, respondent=who, round_id=house.round.id, now=NOW)
            said[who] = given
    return house, said


def counted_apart(said, *, block, question):
    """Levels and missing answers of one block, counted in plain Python."""
    values = [given.get(question.code, Mark.SKIPPED) for who, given in said.items() if who.sector in block.sectors]
    found = Counter(values) if question.code != "M1" else Counter(
        option for value in values if isinstance(value, frozenset) for option in value
    )  # fmt: skip
    missing = Counter(value for value in values if isinstance(value, Mark))
    return (
        tuple(found[level] for level in range(len(question.levels))),
        (missing[Mark.SKIPPED], missing[Mark.CANNOT_JUDGE], missing[Mark.NOT_APPLICABLE]),
    )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_released_counts_equal_an_independent_count(engine, seed):
    house, said = answered_house(engine, seed=seed)

    house = revealed(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    questions = {question.code: question for question in QUESTIONS}
    found = {
        (item.code, block.name): (counts, (missing.skipped, missing.cannot_judge, missing.not_applicable))
        for item in release.items
        for block, counts, missing in zip(release.blocks, item.counts, item.missing, strict=True)
    }
    assert found == {
        (code, block.name): counted_apart(said, block=block, question=questions[code])
        for code in ("R1", "R2", "U1", "M1", "C1", *(item.code for item in release.items if item.code == "S1"))
        for block in release.blocks
    }
    assert (release.answered, release.invited) == (len(said), len(house.people))
    assert sum(block.n for block in release.blocks) == len(said)
    assert release.held == ()


def test_of_a_sensitive_question_on_which_nearly_all_agree_only_a_band_is_kept_anywhere(engine):
    house = open_house(engine, sectors={"government": 6, "business": 7})
    trusting = {"government": [4, 4, 3, 3, 4, 0], "business": [0, 0, 0, 2, 2, 4, 4]}
    for sector, levels in trusting.items():
        for who, level in zip(house.of(sector), levels, strict=True):
            finished(house, who, {"R1": 2, "S1": level})
    house = revealed(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    trust = next(item for item in release.banded if item.code == "S1")
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT count(*) FROM block_count WHERE item = 'S1'")).scalar()
        chances = connection.execute(text("SELECT count(*) FROM chance WHERE item = 'S1'")).scalar()
    ledger = ledger_document(engine, account=house.account, round_id=house.round.id)

    assert [block.name for block in release.blocks] == ["Government", "Business"]
    assert trust.bands == (Band(pole="high", at_least=4, people=6), None)
    assert trust.counts == (None, (3, 0, 2, 0, 2))
    assert (rows, chances) == (3, 0)
    assert [cell.get("at_least") for cell in ledger["releases"] if cell["q"] == "S1@1"] == [
        {"levels": ["3", "4"], "n": 4}, None,
    ]  # fmt: skip


def test_sensitive_questions_of_groups_below_five_are_held(engine):
    house = open_house(engine, sectors={"government": 4, "business": 6}, policy=Policy(tier=Tier.SMALL, k=3))
    for who in house.people:
        finished(house, who, {"R1": 2, "S1": 1})
    house = revealed(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)

    assert release.held == ("S1",)


@pytest.mark.parametrize(
    ("who", "held"),
    [
        (("education",), ("W1",)),
        (("business", "education"), ()),
        (("business", "community"), ("W1",)),
        (("government",), ()),
        (("government", "education"), ("W1",)),
    ],
)
def test_a_question_asked_of_too_few_people_of_a_group_leaves_no_count(engine, who, held):
    sectors = {"government": 6, "business": 5, "education": 2}
    house = open_house(engine, sectors=sectors, questions=(item("R1"), item("W1", who=who)))
    for number, one in enumerate(house.people):
        given = {"R1": number % 5, "W1": 4} if one.sector in who else {"R1": number % 5}
        finished(house, one, given)

    revealed(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    ledger = ledger_document(engine, account=house.account, round_id=house.round.id)
    assert [block.sectors for block in release.blocks] == [("government",), ("business", "education")]
    assert release.held == held
    assert [one.code for one in release.items] == ["R1"] + (["W1"] if not held else [])
    assert ("W1@1" in {one["q"] for one in ledger["releases"]}) is (not held)
    with engine.connect() as connection:
        kept = connection.scalar(text("SELECT count(*) FROM block_count WHERE item = 'W1'"))
    assert bool(kept) is (not held)


def test_members_of_the_ledger_are_those_who_finished(engine):
    house, said = answered_house(engine)
    house = revealed(house)

    ledger = ledger_with_members(engine, account=house.account, round_id=house.round.id)

    cells = [cell for cell in ledger["releases"] if cell["q"] == "R1@1"]
    assert sorted(member for cell in cells for member in cell["members"]) == sorted(
        f"p{who.participant_id}" for who in said
    )
    assert all(sum(cell["counts"].values()) == len(cell["members"]) for cell in cells)


def test_a_second_reveal_is_refused_and_changes_nothing(engine):
    house, _ = answered_house(engine)
    house = revealed(house)
    before = release_of(engine, account=house.account, round_id=house.round.id)

    with pytest.raises(RoundStateError, match="is revealed, so it can't be revealed"):
        reveal(engine, account=house.account, round_id=house.round.id, now=NOW)

    assert release_of(engine, account=house.account, round_id=house.round.id) == before
    assert problems(engine) == []


def test_a_round_that_is_not_closed_is_not_revealed(engine):
    house, _ = answered_house(engine)
    drafted = draft_round(engine, by=house.account, partnership_id=house.partnership.id, title="Autumn")

    for round_id in (house.round.id, drafted.id):
        with pytest.raises(RoundStateError):
            reveal(engine, account=house.account, round_id=round_id, now=NOW)
        assert release_of(engine, account=house.account, round_id=round_id) is None


def test_nothing_is_revealed_if_nobody_has_finished(engine):
    house = open_house(engine)
    answer(house, house.people[0], {"R1": 1})
    closed(house)

    with pytest.raises(SetUpError, match="Nobody has finished"):
        reveal(engine, account=house.account, round_id=house.round.id, now=NOW)


def test_too_few_answers_are_sealed_and_show_nothing(engine):
    house = open_house(engine, sectors={"government": 4, "business": 4})
    for who in house.people[:4]:
        finished(house, who, {"R1": 1})

    house = revealed(house)

    release = release_of(engine, account=house.account, round_id=house.round.id)
    assert release.blocks == ()
    assert all(item.counts == () for item in release.items)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM block_count")).scalar() == 0


def test_the_convener_may_have_the_sheets_deleted_at_the_reveal(engine):
    house = open_house(engine)
    choose_keeping(engine, account=house.account, round_id=house.round.id, keep=False, now=NOW)
    for who in house.people:
        finished(house, who, {"R1": 1})
    with pytest.raises(RoundStateError):
        choose_keeping(engine, account=house.account, round_id=house.round.id, keep=True, now=NOW)

    house = revealed(house)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sheet")).scalar() == 0
    assert own_form(engine, respondent=house.people[0], round_id=house.round.id).started is False


def test_kept_sheets_hold_the_answers_and_nothing_of_their_author(engine):
    house, said = answered_house(engine)
    who = next(iter(said))
    save_text(engine, respondent=who, round_id=house.round.id, code="T1", text="Who pays?", may_show=True, now=NOW)
    save_comment(engine, respondent=who, round_id=house.round.id, code="R1", text="Ask us", may_show=False, now=NOW)

    house = revealed(house)

    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT respondent_key, sector, organisation_id, saved_at, submitted_at, version FROM sheet "
                "WHERE submitted"
            )
        ).all()
        drafts = connection.execute(text("SELECT count(*) FROM sheet WHERE NOT submitted")).scalar()
    keys = [row[0] for row in rows]
    assert sorted(keys) == sorted(one.sheet_key(house.round.id) for one in said)
    if engine.dialect.name == "sqlite":
        assert keys == sorted(keys)
    assert {tuple(row[1:]) for row in rows} == {(None, None, None, None, 1)}
    assert drafts == len(house.people) - len(said)
    mirror = own_form(engine, respondent=who, round_id=house.round.id)
    assert mirror.answers == {code: value for code, value in said[who].items() if value is not Mark.SKIPPED}
    assert (mirror.texts, mirror.comments) == ({"T1": ("Who pays?", True)}, {"R1": ("Ask us", False)})


def test_the_audit_log_holds_neither_answers_nor_words(engine):
    house, said = answered_house(engine)
    save_comment(
        engine, respondent=next(iter(said)), round_id=house.round.id, code="R1", text="a planted comment",
        may_show=True, now=NOW,
    )  # fmt: skip
    revealed(house)

    with engine.connect() as connection:
        rows = connection.execute(text("SELECT actor, action, detail FROM audit")).all()

    log = json.dumps([[str(value) for value in row] for row in rows])
    assert "planted" not in log
    assert not any(token in log for token in house.tokens.values())
    assert not any(who.key in log for who in house.people)


def test_everybody_who_was_told_that_they_finished_is_counted_when_the_reveal_comes(engine):
    house = open_house(engine, sectors={"government": 16, "business": 16})
    for who in house.people:
        answer(house, who, {"R1": 2})
    for who in house.people[:12] + house.people[16:26]:
        finished(house, who, {})

    def attempt(who):
        try:
            if who is None:
                close_round(engine, account=house.account, round_id=house.round.id, now=NOW)
                return reveal(engine, account=house.account, round_id=house.round.id, now=NOW)
            finish(engine, respondent=who, round_id=house.round.id, now=NOW)
            return who
        except RoundClosedError:
            return "late"

    late = [*house.people[12:16], None, *house.people[26:]]
    with ThreadPoolExecutor(12) as pool:
        done = list(pool.map(attempt, late))

    release = release_of(engine, account=house.account, round_id=house.round.id)
    told = 22 + sum(one in house.people for one in done)
    assert release.answered == told == sum(block.n for block in release.blocks)
    assert sum(sum(counts) for item in release.items if item.code == "R1" for counts in item.counts) == told
    assert turnout(engine, account=house.account, round_id=house.round.id).answered == told


def test_of_many_reveals_at_once_one_is_made(engine):
    house, _ = answered_house(engine)
    closed(house)

    def attempt(_):
        try:
            return reveal(engine, account=house.account, round_id=house.round.id, now=NOW).state
        except XsectorError as problem:
            return type(problem)

    with ThreadPoolExecutor(6) as pool:
        done = list(pool.map(attempt, range(6)))

    assert Counter(done) == {"revealed": 1, RoundStateError: 5}
    assert problems(engine) == []


def test_a_round_is_either_revealed_or_opened_again_but_never_both(engine):
    for name in ("One", "Two", "Three"):
        house = open_house(engine, name=name, by=account(engine, f"Leader of {name}"), sectors={"government": 6})
        for who in house.people:
            finished(house, who, {"R1": 1})
        closed(house)

        def attempt(action, *, house=house):
            try:
                return action(engine, account=house.account, round_id=house.round.id, now=NOW).state
            except XsectorError:
                return None

        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(attempt, [reveal, reopen_round]))

        state = wall_state(engine, round_id=house.round.id).state
        release = release_of(engine, account=house.account, round_id=house.round.id)
        assert sorted(one for one in done if one) == [state]
        assert (release is not None) == (state == "revealed")


def test_the_wall_shows_only_numbers_before_the_reveal_and_follows_after(engine):
    house, said = answered_house(engine, sectors={"government": 7, "business": 3})
    before = wall_state(engine, round_id=house.round.id)

    with pytest.raises(RoundStateError):
        show_on_wall(
            engine, account=house.account, round_id=house.round.id, view="overview", item=None, dark=True, now=NOW
        )
    house = revealed(house)
    first = wall_revision(engine, round_id=house.round.id)
    show_on_wall(engine, account=house.account, round_id=house.round.id, view="item", item="R1", dark=True, now=NOW)
    after = wall_state(engine, round_id=house.round.id)

    assert (before.view, before.invited, before.answered) == ("waiting", 10, len(said))
    assert [sector.label for sector in before.sectors] == ["Government"]
    assert (after.view, after.item, after.dark) == ("item", "R1", True)
    assert after.revision == wall_revision(engine, round_id=house.round.id) > first
    assert after.room_code is None


@pytest.mark.parametrize(
    ("view", "item"),
    [("item", None), ("overview", "R1"), ("everything", None), ("item", "X9"), ("people", "T1")],
)
def test_the_wall_has_no_other_views(engine, view, item):
    house, _ = answered_house(engine)
    house = revealed(house)

    with pytest.raises(NotFoundError):
        show_on_wall(engine, account=house.account, round_id=house.round.id, view=view, item=item, dark=False, now=NOW)


def test_a_round_without_people_or_questions_is_not_opened(engine):
    house = open_house(engine, sectors={"government": 4}, policy=Policy(tier=Tier.SMALL, k=3))
    empty = draft_round(engine, by=house.account, partnership_id=house.partnership.id, questions=(), title="Empty")

    with pytest.raises(SetUpError, match="Every question is switched off"):
        open_round(engine, account=house.account, round_id=empty.id, now=NOW)
    with pytest.raises(RoundStateError):
        open_round(engine, account=house.account, round_id=house.round.id, now=NOW)


def test_figures_do_not_change_when_rosters_and_names_do(engine):
    house, _ = answered_house(engine)
    house = revealed(house)
    before = release_of(engine, account=house.account, round_id=house.round.id)

    choose_sectors(
        engine, account=house.account, partnership_id=house.partnership.id, now=NOW,
        sectors=tuple(replace(sector, label=f"{sector.label} two") for sector in DEFAULT_SECTORS),
    )  # fmt: skip
    describe_partnership(
        engine, account=house.account, partnership_id=house.partnership.id, name="Other", place="",
        shared_result="", records_notice=False, now=NOW,
    )  # fmt: skip

    after = release_of(engine, account=house.account, round_id=house.round.id)
    assert replace(after, partnership=before.partnership) == before
    with pytest.raises(LockedError):
        choose_sectors(
            engine, account=house.account, partnership_id=house.partnership.id, sectors=DEFAULT_SECTORS[-2:], now=NOW
        )


def test_whoever_of_a_block_gave_which_answer_the_release_is_the_same(engine):
    generator = random.Random(3)
    levels = {sector: [generator.randrange(5) for _ in range(6)] for sector in ("government", "business")}
    released = []
    for number in range(4):
        house = open_house(
            engine, by=account(engine, f"Leader {number}"), sectors=dict.fromkeys(levels, 6), name="Harbour"
        )
        for sector, given in levels.items():
            for who, level in zip(house.of(sector), generator.sample(given, 6), strict=True):
                finished(house, who, {"R1": level, "U1": level % 3, "M1": frozenset({level % 2})})
        house = revealed(house)
        release = release_of(engine, account=house.account, round_id=house.round.id)
        released.append(replace(release, round_id=0))

    assert released[1:] == [released[0]] * 3
    assert {item.code: item.chance is None for item in released[0].items} == {
        "R1": False, "R2": True, "U1": False, "M1": True, "C1": True,
    }  # fmt: skip
