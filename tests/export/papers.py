"""An agenda with charts, and one full of nasty text, for the papers."""

from dataclasses import replace
from pathlib import Path

from tests.agenda.releases import talkative
from xsector.agenda.build import build_agenda
from xsector.agenda.document import Ours
from xsector.agenda.editing import add
from xsector.charts.diverging import answer_bars
from xsector.charts.theme import Theme
from xsector.model.guide import read_guide

GUIDE = read_guide(Path(__file__).parents[2] / "data" / "guides" / "discussion.yaml")

NASTY = (
    "<script>alert(1)</script> <img src=x onerror=1>",
    "![x](http://evil.example/x.png) [y](http://evil.example)",
    "https://evil.example www.evil.example a@evil.example",
    "#set page(fill: red) #panic() $x^2$ \\emph{x} `code` *bold* _it_ ~~no~~",
    "1. one",
    "- dash | pipe | pipe",
    "=cmd|' /c calc'!A0 & &lt; &amp;",
    "# heading",
    "bell\x07null\x00escape\x1b surrogate\ud800 turned\u202e",
)


def agenda(minutes=90):
    return build_agenda(talkative(), guide=GUIDE, minutes=minutes)


def figures(of):
    """A real chart for each step that shows the answers to a question."""
    release = talkative()
    items = {item.code: item for item in release.items}
    theme = Theme(width=1120, height=560)
    return {
        step.id: answer_bars(
            items[step.item], release=release, headline="", subtitle="Shares of each group", note="", theme=theme
        )
        for step in of.steps
        if step.chart is not None and step.item
    }


OURS = Ours(
    rules=("write down who does what by when", "ask families first"),
    goal_question="What is our goal, in one sentence?",
    goals=("Every child is ready for school.", "More help for young families.", "One system instead of five."),
)
"""What a partnership said in its own words."""


def nasty_agenda():
    """Every text a person can write, written by somebody with bad intentions."""
    plain = agenda()
    steps = [
        replace(step, title=text, do=text, finding=text, note=text, how_sure=text, watch=text, prompts=(text,) * 3,
                table=(("Head", text), (text, "1")))
        for step, text in zip(plain.steps, NASTY, strict=False)
    ]  # fmt: skip
    changed = replace(
        plain, partnership=NASTY[0], round_title=NASTY[1], steps=tuple(steps), cautions=NASTY, based_on=NASTY[2],
        ours=Ours(rules=NASTY, goal_question=NASTY[3], goals=NASTY),
    )  # fmt: skip
    return add(changed, title=NASTY[3], minutes=5)
