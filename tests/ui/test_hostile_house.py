"""Every page of a house full of hostile words, as each of its people sees it."""

from xml.etree import ElementTree

import pytest

from tests import build, build_cards
from tests.ui import hostile_house
from tests.ui.hostile import JOINER, protos_of, seen, strings_of
from tests.ui.screens import as_account, as_partner, as_wall, screen, unharmed, words
from xsector.actions import answering, ruling, sorting_cards
from xsector.actions.aiming import choose_target
from xsector.actions.reading_words import let_through
from xsector.actions.releasing import reveal
from xsector.actions.running import issue_wall_link, show_on_wall
from xsector.reports.words import words_of
from xsector.ui import resources
from xsector.ui.text import plain

SHOWN_AS_THEY_ARE = {
    "arrow_data_frame",
    "code",
    "text",
    "bidi_component",
    "text_area.default",
    "text_input.default",
    "selectbox.options",
    "text_area.placeholder",
}
"""Elements, or fields of them, that are no Markdown."""
MADE_UP = {"id", "form_id"}
CONVENERS = (
    "convener_partnerships.py",
    "convener_people.py",
    "convener_questions.py",
    "convener_round.py",
    "facilitator_meeting.py",
    "facilitator_results.py",
    "facilitator_felt.py",
    "facilitator_words.py",
    "convener_agenda.py",
)


@pytest.fixture
def drafted(served):
    return hostile_house.draft(served)


def bare_of(app, mouth):
    """What is written on the page outside of inert words, where it still has a piece of hostile ones."""
    inert = [plain(text) for text in sorted(mouth.said, key=len, reverse=True)]
    left, met = [], 0
    for kind, proto in protos_of(app._tree):
        for field, value in strings_of(proto):
            if {kind, f"{kind}.{field}"} & SHOWN_AS_THEY_ARE or field in MADE_UP or "Zz" not in value:
                continue
            for one in inert:
                met += value.count(one)
                value = value.replace(one, "")
            if "Zz" in value or "zZ" in seen(value).replace(JOINER, ""):
                left.append((kind, field, value))
    assert met
    return left


def as_convener(monkeypatch, house):
    as_account(monkeypatch, house.account)


def test_before_the_round_every_page_is_inert(monkeypatch, drafted):
    house, mouth = drafted
    as_convener(monkeypatch, house)

    for file in CONVENERS[:4]:
        app = screen(file)
        assert bare_of(app, mouth) == []
    for key in ("person-link", "round-open"):
        app = screen("convener_people.py" if key == "person-link" else "convener_round.py")
        assert bare_of(unharmed(app.button(key=key).click().run()), mouth) == []


def test_a_partner_s_pages_are_inert(monkeypatch, drafted):
    house, mouth = hostile_house.opened(drafted[0]), drafted[1]
    who = house.people[0]
    as_partner(monkeypatch, house.tokens[who.participant_id])

    assert bare_of(screen("partner_answer.py"), mouth) == []
    answering.begin(house.engine, respondent=who, round_id=house.round.id, now=build.NOW)
    assert bare_of(screen("partner_answer.py"), mouth) == []
    hostile_house.answered(house, mouth)
    assert bare_of(screen("partner_answer.py"), mouth) == []
    build.closed(house)
    assert bare_of(screen("partner_answer.py"), mouth) == []
    reveal(house.engine, account=house.account, round_id=house.round.id, now=build.NOW)
    app = screen("partner_answer.py")
    assert "Where I stand" in words(app)
    assert bare_of(app, mouth) == []


def test_while_it_is_open_and_after_its_end_every_page_is_inert(monkeypatch, drafted):
    house, mouth = hostile_house.opened(drafted[0]), drafted[1]
    hostile_house.answered(house, mouth, but=0)
    as_convener(monkeypatch, house)

    assert bare_of(screen("facilitator_meeting.py"), mouth) == []
    build.closed(house)
    app = screen("facilitator_meeting.py")
    assert bare_of(app, mouth) == []
    assert bare_of(unharmed(app.button(key="reveal-ask").click().run()), mouth) == []


def test_after_the_reveal_every_page_and_every_picture_is_inert(monkeypatch, drafted):
    house, mouth = hostile_house.opened(drafted[0]), drafted[1]
    hostile_house.answered(house, mouth, but=0)
    shown = build.revealed(house)
    as_convener(monkeypatch, shown)

    for file in CONVENERS:
        assert bare_of(screen(file), mouth) == []
    of = {"account": house.account, "round_id": house.round.id}
    for question in words_of(house.engine, **of):
        for word in question.words if question.code in {"R1", "O01"} else ():
            let_through(house.engine, word=word, shown=True, now=build.NOW, **of)
    choose_target(house.engine, target="joint_project", now=build.NOW, **of)
    assert bare_of(screen("facilitator_felt.py"), mouth) == []
    for view in ("overview", "heat", "item", "within", "people", "words", "felt", "target"):
        item = "R1" if view not in {"overview", "heat", "felt", "target"} else None
        show_on_wall(
            house.engine,
            account=house.account,
            round_id=house.round.id,
            view=view,
            item=item,
            dark=False,
            now=build.NOW,
        )
        token = issue_wall_link(house.engine, account=house.account, round_id=house.round.id, now=build.NOW)
        as_wall(monkeypatch, token)
        screen("wall_board.py")
    pictures = [kept.result().svg for kept in resources._KEPT.values() if hasattr(kept.result(), "svg")]
    assert len(pictures) >= 8
    for svg in pictures:
        assert not {"script", "a", "image", "foreignObject", "style", "use", "iframe", "img"} & set(tags_of(svg))
        assert "Zz" in svg


def tags_of(svg):
    return [node.tag.rpartition("}")[2] for node in ElementTree.fromstring(svg).iter()]


@pytest.mark.parametrize("stage", ["writing", "sorting", "shown", "voting", "counted"])
def test_at_every_stage_of_cards_every_page_and_every_picture_is_inert(monkeypatch, drafted, stage):
    house, mouth = hostile_house.opened(drafted[0]), drafted[1]
    hostile_house.answered(house, mouth, but=0)
    shown = build.revealed(house)
    said = [mouth.say(longest=110) for _ in range(10)]
    cards = build_cards.brought_to(shown, stage, said=said, people=10)
    sorting_cards.word_theme(house.engine, **cards.of, number=1, label=mouth.say(longest=40), keywords=["zz"])
    if stage in {"shown", "counted"}:
        place = cards.board.heaps[0].piles[0].head.place
        ruling.add_rule(house.engine, **{**cards.of, "place": place}, text=mouth.say())

    as_convener(monkeypatch, shown)
    app = screen("facilitator_cards.py")
    assert bare_of(app, mouth) == []
    assert bare_of(unharmed(app.button(key="cards-drop").click().run()), mouth) == []
    as_partner(monkeypatch, house.tokens[house.people[0].participant_id])
    for file in ("partner_cards.py", "partner_answer.py"):
        assert bare_of(screen(file), mouth) == []
    of = {"account": house.account, "round_id": house.round.id, "now": build.NOW}
    as_wall(monkeypatch, issue_wall_link(house.engine, **of))
    screen("wall_board.py")
    pictures = [kept.result().svg for kept in resources._KEPT.values() if hasattr(kept.result(), "svg")]
    assert pictures
    for svg in pictures:
        assert not {"script", "a", "image", "foreignObject", "style", "use", "iframe", "img"} & set(tags_of(svg))
    assert ("Zz" in pictures[-1]) is (stage in {"shown", "counted"})
