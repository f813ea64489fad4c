"""The county asks who is absent 3 days or more: one query, at 100,000 pupils and at a million.

Printed only: how long it takes at either size, what it would cost at the smaller one to gather the
pupils first (at a million that ends in no time anybody waits), and the index it goes by.
ABSENT_CLASSES=170 makes a quick run (the second size is ten times that).
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


def _asked(viewer: Viewer) -> QuerySet[Any]:
    return AbsenceSpell.objects.lasting(DAYS).visible_to(viewer, TODAY)


def _gathered(viewer: Viewer) -> QuerySet[Any]:
    children = Child.objects.visible_to(viewer, TODAY)
    return AbsenceSpell.objects.lasting(DAYS).filter(child__in=children)


def test_who_is_absent_three_days_at_two_sizes(own_database: str) -> None:
    viewer = make_cast().viewer("county_desk", TODAY)
    found, took = [], []
    for first, last in ((1, CLASSES), (CLASSES + 1, CLASSES * 10)):
        _grow(first, last)
        found.append(len(_asked(viewer)))
        took.append(_milliseconds(_asked(viewer)))
        print(f"\n{last * PUPILS} pupils, {found[-1]} absent {DAYS} days or more")
        print(f"  one query: {took[-1]:.1f} ms")
        if last == CLASSES:
            assert found[-1] == len(_gathered(viewer)) > 0
            gathered = _milliseconds(_gathered(viewer)) / took[-1]
            print(f"  pupils gathered first : ours = {gathered:.0f} : 1")
    print(f"\nten times the pupils : {found[1] / found[0]:.1f} times the children found")
    print(f"ten times the pupils : {took[1] / took[0]:.1f} times as long")
    plan = _asked(viewer).explain()
    print(f"by the index {INDEX}: {INDEX in plan}")
    print("\n".join(f"  {line[:96]}" for line in plan.splitlines()[:6]))
