"""``demo``: a made-up partnership with answers, a revealed round and an open one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from xsector.actions.demonstrating import make_demo
from xsector.actions.setting_up import MOST_PEOPLE
from xsector.cli.common import now, print_json, say, writing_store

HELP = "make a partnership with answers to walk through"


def add_arguments(parser: ArgumentParser) -> None:
    """People, seed and rounds."""
    parser.add_argument("--people", type=int, default=40, metavar="N", help="people on the roster (default 40)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same answers (default 7)")
    parser.add_argument("--rounds", type=int, default=2, choices=range(1, 5), help="rounds; the last is open")
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def run(options: Namespace) -> None:
    """Make it and print its links."""
    people = min(max(options.people, 5), MOST_PEOPLE)
    with writing_store() as store:
        made = make_demo(store.engine, people=people, seed=options.seed, rounds=options.rounds, now=now())
        address = store.settings.address
        wall = address(f"/wall/{made.wall_token}")
        partners = {name: address(f"/join/{token}") for name, token in made.partner_tokens}
    if options.json:
        rounds = [{"id": one.id, "state": one.state.value} for one in made.rounds]
        print_json(
            {
                "partnership": made.partnership.name,
                "rounds": rounds,
                "links": {"wall": wall, "partners": partners, "room_code": made.room_code},
            }
        )
        return
    print(f"Made “{made.partnership.name}” with {people} people.")
    for one in made.rounds:
        print(f"  Round {one.id}, “{one.title}”, is {one.state.value}.")
    print(f"  The wall: {wall}")
    for name, link in partners.items():
        print(f"  Answer as {name}: {link}")
    if made.room_code:
        print(f"  Room code: {made.room_code[:4]}-{made.room_code[4:]} at {address('/room')}")
    say("Links work once the app runs.")
