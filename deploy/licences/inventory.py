"""What is installed: packages of Python and of the front end, each with its licence and purpose."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from deploy import places
from deploy.installing import packages

LOCK = places.ROOT / "package-lock.json"

# Where a package's own metadata is silent or tells only half: name → licence, as its files say.
KNOWN = {
    "qrcode": "BSD-3-Clause",
    "pi-heif": "BSD-3-Clause AND LGPL-3.0-or-later",  # libheif, libde265
    "pillow-heif": "BSD-3-Clause AND LGPL-3.0-or-later AND GPL-2.0-or-later",  # and x265
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "odfpy": "Apache-2.0 OR GPL-2.0-or-later OR LGPL-2.1-or-later",
}
# The wording of classifiers and of free fields → SPDX. "BSD" alone does not say how many clauses.
SPDX = {
    "BSD License": "BSD",
    "New BSD": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "MIT License": "MIT",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "PSFL": "PSF-2.0",
}
LONGEST = 40  # characters; a longer licence field holds the text, not the name


@dataclass(frozen=True)
class Pin:
    """A line of a requirements list, with the comment above it as the purpose."""

    name: str  # canonical
    version: str
    purpose: str
    marker: str = ""  # for which Pythons, empty for all


@dataclass(frozen=True)
class Package:
    """An installed package."""

    name: str
    version: str
    licence: str
    purpose: str = ""


def pins(path: Path) -> dict[str, Pin]:
    """The lines of one list by canonical name. A comment holds for the lines down to the next."""
    found: dict[str, Pin] = {}
    comment: list[str] = []
    fresh = True
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            comment = [*([] if fresh else comment), line.lstrip("# ")]
            fresh = False
        elif "==" in line:
            pin = _pin(line, " ".join(comment))
            found[pin.name] = pin
            fresh = True
        else:
            comment, fresh = [], True
    return found


def _pin(line: str, purpose: str) -> Pin:
    wanted, _, marker = line.partition(";")
    return Pin(packages.canonical(wanted), wanted.split("==")[1].strip(), purpose, marker.strip())


def installed(folder: Path, wanted: Mapping[str, Pin]) -> list[Package]:
    """The packages of a list that are installed in a site-packages folder, by name."""
    found = {packages.canonical(each.name): each for each in _distributions(folder)}
    return [
        Package(each.name, each.version, licence_of(each), wanted[name].purpose)
        for name, each in sorted(found.items())
        if name in wanted
    ]


def _distributions(folder: Path) -> Iterator[metadata.Distribution]:
    return iter(metadata.distributions(path=[str(folder)]))


def licence_of(package: metadata.Distribution) -> str:
    """The licence as an SPDX expression where the package tells one; "?" where it tells none."""
    if known := KNOWN.get(packages.canonical(package.name)):
        return known
    told = package.metadata
    if "License-Expression" in told:
        return told["License-Expression"]
    classifiers = [
        line.rsplit("::", 1)[1].strip()
        for line in told.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    field = told["License"].strip() if "License" in told else ""
    words = [field] if field and len(field) <= LONGEST and "\n" not in field else []
    return " AND ".join(sorted({SPDX.get(word, word) for word in _exacter(words, classifiers)}))


def _exacter(field: list[str], classifiers: list[str]) -> list[str]:
    """The free field where it names an SPDX licence, else the classifiers, else the field."""
    if field and SPDX.get(field[0], field[0]) in EXACT:
        return field
    return classifiers or field or ["?"]


EXACT = frozenset({"BSD-2-Clause", "BSD-3-Clause", "MIT", "Apache-2.0", "PSF-2.0", "MPL-2.0"})


def tokens(licence: str) -> set[str]:
    """The single licences in an expression."""
    return set(re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", licence)) - {""}


def front_end(*, for_tests: bool) -> list[Package]:
    """The npm packages of the lock file: those that a county's server gets, or those of tests."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    return [
        Package(path.removeprefix("node_modules/"), told["version"], told.get("license", "?"))
        for path, told in sorted(lock.items())
        if path and bool(told.get("dev")) is for_tests
    ]
