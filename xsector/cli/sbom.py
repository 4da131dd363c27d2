"""``sbom``: the software that the app runs on, as a CycloneDX list."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from xsector.cli.common import print_json
from xsector.errors.operating import NoListError
from xsector.settings import PROJECT

HELP = "list the packages that the app runs on (CycloneDX, JSON)"
MAKER: Final = "cyclonedx_py"
WANTED: Final = PROJECT / "requirements.txt"

Needs = dict[str, set[str]]
"""Each package that is needed, by its plain name, with those that it needs itself."""


def add_arguments(parser: ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")


def run(options: Namespace) -> None:
    """Write the list."""
    document = running_only(_whole_environment(), needs=needed(WANTED))
    if options.output is None:
        print_json(document)
        return
    options.output.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"Wrote {len(document['components'])} packages to {options.output}.")


def needed(requirements: Path) -> Needs:
    """The installed packages that a file of requirements asks for, and all that those ask for."""
    found: Needs = {"": set()}
    seen: set[tuple[str, str]] = set()
    waiting = [("", one) for one in _lines(requirements)]
    while waiting:
        asker, wish = waiting.pop()
        name = canonicalize_name(wish.name)
        with contextlib.suppress(PackageNotFoundError):
            asked = distribution(name).requires or []
            found[asker].add(name)
            found.setdefault(name, set())
            for extra in {"", *wish.extras}:
                if (name, extra) not in seen:
                    seen.add((name, extra))
                    waiting += [(name, one) for one in map(Requirement, asked) if _applies(one, extra=extra)]
    return found


def running_only(document: Mapping[str, Any], *, needs: Needs) -> dict[str, Any]:  # Any: a CycloneDX document
    """*document* without packages that only developers have; what needs what stands as *needs* says."""
    components = [one for one in document["components"] if canonicalize_name(one["name"]) in needs]
    refs: dict[str, str] = {canonicalize_name(one["name"]): one["bom-ref"] for one in components}
    refs[""] = document["metadata"]["component"]["bom-ref"]
    edges = [
        {"ref": refs[name], "dependsOn": sorted(refs[other] for other in others if other in refs)}
        for name, others in sorted(needs.items())
        if name in refs
    ]
    return {**document, "components": components, "dependencies": edges}


def _lines(requirements: Path) -> Iterator[Requirement]:
    for line in requirements.read_text(encoding="utf-8").splitlines():
        wish = line.partition("#")[0].strip()
        if wish:
            yield Requirement(wish)


def _applies(wish: Requirement, *, extra: str) -> bool:
    return wish.marker is None or wish.marker.evaluate({"extra": extra})


def _whole_environment() -> dict[str, Any]:  # Any: a CycloneDX document
    """Everything that is installed beside the running Python, with its licences; asks no other computer."""
    if importlib.util.find_spec(MAKER) is None:
        raise NoListError("The package that makes the list, cyclonedx-bom, is not installed.")
    project = ["--pyproject", str(PROJECT / "pyproject.toml")]
    command = [sys.executable, "-m", MAKER, "environment", *project, "--output-reproducible", "--no-validate"]
    made = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603  # our own command
    if made.returncode:
        reason = (made.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise NoListError(f"cyclonedx-bom could not make the list: {reason}.")
    document: dict[str, Any] = json.loads(made.stdout)
    return document
