import json
from pathlib import Path

import pytest

from xsector.errors.files import InstrumentFileError
from xsector.model.instrument import Kind
from xsector.model.instrument_file import (
    available_forms,
    instrument_from_plain,
    instrument_to_plain,
    load_form,
    read_instrument,
    read_taxonomy,
    themes_of,
)
from xsector.model.sector import DEFAULT_SECTORS

FOLDER = Path(__file__).parents[2] / "data" / "instruments"
TAXONOMY = read_taxonomy(FOLDER / "taxonomy.yaml")
HEAD = "schema: xsector.instrument/1\ncode: mine\nversion: 1.0.0\ntitle: Mine\n"
TRUST = (
    "sections:\n  - code: trust\n    title: Trust\n    scale: agree5\n    items:\n"
    "      - {code: T01, construct: trust_partners, text: One., short: One}\n"
)


def fault_of(tmp_path, content):
    path = tmp_path / "mine.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InstrumentFileError) as caught:
        read_instrument(path, taxonomy=TAXONOMY)
    return caught.value


def with_item(fields):
    return HEAD + TRUST + f"      - {{{fields}}}\n"


def test_a_small_file_is_read_as_written(tmp_path):
    path = tmp_path / "mine.yaml"
    fields = "code: P1, kind: choice, construct: profile, text: 'Ok?', short: Ok, options: [Yes, No, None]"
    path.write_text(with_item(fields))

    instrument = read_instrument(path, taxonomy=TAXONOMY)

    rated, chosen = instrument.items()
    assert (instrument.code, instrument.form, instrument.minutes) == ("mine", "standard", 1)
    assert rated.levels == ("Strongly disagree", "Disagree", "In between", "Agree", "Strongly agree")
    assert (rated.cannot_judge, rated.not_applicable) == ("I can't judge", None)
    assert (chosen.levels, chosen.cannot_judge) == (("Yes", "No", "None"), None)


def test_an_error_names_file_line_place_problem_and_remedy(tmp_path):
    fault = fault_of(tmp_path, with_item("code: T03, construct: trust_partners, text: T, short: S, scale: agree6"))

    assert fault.sentence() == (
        "mine.yaml, line 11, sections › trust › T03 › scale: There is no scale “agree6”. Did you mean “agree5”?"
    )


ITEM = "code: T03, construct: trust_partners, text: T, short: S"


