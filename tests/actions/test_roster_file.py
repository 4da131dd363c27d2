import pytest

from tests.actions import survey_files
from xsector.actions.roster_file import MOST_PEOPLE, RosterRow, read_roster
from xsector.errors.files import SurveyFileError
from xsector.model.sector import DEFAULT_SECTORS

GOOD = (
    RosterRow(row=2, name="Ann Lee", organisation="City Hall", sector="government", email="ann@city.example"),
    RosterRow(row=3, name="Bo Ruiz", organisation="Food Bank", sector="nonprofit"),
)


def drafted(content, **options):
    draft = read_roster(content, sectors=DEFAULT_SECTORS, **options)
    return list(draft.rows), [(each.row, each.problem) for each in draft.errors]


def remedies(content):
    return [each.remedy for each in read_roster(content, sectors=DEFAULT_SECTORS).errors]


@pytest.mark.parametrize(
    "content",
    [
        "Name,Organisation,Sector,Email\nAnn Lee,City Hall,Government,ann@city.example\n"
        "Bo Ruiz,Food Bank,Non-profit,\n",
        "SECTOR\tE-Mail\tOrganization\tFull name\ngovernment\tann@city.example\tCity Hall\tAnn  Lee\n"
        "nonprofit\t\tFood Bank\tBo Ruiz",
        "First name;Surname;Agency;Type;E mail address\nAnn;Lee;City Hall;GOVERNMENT;ann@city.example\n"
        "Bo;Ruiz;Food Bank;non-profit",
    ],
)
def test_columns_are_recognised_in_any_order_and_case(content):
    rows, problems = drafted(content.replace("E mail address", "Email address"))

    assert rows == list(GOOD)
    assert problems == []


def test_a_list_without_header_is_name_organisation_sector_email():
    rows, problems = drafted("\nAnn Lee, City Hall, Government, ann@city.example\nBo Ruiz,  Food Bank, Non-profit\n\n")

    assert rows == list(GOOD)
    assert problems == []


def test_one_pasted_person_is_enough():
    assert drafted('Ann Lee, "City Hall, Room 2", Government') == (
        [RosterRow(row=1, name="Ann Lee", organisation="City Hall, Room 2", sector="government")],
        [],
    )


def test_commas_within_cells_of_a_pasted_sheet_do_not_cut_it():
    rows, _ = drafted("Lee, Ann\tCity Hall, Parks\tGovernment\nRuiz, Bo\tCity Hall, Parks\tGovernment\n")

    assert [(row.name, row.organisation) for row in rows] == [
        ("Lee, Ann", "City Hall, Parks"),
        ("Ruiz, Bo", "City Hall, Parks"),
    ]


def test_files_read_as_pasted_lists_do():
    table = [["Name", "Organisation", "Sector", "Email"]]
    table += [[row.name, row.organisation, row.sector, row.email or None] for row in GOOD]

    book = drafted(survey_files.workbook_of(table), filename="roster.xlsx")
    text = drafted("\ufeff" + "\n".join(";".join(cell or "" for cell in row) for row in table))
    wide = drafted("\n".join("\t".join(cell or "" for cell in row) for row in table).encode("utf-16"))

    assert book == text == wide == (list(GOOD), [])


def test_each_row_says_what_is_wrong_with_it():
    rows, problems = drafted(
        "Name,Organisation,Sector,Email\n"
        "Ann Lee,City Hall,Goverment,\n"
        "Bo Ruiz,,Government,\n"
        ",Food Bank,Non-profit,\n"
        "Cy Dee,Food Bank,,\n"
        "Di Eng,Food Bank,Non-profit,di at food\n"
        "E\u202ed Foe,Food Bank,Non-profit,\n"
        "Flo Gee,Food Bank\n"
        "Gus Hay,Food Bank,Non-profit,\n"
        "GÜS  HAY,food bank,Non-profit,\n"
        "gus hay,FOOD BANK,Non-profit,\n"
        "Ida Jay,Food Bank,Business,\n"
        "Gus Hay,City Hall,Government,\n"
    )

    assert [(row.row, row.name) for row in rows] == [(9, "Gus Hay"), (13, "Gus Hay")]
    assert [problem for problem in problems if problem[0] not in (7, 10)] == [
        (2, "“Goverment” is none of the sectors."),
        (3, "The organisation is missing."),
        (4, "The name is missing."),
        (5, "The sector is missing."),
        (6, "“di at food” is no email address."),
        (8, "The sector is missing."),
        (11, "“gus hay” of “FOOD BANK” stands in row 9 already."),
        (12, "“Food Bank” stands in another sector in row 9."),
    ]
    assert {row for row, _ in problems} >= {7, 10}


def test_an_unknown_sector_comes_with_the_closest_and_all_known():
    assert remedies("Ann Lee, City Hall, Goverment") == [
        "Did you mean Government? Choose one of Government, Non-profit, Business, Philanthropy, Community, Education."
    ]
    assert remedies("Ann Lee, City Hall, xyz") == [
        "Choose one of Government, Non-profit, Business, Philanthropy, Community, Education."
    ]


def test_more_people_than_fit_are_told():
    rows, problems = drafted("".join(f"Person {n}, Organisation {n}, Business\n" for n in range(MOST_PEOPLE + 50)))

    assert len(rows) == MOST_PEOPLE
    assert problems == [(MOST_PEOPLE + 1, "The roster has more than 500 people; the rest was not read.")]


@pytest.mark.parametrize(
    ("header", "lacking"),
    [("Organisation,Sector", "name"), ("Name,Sector", "organisation"), ("Name,Organisation,Email", "sector")],
)
def test_a_header_without_a_needed_column_is_one_problem(header, lacking):
    assert drafted(f"{header}\na,b,c\n") == ([], [(1, f"There is no column for the {lacking}.")])


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\n \n",
        "Ann Lee",
        b"",
        b"\x89PNG\r\n\x1a\n",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04broken",
        survey_files.zip_of(a="1"),
        survey_files.workbook_of([]),
        'Ann, "City, Government\nBo, Food, Business',
        "Ann, City\0, Government",
        b"Ann, City, \x81\n",
        "a, b, " + "c" * 2_000_000,
        "a," * 12_000_000,
    ],
    ids=range(14),
)
def test_a_roster_that_cannot_be_read_gets_a_sentence(content):
    with pytest.raises(SurveyFileError) as caught:
        drafted(content)

    assert str(caught.value).endswith(".")
