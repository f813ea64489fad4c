"""期限参数 shows what a rule reads, and nothing else: the product's own source is the witness."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from foundation.accounts.parameters import SPECS, Spec

ROOT = Path(__file__).resolve().parents[3]
STOREYS = ("foundation", "students", "cases", "reporting")
# The table itself, what checks and words its values, and rows that are written once.
NOT_A_READER = ("accounts/parameters.py", "accounts/values.py", "/migrations/")
THROUGH = {"roll_cutoff": "cutoff"}  # read as a time of day
WAITING = {"P13", "P15", "P16", "P17"}


@cache
def read_words() -> frozenset[str]:
    """Every attribute and every plain string in the sources that name a parameter at all."""
    found: set[str] = set()
    named = re.compile("|".join(THROUGH.get(spec.field, spec.field) for spec in SPECS))
    for storey in STOREYS:
        for path in (ROOT / storey).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if any(part in path.as_posix() for part in NOT_A_READER) or not named.search(source):
                continue
            for node in ast.walk(ast.parse(source)):
                if isinstance(node, ast.Attribute):
                    found.add(node.attr)
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
    return frozenset(found)


@pytest.mark.parametrize("spec", [one for one in SPECS if one.is_read], ids=lambda one: one.code)
def test_what_is_shown_is_read_by_a_rule(spec: Spec) -> None:
    assert THROUGH.get(spec.field, spec.field) in read_words()


@pytest.mark.parametrize("spec", [one for one in SPECS if not one.is_read], ids=lambda o: o.code)
def test_what_no_rule_reads_waits(spec: Spec) -> None:
    """Once something obeys it, it is shown: drop ``is_read=False``."""
    assert spec.field not in read_words()


def test_these_wait_for_their_rules() -> None:
    assert {spec.code for spec in SPECS if not spec.is_read} == WAITING
