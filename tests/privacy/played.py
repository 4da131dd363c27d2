"""Random histories played through the real actions on a real database, with what everybody said noted beside it."""

import random
from dataclasses import dataclass, field
from datetime import timedelta

from tests.build import NOW, draft_round, item, partnership
from tests.privacy.showing import OPEN, TRUST
from xsector.actions.answering import begin, finish, save_answers
from xsector.actions.demonstrating import Person
from xsector.actions.erasing import erase_me
from xsector.actions.joining import join
from xsector.actions.releasing import add_late, reveal
from xsector.actions.running import choose_keeping, choose_live, close_round, invite_newcomers, open_round, reopen_round
from xsector.actions.setting_up import add_people, issue_links, remove_person
from xsector.errors.common import LockedError, SetUpError
from xsector.errors.rounds import AnsweredBeforeError, NothingLateError, SealedError
from xsector.model.policy import Policy, Tier
from xsector.reports.ledger import ledger_with_members
from xsector.reports.results import report_document
from xsector.reports.rounds import roster
from xsector.reports.wall import wall_results

SECTORS = ("government", "nonprofit", "business", "community")


@dataclass
class Played:
    """One partnership on its way: its people by name, and what each said last before it was sealed."""

    engine: object
    account: object
    dice: random.Random
    partnership: object = None
    round: object = None
    policy: Policy = None
    live: bool = False
    willing: bool = False
    asked: tuple = ()
    people: dict = field(default_factory=dict)
    said: dict = field(default_factory=dict)
    """(round number, ledger id, question) to the answer that a seal would count."""
    left: list = field(default_factory=list)
    ledgers: list = field(default_factory=list)
    """The ledger after each release, the newest one last."""
    happened: set = field(default_factory=set)
    minutes: int = 0

    @property
    def now(self):
        """A moment after the last one."""
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    @property
    def here(self):
        """Whom the convener's actions speak of."""
        return {"account": self.account, "partnership_id": self.partnership.id}

    @property
    def there(self):
        """The round, as its leader names it."""
        return {"account": self.account, "round_id": self.round.id}

    def chance(self, share):
        """Whether something happens now."""
        return self.dice.random() < share

    def look(self, what):
        """Note that something was released, and the ledger as it is now; every way of looking at it works."""
        made = ledger_with_members(self.engine, **self.there)
        for one in made["releases"]:
            one["named"] = one["label"].startswith("House")
        self.happened |= {what} | {"named" for one in made["releases"] if one["named"]}
        self.ledgers.append(made)
        if any(one["q"].endswith(f"@{self.round.number}") for one in made["releases"]):
            report_document(self.engine, **self.there)
            wall_results(self.engine, round_id=self.round.id)


def played_history(engine, *, seed, by):
    """A partnership of 8 to 20 people after one to three rounds."""
    dice = random.Random(seed)
    tier = dice.choice(list(Tier))
    policy = Policy(tier=tier, k=5 if tier is Tier.CONFIDENTIAL else dice.choice([3, 4]))
    made = partnership(engine, by=by, name=f"Harbour {seed}", policy=policy)
    play = Played(engine, by, dice, partnership=made, policy=policy)
    _come(play, [_new_line(play) for _ in range(dice.randint(8, 20))])
    for number in range(1, dice.randint(1, 3) + 1):
        _round(play, number=number)
        _remove(play)
    return play


def _new_line(play):
    sector = play.dice.choice(SECTORS)
    name = f"Person {len(play.people)} {play.dice.randrange(10**9)}"
    return Person(name=name, organisation=f"House {sector} {play.dice.randrange(2)}", sector=sector)


def _come(play, lines):
    """These stand on the roster, each with a link; whoever left before comes again by the same line."""
    add_people(play.engine, **play.here, rows=lines, now=play.now)
    ids = {(one.name, one.organisation): one.id for one in roster(play.engine, **play.here)}
    for line in lines:
        _link(play, ids[line.name, line.organisation], line=line)


def _link(play, who, *, line):
    """A new link; what stood under the one before can't be reached any more."""
    token = issue_links(play.engine, **play.here, participant_ids=[who], now=play.now)[who]
    play.people[who] = (line, join(play.engine, token=token))


