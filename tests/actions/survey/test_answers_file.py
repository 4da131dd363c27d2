import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.actions import survey_files
from xsector.actions.survey.answers_file import inspect_survey
from xsector.actions.survey.mapping import ImportOptions
from xsector.actions.survey.reading import MOST_LISTED, read_rows
from xsector.actions.survey.workbook_table import WEB_LIMITS
from xsector.errors.files import SurveyFileError
from xsector.model.instrument import Kind
from xsector.model.sheet import Layout, Mark

SHARED = Path(__file__).parents[3] / ".." / "shared" / "data"
SKIPPED, CANNOT_JUDGE, NOT_APPLICABLE = map(int, (Mark.SKIPPED, Mark.CANNOT_JUDGE, Mark.NOT_APPLICABLE))


def written(folder, content, *, name="answers.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def imported(path, **options):
    """The plan, and all chunks put together."""
    if map_text := options.pop("map_text", None):
        options["map_file"] = written(path.parent, map_text, name="map.yaml")
    plan = inspect_survey(path, options=ImportOptions(**options))
    chunks = list(read_rows(path, plan=plan))
    marks = np.concatenate([chunk.marks for chunk in chunks])
    sectors = [plan.sectors[code].label for chunk in chunks for code in chunk.sectors]
    return plan, chunks, marks.tolist(), sectors


def items_of(plan):
    return {item.code: item.levels for item in plan.instrument.items()}


def scale(lowest, highest):
    return tuple(str(n) for n in range(lowest, highest + 1))


@pytest.mark.parametrize(
    ("name", "content", "options"), list(survey_files.bad_files()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_a_bad_file_gets_a_sentence(tmp_path, name, content, options):
    path = written(tmp_path, content, name=name)

    with pytest.raises(SurveyFileError) as caught:
        list(read_rows(path, plan=inspect_survey(path, options=ImportOptions(**options))))

    assert len(str(caught.value)) < 500
    assert str(caught.value).endswith(".")
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize("content", list(survey_files.bad_maps()))
def test_a_bad_map_gets_a_sentence(tmp_path, content):
    path = written(tmp_path, survey_files.GOOD)
    map_file = written(tmp_path, content, name="map.yaml")

    with pytest.raises(SurveyFileError) as caught:
        inspect_survey(path, options=ImportOptions(sector="group", map_file=map_file))

    assert str(caught.value).endswith(".")


def test_a_file_or_map_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(SurveyFileError, match=r"nowhere\.csv can't be opened"):
        inspect_survey(tmp_path / "nowhere.csv", options=ImportOptions(sector="group"))
    with pytest.raises(SurveyFileError, match="can't be opened"):
        inspect_survey(tmp_path, options=ImportOptions(sector="group"))
    path = written(tmp_path, survey_files.GOOD)
    with pytest.raises(SurveyFileError, match=r"nowhere\.yaml can't be opened"):
        inspect_survey(path, options=ImportOptions(sector="group", map_file=tmp_path / "nowhere.yaml"))


def test_uploads_have_lower_limits_than_operators(tmp_path):
    path = written(tmp_path, survey_files.csv_of())

    with pytest.raises(SurveyFileError, match="MB are read here"):
        inspect_survey(path, options=ImportOptions(sector="group"), limits=replace(WEB_LIMITS, file_bytes=10))


def test_numbers_become_marks_in_the_layout_of_the_instrument(tmp_path):
    path = written(tmp_path, "A1,group,A2\n1,x,5\n5,y,1\n3.0,x, 2\n2,y,4\n4,x,3\n")

    plan, chunks, marks, sectors = imported(path, sector="group")

    assert [column.item.code for column in Layout.of(plan.instrument).columns] == ["A1", "A2"]
    assert items_of(plan) == {"A1": scale(1, 5), "A2": scale(1, 5)}
    assert marks == [[0, 4], [4, 0], [2, 1], [1, 3], [3, 2]]
    assert sectors == ["x", "y", "x", "y", "x"]
    assert chunks[0].organisations is None
    assert chunks[0].row_numbers.tolist() == [2, 3, 4, 5, 6]
    assert plan.rows == 5
    assert any("each person counts as an organisation" in note for note in plan.notes)


def test_what_describes_a_person_or_spreads_widely_is_no_item_and_the_plan_says_so(tmp_path):
    rows = [f"{n},{n % 2 + 1},{n % 5 + 1},{n % 80},some words {n % 3},{'xy'[n % 2]}" for n in range(200)]
    path = written(tmp_path, "\n".join(["id,gender,A1,visits,why,group", *rows]))

    plan, *_ = imported(path, sector="group")

    assert list(items_of(plan)) == ["A1"]
    notes = " ".join(plan.notes)
    for name in ("id", "gender", "visits", "why"):
        assert f"Not an item: {name} " in notes


def test_a_named_column_is_an_item_even_if_it_describes_the_person(tmp_path):
    path = written(tmp_path, "group,gender,A1\nx,1,1\ny,2,5\n")

    plan, *_ = imported(path, sector="group", items=("gender",))

    assert items_of(plan) == {"gender": ("1", "2")}
    assert "1 other columns were not asked for." in plan.notes


def test_a_range_names_the_columns_between(tmp_path):
    path = written(tmp_path, survey_files.csv_of(items=6))

    plan, *_ = imported(path, sector="group", items=("A2..A4", "A6"))

    assert list(items_of(plan)) == ["A2", "A3", "A4", "A6"]


def test_a_scale_that_nobody_used_to_its_end_is_that_of_its_neighbours(tmp_path):
    lines = ["group,A1,A2,A3,B1"]
    lines += [f"{'xy'[n % 2]},{n % 5 + 1},{(n + 1) % 5 + 1},{n % 4 + 1},{n % 2}" for n in range(40)]
    path = written(tmp_path, "\n".join(lines))

    plan, *_ = imported(path, sector="group")

    assert items_of(plan) == {"A1": scale(1, 5), "A2": scale(1, 5), "A3": scale(1, 5), "B1": ("0", "1")}


def test_an_answer_out_of_range_is_skipped_and_reported_with_row_and_column(tmp_path):
    path = written(tmp_path, "group,A1\nx,1\ny,55\nx,oops\ny,5\nx,2\n")

    plan, chunks, marks, _ = imported(path, sector="group", items=("A1",), levels="1..5")

    assert marks == [[0], [SKIPPED], [SKIPPED], [4], [1]]
    assert [row for row, _ in chunks[0].unread] == [3, 4]
    assert chunks[0].unread[0][1] == "A1: “55” is none of 1 to 5; it counts as skipped"
    assert chunks[0].unread_count == 2
    assert any("A1: 2 answers are none of 1 to 5" in note for note in plan.notes)


def test_missing_texts_and_codes_are_skipped_answers(tmp_path):
    path = written(tmp_path, "group,A1,A2\nx,1,NA\ny,99,5\nx,,1\ny,5,n/a\nx,2,3\n")

    plan, chunks, marks, _ = imported(path, sector="group")

    assert items_of(plan) == {"A1": scale(1, 5), "A2": scale(1, 5)}
    assert marks == [[0, SKIPPED], [SKIPPED, 4], [SKIPPED, 0], [4, SKIPPED], [1, 2]]
    assert chunks[0].unread == ()
    assert "Read as skipped answers: 99 (1), empty cells (1), NA (1), n/a (1)." in plan.notes


def test_rows_without_sector_blank_rows_and_uneven_rows_are_left_out_with_their_reasons(tmp_path):
    path = written(tmp_path, "group,A1\nx,1\n,2\n\nNA,3\ny,1,9\ny,5\n,\nx\nx,3,\n\n,\n")

    plan, chunks, marks, _ = imported(path, sector="group")

    assert marks == [[0], [4], [2]]
    assert chunks[0].skipped == (
        (3, "it has no sector in column “group”"),
        (4, "the row is blank"),
        (5, "it has no sector in column “group”"),
        (6, "it has 3 values where the header has 2 names"),
        (8, "the row is blank"),
        (9, "it has 1 values where the header has 2 names"),
    )
    assert plan.rows == 9


def test_only_a_thousand_skipped_rows_are_listed_but_all_are_counted(tmp_path):
    path = written(tmp_path, "group,A1\n" + "x,1\ny,5\n" * 25_000 + ",3\nx,7\n" * 15_000)

    _, chunks, *_ = imported(path, sector="group", items=("A1",), levels="1..5")

    assert sum(len(chunk.skipped) for chunk in chunks) == MOST_LISTED
    assert sum(chunk.skipped_count for chunk in chunks) == 15_000
    assert sum(len(chunk.unread) for chunk in chunks) == MOST_LISTED
    assert sum(chunk.unread_count for chunk in chunks) == 15_000
    assert len(chunks) > 1


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "The file was read as UTF-16."),
        ("utf-16-le", ""),
        ("utf-16-be", ""),
        ("utf-32", "The file was read as UTF-32."),
        ("cp1252", "Line 2 is not UTF-8, so the file was read as Windows-1252"),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_separators_and_line_ends_are_found(tmp_path, encoding, note, separator, ending):
    lines = ["group;A1;A2", "Égalité;1;5", "Übrige;5;1", "Égalité;2;2", ""]
    path = written(tmp_path, ending.join(lines).replace(";", separator).encode(encoding))

    plan, _, marks, sectors = imported(path, sector="group")

    assert marks == [[0, 4], [4, 0], [1, 1]]
    assert sectors == ["Égalité", "Übrige", "Égalité"]
    assert any(each.startswith(note) for each in plan.notes)


def test_a_line_that_names_the_separator_and_blank_lines_above_the_header_are_passed_over(tmp_path):
    path = written(tmp_path, "sep=;\n\ngroup;A1\nx;1\ny;5\n;2\n")

    _, chunks, marks, _ = imported(path, sector="group")

    assert marks == [[0], [4]]
    assert chunks[0].skipped == ((6, "it has no sector in column “group”"),)


def test_formulas_stay_text_and_quoted_line_breaks_keep_row_numbers(tmp_path):
    path = written(tmp_path, 'group,A1,why\n"=1+1",1,"two\nlines"\n@y,5,"a ""b"" c"\n=1+1,=2+3,\n')

    _, chunks, marks, sectors = imported(path, sector="group", items=("A1",), levels="1..5")

    assert sectors == ["=1+1", "@y", "=1+1"]
    assert marks == [[0], [4], [SKIPPED]]
    assert chunks[0].unread == ((4, "A1: “=2+3” is none of 1 to 5; it counts as skipped"),)


def test_labels_given_lowest_first_order_words_and_name_numbers(tmp_path):
    path = written(tmp_path, "group,A1,A2\nx,agree,3\ny,Disagree,1\nx,neither,2\ny,AGREE,3\n")

    plan, _, marks, _ = imported(path, sector="group", levels="Disagree,Neither,Agree")

    assert items_of(plan) == {"A1": ("Disagree", "Neither", "Agree"), "A2": ("Disagree", "Neither", "Agree")}
    assert marks == [[2, 2], [0, 0], [1, 1], [2, 2]]
    assert {item.kind for item in plan.instrument.items()} == {Kind.RATING}


def test_a_named_column_of_words_is_a_choice_without_order(tmp_path):
    path = written(tmp_path, "group,A1,ways\nx,1,bus\ny,2,walk\nx,3,bus\n")

    plan, _, marks, _ = imported(path, sector="group", items=("ways",))

    item = plan.instrument.item("ways")
    assert (item.kind, item.ordered, item.levels) == (Kind.CHOICE, False, ("bus", "walk"))
    assert marks == [[0], [1], [0]]


def test_the_map_gives_words_scales_sectors_and_the_two_other_answers(tmp_path):
    path = written(tmp_path, "who,A1,A2\n1,1,Often\n2,8,Never\n1,9,Often\n3,7,Never\n2,2,x\n")
    map_text = """
title: Our survey
sector: who
items:
  A1: {text: "How well does it go?", short: Going, reverse: true}
  A2: {levels: [Never, Often], sensitive: true}
levels: {1: Badly, 2: Well}
sectors: {1: Men, 2: Women, 3: Women}
missing: [7]
cannot_judge: [8]
not_applicable: [9]
"""

    plan, chunks, marks, sectors = imported(path, map_text=map_text)

    first, second = plan.instrument.items()
    assert (first.text, first.short, first.reverse, first.levels) == (
        "How well does it go?",
        "Going",
        True,
        ("Badly", "Well"),
    )
    assert (second.levels, second.sensitive) == (("Never", "Often"), True)
    assert (first.cannot_judge, first.not_applicable) == ("Don't know / can't judge", "Doesn't apply")
    assert marks == [[0, 1], [CANNOT_JUDGE, 0], [NOT_APPLICABLE, 1], [SKIPPED, 0], [1, SKIPPED]]
    assert [sector.label for sector in plan.sectors] == ["Men", "Women"]
    assert sectors == ["Men", "Women", "Men", "Women", "Women"]
    assert chunks[0].unread_count == 1
    assert plan.instrument.title == "Our survey"


def test_organisations_are_numbered_and_people_without_one_share_one(tmp_path):
    path = written(tmp_path, "group,firm,A1\nx,Acme,1\ny,Zoo,5\nx,acme,2\ny,,3\ny,NA,4\nx,Acme,1\n")

    plan, chunks, *_ = imported(path, sector="group", organisation="firm")

    assert plan.organisations == ("Acme", "Zoo", "No organisation given")
    assert chunks[0].organisations.tolist() == [0, 1, 0, 2, 2, 0]
    assert "2 rows name no organisation; together they count as one (“No organisation given”)." in plan.notes
    assert "Written in several ways and read as one: Acme." in plan.notes


def test_sector_codes_differ_and_are_plain(tmp_path):
    path = written(tmp_path, "group,A1\nLocal Government!,1\nlocal-government,5\nМосква,2\n10,3\n9,4\n")

    plan, *_ = imported(path, sector="group")

    assert [(sector.code, sector.label) for sector in plan.sectors] == [
        ("9", "9"),
        ("10", "10"),
        ("local_government", "Local Government!"),
        ("local_government_2", "local-government"),
        ("sector", "Москва"),
    ]
    assert [sector.look for sector in plan.sectors] == [0, 1, 2, 3, 4]


def test_more_than_seven_sectors_are_taken_with_a_word_on_charts(tmp_path):
    path = written(tmp_path, "group,A1\n" + "".join(f"g{n % 9},{n % 5 + 1}\n" for n in range(45)))

    plan, *_ = imported(path, sector="group")

    assert len(plan.sectors) == 9
    assert any("charts show 7" in note for note in plan.notes)


def test_long_and_odd_column_names_become_codes_and_stay_the_wording(tmp_path):
    question = "Q1. How much do you agree that partners share their plans early enough?"
    path = written(tmp_path, f'group,"{question}","Q1. Wie?"\nx,1,5\ny,5,1\n')

    plan, *_ = imported(path, sector="group")

    first, second = plan.instrument.items()
    assert first.text == question
    assert max(len(first.code), len(first.short)) <= 40
    assert (second.code, second.text) == ("q1_wie", "Q1. Wie?")


def test_a_workbook_reads_as_its_csv_would(tmp_path):
    rows = [["group", "A1", "A2", "when"], ["x", 1, 5.0, None], ["y", 5, None, True], [None] * 4, ["x", "2", 3, "=1+1"]]
    path = written(tmp_path, survey_files.workbook_of(rows), name="answers.xlsx")

    plan, chunks, marks, sectors = imported(path, sector="group")

    assert items_of(plan) == {"A1": scale(1, 5), "A2": scale(3, 5)}
    assert marks == [[0, 2], [4, SKIPPED], [1, 0]]
    assert sectors == ["x", "y", "x"]
    assert chunks[0].skipped == ((4, "the row is blank"),)


def test_the_named_sheet_is_read_and_otherwise_the_first_that_is_not_hidden(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["nothing"])
    book.active.sheet_state = "hidden"
    for name, answer in (("Answers", 5), ("Old", 3)):
        sheet = book.create_sheet(name)
        for row in (["group", "A1"], ["x", 1], ["y", answer]):
            sheet.append(row)
    path = tmp_path / "answers.xlsx"
    book.save(path)

    assert items_of(imported(path, sector="group")[0]) == {"A1": scale(1, 5)}
    assert items_of(imported(path, sector="group", sheet="Old")[0]) == {"A1": scale(1, 3)}


def test_progress_ends_at_the_whole_file(tmp_path):
    path = written(tmp_path, survey_files.csv_of(rows=50_000))
    shares = []

    plan = inspect_survey(path, options=ImportOptions(sector="group"), progress=shares.append)
    list(read_rows(path, plan=plan, progress=shares.append))

    assert len(shares) == 6
    assert shares[2] == shares[5] == 1.0
    assert all(0 < share <= 1 for share in shares)


@pytest.mark.parametrize(("sector", "people"), [("gender", 2800), ("education", 2577)])
@pytest.mark.skipif(not SHARED.exists(), reason="the public data sets are not part of this project")
def test_the_personality_items_come_as_25_items_of_6_points(sector, people):
    path = SHARED / "bfi.csv"

    plan, chunks, marks, sectors = imported(path, sector=sector)

    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[sector] != "NA"]
    codes = [f"{letter}{n}" for letter in "ACENO" for n in range(1, 6)]
    assert items_of(plan) == dict.fromkeys(codes, scale(1, 6))
    assert marks == [[SKIPPED if row[code] == "NA" else int(row[code]) - 1 for code in codes] for row in rows]
    assert sectors == [row[sector] for row in rows]
    assert len(rows) == people
    assert sum(chunk.skipped_count for chunk in chunks) == 2800 - people


@pytest.mark.skipif(not SHARED.exists(), reason="the public data sets are not part of this project")
def test_the_election_items_come_with_their_own_scales():
    plan, _, marks, _ = imported(SHARED / "beps.csv", sector="vote")

    five = ["economic.cond.national", "economic.cond.household", "Blair", "Hague", "Kennedy"]
    assert items_of(plan) == {
        **dict.fromkeys(five, scale(1, 5)),
        "Europe": scale(1, 11),
        "political.knowledge": scale(0, 3),
    }
    assert len(marks) == 1525
    assert {sector.label for sector in plan.sectors} == {"Conservative", "Labour", "Liberal Democrat"}
    assert {name for name in ("age", "gender") if any(f"Not an item: {name} " in n for n in plan.notes)} == {
        "age",
        "gender",
    }