@pytest.mark.parametrize(
    ("fields", "place", "problem", "remedy"),
    [
        (ITEM.replace("text", "txt"), "T03 › txt", "There is no key “txt”", "Did you mean “text”?"),
        (ITEM + ", zzzz: 1", "T03 › zzzz", "There is no key “zzzz”", "Remove it."),
        ("code: T03, construct: trust_partners, text: T", "T03 › short", "The key “short” is missing", "Add “short"),
        (ITEM.replace("T03", "T01"), "T01 › code", "The code “T01” is used twice", "another code"),
        (ITEM.replace("trust_partners", "trust"), "T03 › construct", "no construct “trust”", "trust_partners"),
        (ITEM + ", kind: slider", "T03 › kind", "“slider” isn't known here", "rating"),
        (ITEM + ", kind: text", "T03 › max_chars", "needs “max_chars”", "max_chars: 240"),
        (ITEM + ", max_chars: 9", "T03 › max_chars", "Only a text question", "Remove"),
        (ITEM + ", kind: text, max_chars: many", "T03 › max_chars", "must be a whole number", "without quotation"),
        (ITEM + ", kind: choice", "T03", "needs its answers from one place", "options_from"),
        (ITEM + ", kind: choice, options: [One]", "T03 › options", "needs 2 to 20 answers, not 1", "Add or remove"),
        (ITEM + ", kind: choice, options: [A, B, A]", "T03 › options › 3", "“A” stands there twice", "another way"),
        (ITEM + ", kind: choice, options: A", "T03 › options", "must be a list, but “A” stands there", "[one, two]"),
        (ITEM + ", kind: choice, options_from: seat", "T03 › options_from", "no list “seat”", "“seats”"),
        (ITEM + ", kind: choice, options: [A, B], scale: agree5", "T03 › scale", "has no “scale”", "Remove"),
        (ITEM + ", options: [A, B]", "T03 › options", "“rating” has no “options”", "Remove"),
        (ITEM + ", sensitive: yes", "T03 › sensitive", "must be true or false, but “yes”", "true or false"),
        (ITEM + ", who: [goverment]", "T03 › who › 1", "no sector “goverment”", "“government”"),
        (ITEM.replace("text: T", "text: 7"), "T03 › text", "must be text, but “7” stands there", "quotation marks"),
        (ITEM.replace("text: T", "text: "), "T03 › text", "nothing stands there", "quotation marks"),
        (ITEM.replace("text: T", "text: " + "x" * 201), "T03 › text", "201 characters; 200 is the most", ""),
        (ITEM.replace("text: T", 'text: "a\\u202Eb"'), "T03 › text", "can't be seen", ""),
        (ITEM.replace("T03", "OWN3"), "OWN3 › code", "begin with OWN are kept", "another code"),
        (ITEM.replace("T03", "T-3"), "T-3 › code", "written another way", "plain letters"),
        (ITEM + ", kind: points", "T03 › kind", "“points” can't be asked in a form yet", "asked: false"),
    ],
)
def test_a_fault_in_an_item_is_named(tmp_path, fields, place, problem, remedy):
    fault = fault_of(tmp_path, with_item(fields))

    assert fault.line == 11
    assert fault.place == f"sections › trust › {place}"
    assert problem in fault.problem
    assert remedy in fault.remedy


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"", None, "The file is empty"),
        (b" \n\n", None, "The file is empty"),
        (b"title: Caf\xe9\n", 1, "isn't UTF-8 text"),
        (b"a: 1\nb: [1,\nc: {\n", 4, "isn't valid YAML"),
        (b"a: 1\n\x00: 2\n", None, "isn't valid YAML"),
        (b"a: 1\n\tb: 2\n", 2, "isn't valid YAML"),
        (b"just words", None, "must be a table"),
        (b"- 1\n- 2\n", None, "must be a table"),
        (b"# only a comment\n", None, "must be a table"),
        (b"a: 1\n---\nb: 2\n", 2, "more than one document"),
        (b"a: 1\nb: 2\na: 3\n", 3, "“a” stands twice"),
        (b"? [a, b]\n: 1\n", 1, "A key must be plain text"),
        (b"a: &x [1]\nb: *x\n", 1, "Anchors"),
        (b"a: !!python/object/apply:os.system [echo]\n", 1, "The tag"),
        (b"x" * 1_000_001, None, "larger than 1,000,000 bytes"),
        (b"[" * 900_000, 1, "nested too deeply"),
        (b"a:\n" + b"".join(b" " * n + b"a:\n" for n in range(1, 900)), 14, "nested too deeply"),
    ],
)
def test_a_file_that_is_no_table_of_plain_values_is_refused(tmp_path, content, line, problem):
    fault = fault_of(tmp_path, content)

    assert (fault.file, fault.line) == ("mine.yaml", line)
    assert problem in fault.problem
    assert fault.remedy


def test_anchors_that_would_unfold_without_bound_are_refused_at_once(tmp_path):
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )

    assert "Anchors" in fault_of(tmp_path, bomb).problem


