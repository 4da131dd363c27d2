import pytest
from sqlalchemy import text

from tests.build import NOW, account, open_house
from xsector.actions.importing import import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.actions.running import close_round, open_round, reopen_round
from xsector.actions.setting_up import choose_sectors
from xsector.actions.survey.mapping import ImportOptions
from xsector.errors.common import LockedError, NotFoundError, SetUpError, UnusableTextError
from xsector.errors.files import SurveyFileError
from xsector.errors.rounds import RoundStateError
from xsector.model.partner import Role
from xsector.model.policy import Policy, Tier
from xsector.model.sector import DEFAULT_SECTORS
from xsector.reports.ledger import ledger_with_members
from xsector.reports.own import open_rounds
from xsector.reports.released import release_of
from xsector.reports.results import report_document
from xsector.reports.rounds import partnerships_of
from xsector.store.engine import reading
from xsector.store.tables import Base

HEAD = "group,A1,A2,A3"
ROWS = ["x,1,2,3", "x,2,2,3", "x,2,2,1", "x,5,4,NA", "x,4,,5", "y,1,1,1", "y,2,2,2", "y,3,3,3", "y,4,4,4", "y,5,5,5"]


def bfi_like(folder, *, rows=ROWS, head=HEAD, name="answers.csv"):
    """A small table as survey tools export it."""
    path = folder / name
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return path


def imported(engine, path, *, by=OPERATOR, partnership="Survey", **options):
    wanted = ImportOptions(**{"sector": "group", "levels": "1..5", **options})
    return import_survey(engine, account=by, path=path, partnership=partnership, options=wanted, now=NOW)


def rows(engine):
    with reading(engine) as session:
        return {table.name: sorted(map(repr, session.execute(table.select()))) for table in Base.metadata.sorted_tables}


def test_a_file_becomes_a_closed_round_with_exactly_its_counts(engine, tmp_path):
    made = imported(engine, bfi_like(tmp_path))

    assert (made.round.state, made.answered, made.skipped, made.unread_count) == ("closed", 10, (), 0)
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)
    release = release_of(engine, account=OPERATOR, round_id=made.round.id)
    assert [(block.name, block.n) for block in release.blocks] == [("x", 5), ("y", 5)]
    assert {item.code: item.counts for item in release.items} == {
        "A1": ((1, 2, 0, 1, 1), (1, 1, 1, 1, 1)),
        "A2": ((0, 3, 0, 1, 0), (1, 1, 1, 1, 1)),
        "A3": ((1, 0, 2, 0, 1), (1, 1, 1, 1, 1)),
    }
    assert [[missing.skipped for missing in item.missing] for item in release.items] == [[0, 0], [1, 0], [1, 0]]
    assert (release.invited, release.answered) == (10, 10)


def test_without_organisations_everybody_is_one_of_their_own_and_it_is_said(engine, tmp_path):
    made = imported(engine, bfi_like(tmp_path))

    assert any("organisation" in note for note in made.notes)


def test_organisations_are_counted_where_a_column_names_them(engine, tmp_path):
    lines = [f"{row},{'City' if row[0] == 'x' else f'Firm {place}'}" for place, row in enumerate(ROWS)]
    path = bfi_like(tmp_path, rows=lines, head=HEAD + ",house")

    made = imported(engine, path, organisation="house", items=("A1", "A2", "A3"))
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)

    release = release_of(engine, account=OPERATOR, round_id=made.round.id)
    assert [(block.name, block.n) for block in release.blocks] == [("Combined: x and y", 10)]


def test_rows_and_cells_that_cannot_be_read_are_named(engine, tmp_path):
    path = bfi_like(tmp_path, rows=[*ROWS, ",1,2,3", "x,7,2,3"])

    made = imported(engine, path, items=("A1", "A2", "A3"))

    assert made.answered == 11
    assert [row for row, _ in made.skipped] == [12]
    assert made.skipped_count == 1
    assert [row for row, _ in made.unread] == [13]
    assert "A1" in made.unread[0][1]


def test_a_file_that_breaks_in_the_middle_leaves_nothing(engine, tmp_path):
    before = rows(engine)

    def interrupt(doing, share):
        if doing == "Storing answers":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_survey(
            engine, account=OPERATOR, path=bfi_like(tmp_path), partnership="Survey",
            options=ImportOptions(sector="group", levels="1..5"), now=NOW, progress=interrupt,
        )  # fmt: skip
    with pytest.raises(SurveyFileError):
        imported(engine, bfi_like(tmp_path, rows=[]))
    with pytest.raises(SurveyFileError):
        imported(engine, bfi_like(tmp_path), sector="nowhere")
    with pytest.raises(UnusableTextError):
        imported(engine, bfi_like(tmp_path), partnership="")

    assert rows(engine) == before


