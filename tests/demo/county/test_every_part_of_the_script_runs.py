"""The load runs every part of the demo's script: one that none runs would break unseen."""

import ast
from collections.abc import Iterator

from foundation.accounts.models import Unit
from tests.demo.county.ran import DEMO, RAN

# What the commands of a loaded demo do; other tests of this package run it.
LATER = {
    "county/founding.py demo_county",
    "county/people.py add_new_seats",
    "county/people.py tour_rows",
    "history.py is_finished",
    "progress.py move_on",
    "progress.py days_standing_still",
    "progress.py next_school_day",
    "rolls/rolls.py made_up",
    "rolls/rolls.py expected",
}
AT_IMPORT = "script/stories.py"  # its functions write the stories down when it is imported


def _written() -> Iterator[tuple[str, tuple[str, int]]]:
    """Each function of the demo by its name, with its file and its first line."""
    for path in sorted(DEMO.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                yield f"{path.relative_to(DEMO)} {node.name}", (str(path), first)


def test_the_load_runs_every_part_of_the_script(county: Unit) -> None:
    known = [one for one in _written() if not one[0].startswith(("management/", AT_IMPORT))]
    assert len(known) > 100
    left = {name for name, place in known if place not in RAN}
    assert left - LATER == set()
    assert {name for name, _ in known} >= LATER