def _round(play, *, number):
    dice, engine = play.dice, play.engine
    if number == 1 or play.chance(0.3):
        play.asked = tuple(dice.sample(SECTORS, dice.randint(1, 4)))
    questions, title = (OPEN, TRUST, item("X1", who=play.asked)), f"Round {number}"
    play.round = draft_round(
        engine, by=play.account, partnership_id=play.partnership.id, questions=questions, title=title
    )
    play.live = play.policy.tier is not Tier.BY_ORGANISATION and play.chance(0.5)
    choose_live(engine, **play.there, live=play.live, now=play.now)
    choose_keeping(engine, **play.there, keep=play.chance(0.7), now=play.now)
    play.round = open_round(engine, **play.there, now=play.now)
    play.willing = play.chance(0.7)
    _answering(play, share=dice.choice([0.4, 0.8, 1]))
    _come(play, [_new_line(play) for _ in range(dice.choice([0, 0, 4]))] + _returning(play))
    invite_newcomers(engine, **play.there, now=play.now)
    _answering(play, share=dice.choice([0, 0.4, 0.8]))
    close_round(engine, **play.there, now=play.now)
    if play.chance(0.3):
        reopen_round(engine, **play.there, now=play.now)
        _answering(play, share=0.8)
        close_round(engine, **play.there, now=play.now)
    _show(play)


def _show(play):
    """The reveal; late answers; and between them somebody is taken off the roster."""
    if not _done(lambda: reveal(play.engine, **play.there, now=play.now)):
        reopen_round(play.engine, **play.there, now=play.now)
        _answering(play, share=1)
        close_round(play.engine, **play.there, now=play.now)
        reveal(play.engine, **play.there, now=play.now)
    play.look("revealed")
    for _ in range(play.dice.choice([0, 1, 1, 2])):
        _answering(play, share=play.dice.choice([0.5, 1]))
        _remove(play)
        if _done(lambda: add_late(play.engine, **play.there, now=play.now)):
            play.look("late")


def _done(act):
    """Whether it was done; nothing is where too few wait."""
    try:
        act()
    except (NothingLateError, SetUpError):
        return False
    return True


def _answering(play, *, share):
    """Some answer, change an answer, lose their link, or erase themselves."""
    for who in play.dice.sample(list(play.people), len(play.people)):
        if who in play.people and play.chance(share):
            _answer(play, who, agrees=play.willing or play.chance(0.9))
        if who in play.people and play.chance(0.04):
            _link(play, who, line=play.people[who][0])
            play.happened.add("new link")
        if play.chance(0.02):
            _erase(play, play.dice.choice(list(play.people)))
    if play.live:
        play.look("live")


def _answer(play, who, *, agrees):
    """Answer and finish, or change an answer; what is sealed takes none, and says so."""
    respondent, number = play.people[who][1], play.round.number
    given = {"R1": play.dice.choice([0, 1, 2, 2, 2, 2, 3, 4]), "S1": play.dice.choice([0, 2, 4, 4, 4, 4])}
    if respondent.sector in play.asked:
        given["X1"] = play.dice.randrange(5)
    mine = {"respondent": respondent, "round_id": play.round.id, "now": play.now}
    try:
        begin(play.engine, **mine, agrees=agrees)
        save_answers(play.engine, **mine, answers=given)
    except (SealedError, AnsweredBeforeError) as problem:
        play.happened.add(type(problem).__name__)
        return
    finish(play.engine, **mine)
    for code in ("R1", "S1", "X1"):
        play.said[number, f"p{who}", code] = str(given[code]) if code in given else "not_applicable"


def _erase(play, who):
    """Somebody erases themselves."""
    line, respondent = play.people.pop(who)
    erase_me(play.engine, respondent=respondent, now=play.now)
    play.left.append(line)
    play.happened.add("erased")


def _returning(play):
    """Lines of the roster of some who had left."""
    back = [line for line in play.left if play.chance(0.5)]
    play.left = [line for line in play.left if line not in back]
    play.happened |= {"came again" for _ in back}
    return back


def _remove(play):
    """Somebody is taken off the roster, where no round that waits has invited them."""
    who = play.dice.choice(list(play.people))
    try:
        remove_person(play.engine, **play.here, participant_id=who, now=play.now)
    except LockedError:
        return
    play.left.append(play.people.pop(who)[0])
    play.happened.add("removed")
