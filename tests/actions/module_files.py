"""A partnership's answers to every module twice: as its people give them in the form, and as a file holds them."""

import csv
import random

from tests.actions.survey_files import workbook_of
from tests.build import NOW, item, open_house
from xsector.actions.importing import import_survey
from xsector.actions.permission import OPERATOR
from xsector.actions.releasing import reveal
from xsector.actions.survey.mapping import ImportOptions
from xsector.model.instrument_file import TAXONOMY_FILE, read_taxonomy
from xsector.model.modules.kinds import Guesses, Modules, Pass, Priorities, Roles
from xsector.model.modules.starting import read_starting
from xsector.model.sheet import Mark
from xsector.reports.own import own_form
from xsector.reports.released import release_of
from xsector.settings import INSTRUMENTS, MODULES

START = read_starting(MODULES, taxonomy=read_taxonomy(INSTRUMENTS / TAXONOMY_FILE))
EVERYTHING = Modules(
    roles=Roles(functions=START.functions[:2]),
    priorities=Priorities(options=START.options[:4], passes=tuple(Pass)),
    stage=START.stage,
    guesses=Guesses(items=("R1",), sectors=("government", "business")),
    trust=START.trust,
)
SECTORS = {"government": 8, "business": 7}
KEYS = {"W0": "contact", "W1": "reliability", "W2": "truth", "W3": "ability", "W4": "strength"}
MAP = """
sector: Sector
organisation: Organisation
cannot_judge: [No idea]
items:
  R1: {{levels: {{1: Not at all, 2: A little, 3: Partly, 4: Mostly, 5: Fully}}}}
modules:
  priorities:
    points:
{points}
  roles:
    told_by_name: true
    jobs:
      R01: {{now: R01_now, should: R01_should, part: R01_part}}
      R02: {{now: R02_now, should: R02_should, part: R02_part}}
  stage:
    statements: {{{statements}}}
    picture: Z13
  guesses:
    items:
      R1: {{Government: R1_of_government, business: R1_of_business}}
  trust:
    importance: W7
    organisations:
{organisations}
"""


def house(engine, **more):
    """An open round with every module, and eight organisations in two sectors."""
    return open_house(
        engine, sectors=SECTORS, questions=(item("R1", cannot_judge="No idea"),), modules=EVERYTHING, **more
    )


def everybody(there, *, seed):
    """What each person of a house says, by code; now and then nothing, and not always as the form wants it."""
    generator = random.Random(seed)
    return {who.participant_id: _answers(there, who, generator) for who in there.people}


def _answers(there, who, generator):
    form = own_form(there.engine, respondent=who, round_id=there.round.id)
    given = {}
    for one in form.instrument.items():
        asked = one.is_asked_of(sector=who.sector, organisation=who.organisation_id)
        if not asked or generator.random() < 0.1 or one.code.startswith(("W5", "W6", "Q")):
            continue
        given[one.code] = generator.randrange(len(one.levels))
        if one.cannot_judge and generator.random() < 0.1:
            given[one.code] = Mark.CANNOT_JUDGE
    for view in Pass if generator.random() < 0.9 else ():
        steps = [generator.randrange(6) for _ in range(3)]
        levels = [*steps, 20 - sum(steps)] if generator.random() < 0.9 else [None] * 4
        given |= {f"Q0{place}_{view}": level for place, level in enumerate(levels, 1) if level is not None}
    return given


def table(there, answers):
    """The same answers as rows of a spreadsheet, header first: labels, points, names, and codes of nobody."""
    instrument = own_form(there.engine, respondent=there.people[0], round_id=there.round.id).instrument
    items = [one for one in instrument.items() if not one.code.startswith(("W5", "W6"))]
    labels = {one.code: one.label for one in there.partnership.sectors}
    yield ["Sector", "Organisation", *(one.code for one in items)]
    for who in there.people:
        given = answers[who.participant_id]
        yield [labels[who.sector], who.organisation, *(_cell(one, given.get(one.code)) for one in items)]


def _cell(asked, answer):
    if answer is None:
        return ""
    if answer is Mark.CANNOT_JUDGE:
        return asked.cannot_judge
    return str(answer + 1) if asked.code == "R1" else asked.levels[answer]


def mapped(there, *, extra=""):
    """The map that says what the columns of the table are."""
    instrument = own_form(there.engine, respondent=there.people[0], round_id=there.round.id).instrument
    views = (f"      {v}: {{{', '.join(f'Q0{n}: Q0{n}_{v}' for n in range(1, 5))}}}" for v in Pass)
    rated = (
        f"      {one.name}: {{{', '.join(f'{key}: {code}_at_{one.id}' for code, key in KEYS.items())}}}"
        for one in instrument.organisations
    )
    return extra + MAP.format(
        points="\n".join(views),
        statements=", ".join(f"{one.code}: {one.code}" for one in START.stage.statements),
        organisations="\n".join(rated),
    )


def as_csv(folder, rows, *, name="answers.csv"):
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def as_workbook(folder, rows, *, name="answers.xlsx"):
    path = folder / name
    path.write_bytes(workbook_of(list(rows)))
    return path


HOUSES = {"Government": ("City", "County", "State"), "Business": ("Acme", "Bolt", "Core")}
PEOPLE = [(sector, house) for sector, houses in HOUSES.items() for house in houses for _ in range(2)]
"""Two people of each of six organisations."""


def sheet(*columns, people=PEOPLE):
    """Rows of a small spreadsheet: each column is its name, then a cell for all, or one cell for each person."""
    yield ["Sector", "Organisation", *(name for name, _ in columns)]
    for place, (sector, house) in enumerate(people):
        cells = (cell if isinstance(cell, str) else cell[place] for _, cell in columns)
        yield [sector, house, *cells]


def small_map(modules, *, before=""):
    """A map of that sheet with these modules, indented as they stand."""
    return f"sector: Sector\norganisation: Organisation\n{before}modules:\n{modules}"


def imported(engine, path, *, map_text, name="From a file", **options):
    map_file = path.parent / "map.yaml"
    map_file.write_text(map_text, encoding="utf-8")
    return import_survey(
        engine, account=OPERATOR, path=path, partnership=name,
        options=ImportOptions(map_file=map_file, **options), now=NOW,
    )  # fmt: skip


def revealed_file(engine, path, **options):
    made = imported(engine, path, **options)
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)
    return made


def released(engine, round_id):
    return release_of(engine, account=OPERATOR, round_id=round_id)


def asked(engine, made, code):
    """People by level of one question, all groups together."""
    reveal(engine, account=OPERATOR, round_id=made.round.id, now=NOW)
    (one,) = [one for one in released(engine, made.round.id).asked if one.code == code]
    return [sum(people) for people in zip(*one.counts, strict=True)]


def trust_map(houses, **said):
    """The map of a sheet whose columns are named by house and statement."""
    keys = ("contact", "reliability", "truth", "ability", "strength")
    lines = [f"      {one}: {{{', '.join(f'{key}: {one} {key}' for key in keys)}}}" for one in houses]
    more = [f"    {key}: {value}" for key, value in said.items()]
    return "\n".join(["  trust:", *more, "    organisations:", *lines]) + "\n"


def ratings(houses, *, level=4):
    """Columns in which everybody has contact with every house, their own too, and rates it alike."""
    said = {"contact": "A lot", "reliability": str(level), "truth": "4", "ability": "2", "strength": ""}
    return [(f"{house} {key}", cell) for house in houses for key, cell in said.items()]


ALL_HOUSES = tuple(house for houses in HOUSES.values() for house in houses)
VARIED = [str(place % 5 + 1) for place in range(12)]
