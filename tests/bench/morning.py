"""A county of 100,000 pupils on a school morning, with two months of roll calls behind it.

The register is written by SQL, since it is what the measured thing finds, not what is measured. Of
every twenty classes one has a child missing since yesterday, one a child with an open case.
"""

import os
import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from django.db import connection, connections, transaction

from cases.actions.following import follow
from cases.models import Case
from cases.sweeping import sweep as sweep_cases
from foundation.accounts.audit import Origin
from students.attendance.models import Absence
from tests.attendance.help import at
from tests.bench.past import make_past
from tests.cast import make_cast

CLASSES = int(os.environ.get("BURST_CLASSES", "1700"))
PUPILS = 58  # a class
FIRST, TODAY = date(2025, 9, 1), date(2025, 10, 31)  # a Friday
YESTERDAY, BEFORE = TODAY - timedelta(days=1), TODAY - timedelta(days=2)
FIRST_CLASS, FIRST_CHILD = 20_001, 100_001
# What a class has to tell, by its number modulo twenty; all others are complete.
OPENS, GOES_ON, NEW, ON_LEAVE = range(4)
STORIES = {
    OPENS: "missing again, a case opens",
    GOES_ON: "missing again, the case goes on",
    NEW: "missing for the first time",
    ON_LEAVE: "one to three on leave",
}
COMPLETE = "nobody missing"
_MISSING = {OPENS: YESTERDAY, GOES_ON: BEFORE}  # since when seat 1 is away

Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Sending:
    """What one teacher's telephone sends."""

    class_id: int
    story: str
    fields: Fields


def make_morning() -> None:
    """Everything up to the moment at which the first teacher sends."""
    make_cast()
    make_register(1, CLASSES)
    numbers = range(FIRST_CLASS, FIRST_CLASS + CLASSES)
    since = {number: _MISSING[n] for number in numbers if (n := number % 20) in _MISSING}
    make_past({number: _seats(number) for number in numbers}, FIRST, YESTERDAY, since)
    _open_cases()
    sweep_cases(TODAY, at(TODAY))  # what the night does before the first teacher sends
    analyze()


def make_register(first: int, last: int) -> None:
    """The classes from one number to another, with everybody in them."""
    run("register.sql", _classes(first, last))


def run(script: str, facts: Mapping[str, int | date]) -> None:
    """One of the scripts beside this file, in one transaction."""
    text = Path(__file__).with_name(script).read_text(encoding="utf-8")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, facts)


def analyze() -> None:
    """What autovacuum would do within minutes; only the owner of the tables may."""
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("VACUUM ANALYZE")
    owner.close()


def _classes(first: int, last: int) -> dict[str, int]:
    return {"from": first, "to": last, "pupils": PUPILS}


def _open_cases() -> None:
    first_seats = range(FIRST_CHILD, FIRST_CHILD + CLASSES * PUPILS, PUPILS)
    missing = [child for child in first_seats if _class_of(child) % 20 == GOES_ON]
    with transaction.atomic():
        follow(missing, YESTERDAY, at(YESTERDAY), Origin())
    assert Case.objects.count() == len(missing)


def _seats(number: int) -> range:
    first = FIRST_CHILD + (number - FIRST_CLASS) * PUPILS
    return range(first, first + PUPILS)


def _class_of(child: int) -> int:
    return FIRST_CLASS + (child - FIRST_CHILD) // PUPILS


def sendings() -> list[Sending]:
    """One a class, in an order that mixes schools and stories."""
    asked: dict[int, list[int]] = defaultdict(list)
    for child in Absence.objects.standing().filter(day=YESTERDAY).values_list("child", flat=True):
        asked[_class_of(child)].append(child)
    made = [_sending(n, asked[n]) for n in range(FIRST_CLASS, FIRST_CLASS + CLASSES)]
    random.Random(20251031).shuffle(made)
    return made


def _sending(class_id: int, asked: list[int]) -> Sending:
    """Who was missing yesterday is asked for; seat 1 is the child of the story."""
    kind, seat1 = class_id % 20, _seats(class_id)[0]
    fields = [("session", "d"), ("version", "0"), ("uuid", str(uuid4()))]
    away = {seat1} if kind in (OPENS, GOES_ON) else set[int]()
    for child in asked:
        fields.append((f"here-{child}", "no" if child in away else "yes"))
    if kind == NEW:
        fields += _mark(seat1, {"kind": "unexcused"}) + _mark(seat1 + 1, _LEAVE)
    if kind == ON_LEAVE:
        for child in range(seat1, seat1 + 1 + class_id // 20 % 3):
            fields += _mark(child, _LEAVE)
    return Sending(class_id, STORIES.get(kind, COMPLETE), fields)


_LEAVE = {"kind": "sick", "until": TODAY.isoformat()}


def _mark(child: int, values: Mapping[str, str]) -> Fields:
    given = [(f"{name}-{child}", value) for name, value in values.items()]
    return [("away", str(child)), (f"asked-{child}", "1"), *given]
