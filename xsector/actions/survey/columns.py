"""Names of columns: which one was meant, and which columns can be items at all."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence

from xsector.errors.files import SurveyFileError

_PERSON_NAMES = """
    age ages gender sex education educ income ethnicity race nationality religion marital maritalstatus
    zip zipcode postcode year yearofbirth birthyear dob id uuid case caseid respondent participant person subject
    row rownames rownumber index number nr no weight weights wave date time timestamp duration ip ipaddress
    latitude longitude status progress finished language country region state county city
"""
_PERSON = frozenset(_PERSON_NAMES.split())
_PERSON_PARTS = frozenset({"id", "ip", "uuid", "date", "timestamp", "weight", "latitude", "longitude"})


def about_the_person(name: str) -> bool:
    """Whether a column of that name usually describes the person or the record, not a view."""
    parts = re.split(r"[\W_]+", name.casefold())
    return "".join(parts) in _PERSON or parts[-1] in _PERSON_PARTS or re.fullmatch(r"column \d+|x|", name) is not None


def place_of(name: str, *, header: Sequence[str], use: str) -> int:
    """Where the column called *name* stands; its capitals needn't match."""
    if name in header:
        return header.index(name)
    alike = [place for place, other in enumerate(header) if other.casefold() == name.strip().casefold()]
    if len(alike) == 1:
        return alike[0]
    raise SurveyFileError(f"The file has no column “{name[:60]}” for {use}.", remedy=_known(name, header))


def _known(name: str, header: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, header, n=1)
    guess = f"Did you mean “{close[0]}”? " if close else ""
    more = f" and {len(header) - 20} more" if len(header) > 20 else ""
    return f"{guess}Its columns are {', '.join(each[:40] for each in header[:20])}{more}."


def item_places(asked: Iterable[str], *, header: Sequence[str]) -> list[int]:
    """Where the named items stand, ranges such as ``A1..A5`` written out, in the order of the file."""
    places: set[int] = set()
    for name in asked:
        first, dots, last = name.partition("..")
        if name in header or not dots:
            places.add(place_of(name, header=header, use="an item"))
            continue
        start = place_of(first.strip(), header=header, use="the first item of a range")
        stop = place_of(last.strip(), header=header, use="the last item of a range")
        if stop < start:
            raise SurveyFileError(
                f"“{name}” runs backwards: {last.strip()} stands left of {first.strip()}.",
                remedy=f"Write {last.strip()}..{first.strip()}.",
            )
        places.update(range(start, stop + 1))
    return sorted(places)


def code_for(label: str, *, taken: Collection[str], stem: str, longest: int = 40) -> str:
    """A code for *label* in plain letters, digits and ``_``, unlike those taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return _free(re.sub(r"[^a-z0-9]+", "_", plain).strip("_"), taken=taken, stem=stem, longest=longest)


def item_code(name: str, *, taken: Collection[str]) -> str:
    """The column's own name where it can be a code, otherwise one made from it."""
    if re.fullmatch(r"[A-Za-z0-9_.\-]{1,40}", name) and name not in taken:
        return name
    return code_for(name, taken=taken, stem="item")


def _free(code: str, *, taken: Collection[str], stem: str, longest: int) -> str:
    code = code[: longest - 6].strip("_") or stem
    if code not in taken:
        return code
    return next(f"{code}_{n}" for n in range(2, len(taken) + 3) if f"{code}_{n}" not in taken)