@pytest.mark.parametrize("k", [2, 1, 0, -5])
def test_groups_that_are_too_small_are_not_asked_for(engine, tmp_path, k):
    before = rows(engine)

    with pytest.raises(SetUpError, match="fewer than 3 people"):
        imported(engine, bfi_like(tmp_path), k=k)

    assert rows(engine) == before


def test_a_second_file_becomes_the_next_round_of_the_same_partnership(engine, tmp_path):
    first = imported(engine, bfi_like(tmp_path))
    second = imported(engine, bfi_like(tmp_path, name="later.csv"))
    apart = imported(engine, bfi_like(tmp_path, rows=[row.replace("y", "z") for row in ROWS], name="other.csv"))

    assert second.round.partnership_id == first.round.partnership_id
    assert (first.round.number, second.round.number) == (1, 2)
    assert apart.round.partnership_id != first.round.partnership_id


def test_a_second_file_may_ask_for_larger_groups_but_not_for_smaller_ones(engine, tmp_path):
    rounds = [imported(engine, bfi_like(tmp_path, name=f"{k}.csv"), k=k).round for k in (5, 8, 3)]

    assert [one.policy for one in rounds] == [Policy(k=5), Policy(k=8), Policy(k=5)]


def test_small_groups_are_a_tier_of_their_own(engine, tmp_path):
    assert imported(engine, bfi_like(tmp_path), k=3).round.policy == Policy(tier=Tier.SMALL, k=3)


def test_a_name_that_another_account_uses_makes_a_partnership_of_its_own(engine, tmp_path):
    dana, eve = account(engine), account(engine, "Eve", role=Role.CONVENER)
    theirs = imported(engine, bfi_like(tmp_path), by=dana)

    mine = imported(engine, bfi_like(tmp_path, name="b.csv"), by=eve)

    assert mine.round.partnership_id != theirs.round.partnership_id
    assert [one.id for one in partnerships_of(engine, account=dana)] == [theirs.round.partnership_id]
    assert [one.id for one in partnerships_of(engine, account=eve)] == [mine.round.partnership_id]


def test_an_imported_round_is_not_opened_again_and_invites_nobody(engine, tmp_path):
    house = open_house(engine, by=OPERATOR, name="Survey")
    path = bfi_like(tmp_path, rows=[f"{sector.code},1,2,3" for sector in DEFAULT_SECTORS for _ in range(5)])
    made = imported(engine, path)

    for action in (open_round, reopen_round, close_round):
        with pytest.raises(RoundStateError):
            action(engine, account=OPERATOR, round_id=made.round.id, now=NOW)

    with engine.connect() as connection:
        invited = connection.execute(
            text("SELECT count(*) FROM invitation WHERE round_id = :round"), {"round": made.round.id}
        ).scalar()
    assert invited == 0
    assert [one.id for one in open_rounds(engine, respondent=house.people[0])] == [house.round.id]


def test_imported_sheets_are_deleted_at_the_reveal(engine, tmp_path):
    made = imported(engine, bfi_like(tmp_path))
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sheet")).scalar() == 0


def test_a_sector_that_imported_answers_stand_in_cannot_be_dropped_before_the_reveal(engine, tmp_path):
    made = imported(engine, bfi_like(tmp_path))

    with pytest.raises(LockedError):
        choose_sectors(
            engine, account=OPERATOR, partnership_id=made.round.partnership_id, sectors=DEFAULT_SECTORS, now=NOW
        )
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)

    assert report_document(engine, account=OPERATOR, round_id=made.round.id)["answered"] == 10


def test_people_of_a_file_have_members_of_their_own_in_the_ledger(engine, tmp_path):
    made = imported(engine, bfi_like(tmp_path))
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)

    ledger = ledger_with_members(engine, account=OPERATOR, round_id=made.round.id)

    assert len(ledger["releases"]) == 6
    assert all(len(set(cell["members"])) == 5 == sum(cell["counts"].values()) for cell in ledger["releases"])
    with pytest.raises(NotFoundError):
        ledger_with_members(engine, account=OPERATOR, round_id=99)