@pytest.mark.parametrize(
    ("content", "place", "problem"),
    [
        (HEAD, "sections", "The key “sections” is missing"),
        (HEAD + "sections: []\n", "sections", "needs at least 1"),
        (HEAD + "sections: [{code: a, title: A}]\n", "forms › standard", "asks nothing"),
        (HEAD.replace("1.0.0", "new") + TRUST, "version", "written another way"),
        (HEAD.replace("instrument/1", "instrument/9") + TRUST, "schema", "isn't known here"),
        (HEAD + TRUST.replace("agree5", "agree9"), "sections › trust › scale", "no scale “agree9”"),
        (HEAD + TRUST.replace("    scale: agree5\n", ""), "sections › trust › T01 › scale", "needs a scale"),
        (HEAD + TRUST + "    take: [K01]\n", "sections › trust › take › 1", "from which file"),
        (HEAD + TRUST + "items_from: ../secret.yaml\n", "items_from", "written another way"),
        (HEAD + TRUST + "items_from: mine.yaml\n", "items_from", "all its questions itself"),
        (HEAD + TRUST + "forms: {full: {title: F, sections: [trust]}}\n", "", "no form “standard”"),
        (
            HEAD + TRUST + "forms: {standard: {title: F, sections: [trus]}}\n",
            "forms › standard › sections › 1",
            "no section “trus”",
        ),
        (
            HEAD + TRUST + "  - {code: trust, title: Again}\n",
            "sections › trust › code",
            "“trust” is used twice",
        ),
        (
            HEAD + TRUST + "bank:\n  - {code: T01, construct: open, text: T, short: S, scale: agree5}\n",
            "bank › T01 › code",
            "“T01” is used twice",
        ),
    ],
)
def test_a_fault_outside_an_item_is_named(tmp_path, content, place, problem):
    fault = fault_of(tmp_path, content)

    assert fault.place == place
    assert problem in fault.problem
    assert fault.remedy


def test_a_file_that_is_not_there_is_an_error_in_words(tmp_path):
    with pytest.raises(InstrumentFileError, match="can't be opened"):
        read_instrument(tmp_path / "none.yaml", taxonomy=TAXONOMY)
    with pytest.raises(InstrumentFileError, match="can't be opened"):
        read_instrument(tmp_path, taxonomy=TAXONOMY)


def test_a_kind_that_cannot_be_asked_yet_may_wait_in_the_bank_or_switched_off(tmp_path):
    path = tmp_path / "mine.yaml"
    waiting = "code: Q01, kind: rank, construct: priorities, text: T, short: S"
    path.write_text(with_item(waiting + ", asked: false") + f"bank: [{{{waiting.replace('Q01', 'Q02')}}}]\n")

    instrument = read_instrument(path, taxonomy=TAXONOMY)

    assert [item.code for item in instrument.items()] == ["T01"]
    assert [item.kind for item in instrument.bank] == [Kind.RANK]


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + (HEAD + TRUST).encode())

    assert read_instrument(path, taxonomy=TAXONOMY).title == "Mine"


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ("levels: [Never, Rarely, Sometimes, Often, Very often]", "levels: [Never]", "scales › often5 › levels", "2"),
        ("[Never, Rarely,", "[Never, Never,", "scales › often5 › levels › 2", "stands there twice"),
        ("code: nonprofit", "code: government", "sectors › government › code", "is used twice"),
        ("code: clarity_goals,", "code: profile,", "constructs › profile › code", "is used twice"),
        (
            "{P01: 4, P02: 3, P03: 3",
            "{P01: 0, P02: 3, P03: 3",
            "target_profiles › collective_impact › wanted › P01",
            "",
        ),
    ],
)
def test_a_fault_in_the_vocabulary_is_named(tmp_path, old, new, place, problem):
    path = tmp_path / "taxonomy.yaml"
    text = (FOLDER / "taxonomy.yaml").read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))

    with pytest.raises(InstrumentFileError) as caught:
        read_taxonomy(path)

    assert caught.value.place == place
    assert problem in caught.value.problem
    assert caught.value.line


def test_the_forms_and_their_lengths():
    assert available_forms(FOLDER) == [
        ("standard", "Standard check-up", 10, 59),
        ("full", "Full check-up", 12, 75),
        ("pulse", "Pulse", 2, 12),
    ]


