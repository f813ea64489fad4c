"""The county asks who is absent 3 days or more: one query, at 100,000 pupils and at a million.

Printed only: how long it takes at either size, what it would cost to gather the pupils first, and
the index it goes by. ABSENT_CLASSES=170 makes a quick run (the second size is ten times that).
"""

import os
import re
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.viewer import Viewer
from students.attendance.models import AbsenceSpell
from students.roster.models import Child
from tests.bench.morning import PUPILS, TODAY, analyze, make_register, run
from tests.cast import make_cast

CLASSES = int(os.environ.get("ABSENT_CLASSES", "1700"))
DAYS = 3
INDEX = "spells_that_go_on"
TIMES = 5


def _grow(first: int, last: int) -> None:
    make_register(first, last)
    run("spells.sql", {"from": first, "to": last, "today": TODAY})
    analyze()


def _milliseconds(rows: QuerySet[Any]) -> float:
    """Inside the database, the best of a few times."""
    plans = (rows.explain(analyze=True) for _ in range(TIMES))
    return min(float(re.findall(r"Execution Time: ([\d.]+)", plan)[0]) for plan in plans)


def _ask(viewer: Viewer) -> tuple[int, float, float]:
    asked = AbsenceSpell.objects.lasting(DAYS)
    rows = asked.visible_to(viewer, TODAY)
    gathered = asked.filter(child__in=Child.objects.visible_to(viewer, TODAY))
    found = len(rows)
    assert found == len(gathered) > 0
    return found, _milliseconds(rows), _milliseconds(gathered)


def test_who_is_absent_three_days_at_two_sizes(own_database: str) -> None:
    viewer = make_cast().viewer("county_desk", TODAY)
    _grow(1, CLASSES)
    small = _ask(viewer)
    _grow(CLASSES + 1, CLASSES * 10)
    large = _ask(viewer)
    plan = AbsenceSpell.objects.lasting(DAYS).visible_to(viewer, TODAY).explain()
    for pupils, (found, ours, gathered) in ((CLASSES * PUPILS, small), (CLASSES * 580, large)):
        print(f"\n{pupils} pupils, {found} absent {DAYS} days or more")
        print(
            f"  one query: {ours:.1f} ms; pupils gathered first : ours = {gathered / ours:.0f} : 1"
        )
    print(f"  ten times the pupils : {large[0] / small[0]:.1f} times the children found")
    print(f"  ten times the pupils : {large[1] / small[1]:.1f} times as long")
    print(f"  by the index {INDEX}: {INDEX in plan}")
    print("\n".join(f"    {line[:96]}" for line in plan.splitlines()[:6]))
