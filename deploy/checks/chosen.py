"""Chooses the test files of `make quick`: those nearest to the change, for about a minute.

A whole folder may take five minutes. What is left out is told, and `make test` runs it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy import places

# How long each file took in the last run of it all (tests/seconds.py).
SECONDS = places.LOCAL / "test-seconds.json"
# The tests that took longest in it, for who reads.
SLOWEST = places.LOCAL / "test-slowest.txt"
# Two runners side by side, as they were measured: three on two cores.
BUDGET = 100.0
A_TEST = 0.6  # where nothing was measured yet


@dataclass(frozen=True)
class ChosenTests:
    """The files that run, and how many of the same folders do not."""

    files: list[str]
    left_out: int


def choose(touched: Iterable[str], folders: Iterable[str]) -> ChosenTests:
    """Changed tests; then files that name a changed module; then others; the shortest first."""
    changed, known = set(touched), _known()
    paths = [path for each in folders for path in sorted((places.ROOT / each).rglob("test_*.py"))]
    texts = {path.relative_to(places.ROOT).as_posix(): path.read_text("utf-8") for path in paths}
    modules = [path[:-3].removesuffix("/__init__") for path in changed if path.endswith(".py")]
    ranked = sorted(
        texts,
        key=lambda file: (
            file not in changed,
            not any(_names(texts[file], module) for module in modules),
            _seconds(file, texts[file], known),
        ),
    )
    files, spent = [], 0.0
    for file in ranked:
        spent += _seconds(file, texts[file], known)
        if file in changed or spent <= BUDGET:
            files.append(file)
    return ChosenTests(sorted(files), len(texts) - len(files))


def _names(text: str, module: str) -> bool:
    """Whether a test imports a module, by its path or as a name of its package."""
    package, _, name = module.replace("/", ".").rpartition(".")
    imported = rf"(from {re.escape(package)} import\b[^\n]*\b|\b{re.escape(package)}\.){name}\b"
    return re.search(imported, text) is not None


def _seconds(file: str, text: str, known: Mapping[str, float]) -> float:
    return known.get(file, A_TEST * text.count("def test_"))


def _known() -> dict[str, float]:
    try:
        found: dict[str, float] = json.loads(Path(SECONDS).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found