def test_a_form_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(InstrumentFileError) as caught:
        load_form(FOLDER, "long")

    assert caught.value.sentence() == ("instruments: There is no form “long”. Choose one of: standard, full, pulse.")


def test_the_same_form_in_two_files_is_refused(tmp_path):
    (tmp_path / "taxonomy.yaml").write_text((FOLDER / "taxonomy.yaml").read_text())
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(HEAD + TRUST)

    with pytest.raises(InstrumentFileError, match=r"two\.yaml.*stands in one\.yaml already"):
        available_forms(tmp_path)


@pytest.mark.parametrize("form", ["standard", "full", "pulse"])
def test_a_form_survives_being_stored_as_json(form):
    instrument = load_form(FOLDER, form)

    assert instrument_from_plain(json.loads(json.dumps(instrument_to_plain(instrument)))) == instrument


@pytest.mark.parametrize("plain", [{}, {"code": "x"}, {"code": "x", "title": "T", "version": "1", "sections": 3}])
def test_stored_data_that_is_no_instrument_is_a_value_error(plain):
    with pytest.raises(ValueError, match="Instrument"):
        instrument_from_plain(plain)


def test_the_pulse_asks_the_check_up_questions_in_the_same_words():
    full = {item.code: item for item in load_form(FOLDER, "full").items()}
    pulse = list(load_form(FOLDER, "pulse").items())

    assert [item for item in pulse if item.code != "PU1"] == [full[item.code] for item in pulse if item.code in full]
    assert [item.code for item in pulse][-1] == "PU1"
    assert len(pulse) == 12


def test_the_default_sectors_are_those_of_the_vocabulary():
    assert TAXONOMY.sectors == DEFAULT_SECTORS


def test_the_vocabulary_names_only_questions_and_options_that_exist():
    instrument = load_form(FOLDER, "full")
    items = {item.code: item for item in (*instrument.items(), *instrument.bank)}

    named = {code for words in TAXONOMY.lists.values() for word in words for code in word.items}
    wanted = [(items[code], option) for target in TAXONOMY.target_profiles for code, option in target.wanted.items()]

    assert named <= items.keys()
    assert all(0 <= option < len(item.levels) for item, option in wanted)
    assert {word.code for word in TAXONOMY.lists["lenses"]} >= {c.lens for c in TAXONOMY.constructs.values()} - {""}
    assert {word.code for word in TAXONOMY.lists["parts"]} >= {c.part for c in TAXONOMY.constructs.values()} - {""}
    assert [word.code for word in TAXONOMY.seats] == ["decide", "deliver", "run", "fund", "voice", "follow"]
    assert len(TAXONOMY.leverage_points) == 4


def test_sensitive_context_and_reverse_questions_are_marked():
    items = list(load_form(FOLDER, "full").items())

    assert [item.code for item in items if item.sensitive] == [f"T{number:02}" for number in range(1, 11)]
    assert [item.code for item in items if item.context] == ["C02", "C03", "C04", "C05", "C06"]
    assert [item.code for item in items if item.reverse] == [f"H{number:02}" for number in range(1, 7)]
    assert all(item.cannot_judge for item in items if item.kind is Kind.RATING)


def test_statements_are_short_enough_to_read_when_tired():
    instrument = load_form(FOLDER, "full")

    assert max(len(item.text) for item in (*instrument.items(), *instrument.bank)) <= 70
    assert max(len(item.short) for item in (*instrument.items(), *instrument.bank)) <= 20


def test_themes_are_listed_in_the_order_asked_and_an_unknown_one_keeps_its_code():
    pulse = load_form(FOLDER, "pulse")

    themes = themes_of(pulse, taxonomy=TAXONOMY)

    assert list(themes.items())[:2] == [("clarity_goals", "What for"), ("clarity_authority", "Who decides")]
    assert len(themes) == 12
