"""What a sweep costs when nothing is due, beside one that moves many cases; printed only."""

import time
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from cases.actions.following import follow
from cases.models import Case
from cases.sweeping import sweep
from foundation.accounts.audit import Origin
from students.attendance.actions import FirstCall, call_many
from students.attendance.rolls.entries import Mark, RollCallEntry
from tests.cast import Cast, make_child

CASES = 2000
THU, FRI = date(2025, 9, 11), date(2025, 9, 12)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


def _open_cases(cast: Cast) -> None:
    teacher = Origin(cast.person("class_teacher").pk, cast.post("class_teacher").pk)
    children = [make_child(cast.here, f"李{n}").pk for n in range(CASES)]
    for day in (THU, FRI):
        marks = tuple(Mark(pk, "unexcused") for pk in children)
        entry = RollCallEntry(cast.here.school_class, day, "d", marks, uuid4())
        call_many([FirstCall(entry, frozenset(children), teacher, _at(day))], day)
    with transaction.atomic():
        follow(children, FRI, _at(FRI), Origin())


def _timed(day: date) -> tuple[float, int]:
    began = time.perf_counter()
    moved = sweep(day, _at(day)).moved
    return time.perf_counter() - began, moved


def test_a_sweep_with_nothing_due_beside_one_with_two_thousand_lapses(
    cast: Cast, count_queries
) -> None:
    _open_cases(cast)
    assert Case.objects.count() == CASES
    saturday = FRI + timedelta(days=1)
    _timed(FRI)
    with count_queries(connection) as idle:
        nothing, moved = _timed(FRI)
    assert moved == 0
    lapses, moved = _timed(saturday)
    assert moved == CASES
    again, _ = _timed(saturday)
    print(f"\nnothing due, {CASES} open cases: {len(idle)} queries")
    print(f"{CASES} lapses : nothing due = {lapses / nothing:.0f} : 1")
    print(f"a second sweep of the same day : nothing due = {again / nothing:.1f} : 1")
