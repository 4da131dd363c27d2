"""Counts as a reader finds them in tables, pictures and papers, as releases for the attack.

Nothing here asks the program what it showed: groups are known by the names on the screen, and who is in them by
the reader's own list of people.
"""

import re

from tests.privacy.attack import attack

SILENT = ("Can't judge", "Doesn't apply", "No answer")
MISSING = ("cannot_judge", "not_applicable", "skipped")
POLES = (("0", "1"), ("2",), ("3", "4"))


def questions(codes, *, sensitive):
    """What the attack has to know of the questions; all have five levels."""
    levels = [*map(str, range(5)), *MISSING]
    return {code: {"levels": levels} | ({"poles": POLES} if code in sensitive else {}) for code in codes}


def from_table(table, *, code, members):
    """The full counts of a table with a row for each group."""
    if table.heads[0] != "Group" or SILENT[0] not in table.heads:
        return []
    names = {head: head for head in POLES[0] + POLES[1] + POLES[2]} | dict(zip(SILENT, MISSING, strict=True))
    found = []
    for row in table.rows:
        cells = dict(zip(table.heads, row, strict=True))
        counts = {name: int(cells[head]) for head, name in names.items() if cells[head]}
        found.append({"q": code, "label": row[0], "members": members[row[0]], "counts": counts})
    return found


def from_people(alt, *, code, members, levels):
    """“3 “Agree”” for each level, of everybody together."""
    if "answers: " not in alt:
        return []
    said = alt.partition("answers: ")[2]
    found = {str(place): re.search(rf"(\d+) “{re.escape(level)}”", said) for place, level in enumerate(levels)}
    if not all(found.values()):
        return []
    everybody = [one for some in members.values() for one in some]
    return [{"q": code, "label": "everybody", "members": everybody,
             "partial": {level: int(match[1]) for level, match in found.items()}}]  # fmt: skip


def from_sides(alt, *, code, members):
    """“Business 50% on the upper and 33% on the lower side (n = 6)”, of each group and of everybody."""
    found = []
    groups = {**members, "Everyone": [one for some in members.values() for one in some]}
    for name, some in groups.items():
        said = re.search(
            rf"{re.escape(name)} (<?\d+)% on the upper and (<?\d+)% on the lower side \(n = (\d+)\)", alt
        )  # fmt: skip
        if said:
            answered = int(said[3])
            found += _exactly(code, name, some, levels=POLES[2], people=_whole(said[1], answered))
            found += _exactly(code, name, some, levels=POLES[0], people=_whole(said[2], answered))
            found += _exactly(code, name, some, levels=[*map(str, range(5))], people=answered)
    return found


def from_roughly(alt, *, code, members, levels):
    """“at least 4 of 6 say …”, or how many of a group say what where they are mixed."""
    found = []
    for name, some in members.items():
        said = re.search(rf"{re.escape(name)}: ([^;]*);", alt)
        rough = said and re.match(r"at least (\d+) of (\d+) (.*)", said[1])
        if rough:
            at_least = {"levels": _pole(rough[3], levels=levels), "n": int(rough[1])}
            found.append({"q": code, "label": name, "members": some, "at_least": at_least})
        elif said:
            for people, what in re.findall(r"(\d+) (say “[^,]*”|gave no answer)", said[1]):
                found += _exactly(code, name, some, levels=_pole(what, levels=levels), people=int(people))
    return found


def _pole(said, *, levels):
    named = [place for place, level in enumerate(levels) if f"“{level}”" in said]
    return next((list(pole) for pole in POLES if named and str(named[0]) in pole), list(MISSING))


def from_paper(rows, *, code, members, levels):
    """A paper's table: answers of each group, and shares of them for each level."""
    if tuple(rows[0]) != ("Group", "Answers", *levels):
        return []
    groups = {**members, "Everyone": [one for some in members.values() for one in some]}
    found = []
    for name, answered, *shares in rows[1:]:
        counts = {str(place): _whole(share.rstrip("%"), int(answered)) for place, share in enumerate(shares)}
        found.append({"q": code, "label": name, "members": groups[name], "partial": counts})
        found += _exactly(code, name, groups[name], levels=[*counts], people=int(answered))
    return found


def from_report(document, *, members):
    """The report of the command line."""
    found = []
    for item in document["items"]:
        for name, counts in item["counts"].items():
            partial = {str(place): people for place, people in enumerate(counts)}
            share = item["cannot_judge_share"][name] or 0
            partial["cannot_judge"] = round(share * len(members[name]))
            found.append({"q": item["code"], "label": name, "members": members[name], "partial": partial})
    for item in document["banded"]:
        for name, kept in item["blocks"].items():
            of = {"q": item["code"], "label": name, "members": members[name]}
            if kept and "at_least" in kept:
                found.append(of | {"at_least": {"levels": [*map(str, kept["levels"])], "n": kept["at_least"]}})
            elif kept:
                found.append(of | {"partial": {str(place): people for place, people in enumerate(kept["counts"])}})
    return found


def _exactly(code, name, some, *, levels, people):
    """That so many of a group are at some levels, no more and no fewer."""
    of = {"q": code, "label": name, "members": some}
    return [of | {kind: {"levels": [*levels], "n": people}} for kind in ("at_least", "at_most")]


def _whole(percent, of):
    """How many people a printed share stands for; ValueError if it could be several numbers."""
    fitting = [people for people in range(of + 1) if _printed(people, of) == percent]
    if len(fitting) != 1:
        raise ValueError(f"{percent} % of {of} may be any of {fitting}")
    return fitting[0]


def _printed(people, of):
    share = 100 * people / of
    return "<1" if 0 < share < 0.5 else f"{share:.0f}"


def numbers_in(releases):
    """How many counts were read."""
    return sum(len(one.get("counts", one.get("partial", (0,)))) for one in releases)


def known(releases, *, asked, truth, groups, insiders=()):
    """What the releases tell of single people: findings that no unanimity of a group explains.

    *truth* is everybody's answers. An ordinary question gives away one of the *groups* that is all alike (but for the
    insiders), and that is said beforehand; of a sensitive one nothing may be known.
    """
    known_of = {one: truth[one] for one in insiders}
    plain = [{name: value for name, value in one.items() if name != "label"} for one in releases]
    found = attack({"questions": asked, "releases": plain, "insiders": known_of})
    return [one for one in found if one["verdict"] != "ok" and not _explained(
        one, asked=asked, truth=truth, whole=[set(some) - set(insiders) for some in groups]
    )]  # fmt: skip


def _explained(finding, *, asked, truth, whole):
    if finding["verdict"] != "EXACT" or "poles" in asked[finding["q"]] or set(finding["members"]) not in whole:
        return False
    return len({truth[one][finding["q"]] for one in finding["members"]}) == 1


def differs(releases, truth):
    """Releases that don't fit the answers that were given."""
    return [one for one in releases if not _fits(one, [truth[person][one["q"]] for person in one["members"]])]


def _fits(release, answers):
    if "counts" in release:
        return {level: answers.count(level) for level in set(answers)} == release["counts"]
    if "partial" in release:
        return all(answers.count(level) == people for level, people in release["partial"].items())
    if "at_least" in release:
        return sum(one in release["at_least"]["levels"] for one in answers) >= release["at_least"]["n"]
    return sum(one in release["at_most"]["levels"] for one in answers) <= release["at_most"]["n"]
