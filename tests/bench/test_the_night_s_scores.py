"""What a school's scores cost with four times the children; printed only."""

import random
import time
from datetime import date, timedelta
from typing import Any

from django.db import connection

from cases.watch.actions.sweeping import score_school
from cases.watch.models import Score
from cases.watch.rules import ruleset
from cases.watch.windows import windows_of
from students.attendance.models import Absence, RollCall
from students.calendars.loading import calendar_for
from students.roster.models import Child, Enrolment
from tests.attendance.help import at
from tests.cast import Cast

DAYS, SHARE = 80, 0.02  # school days called, share of children missing on each
FRI = date(2025, 12, 12)
FEW, MANY = 500, 2_000


def _fill(cast: Cast, children: int, chance: random.Random) -> None:
    side = cast.here
    ids = Child.objects.bulk_create(
        Child(county=cast.county, name=f"李{n}") for n in range(children)
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            child=child,
            school=side.school,
            school_class=side.school_class,
            starts_on=date(2025, 3, 1),
        )
        for child in ids
    )
    calls = list(RollCall.objects.filter(school_class=side.school_class))
    Absence.objects.bulk_create(
        Absence(
            roll_call=call,
            child=child,
            day=call.day,
            halves=2,
            kind=chance.choice(("unexcused", "official")),
            since_version=1,
        )
        for call in calls
        for child in chance.sample(ids, round(children * SHARE))
    )


def _call(cast: Cast) -> None:
    calendar, day, calls = calendar_for(cast.county.pk), FRI, 0
    while calls < DAYS and day > date(2025, 3, 1):
        if calendar.is_school_day(day):
            RollCall.objects.create(
                school_class=cast.here.school_class,
                day=day,
                expected=MANY,
                absent=0,
                first_called_at=at(day),
            )
            calls += 1
        day -= timedelta(days=1)


def _timed(cast: Cast, day: date, count_queries: Any) -> tuple[float, int]:
    windows = windows_of(calendar_for(cast.county.pk), day)
    began = time.perf_counter()
    with count_queries(connection) as seen:
        score_school(cast.here.school, windows, ruleset([]), "530999", at(day))
    return time.perf_counter() - began, len(seen)


def test_a_school_s_scores_with_four_times_the_children(cast: Cast, count_queries: Any) -> None:
    chance = random.Random(530_922)
    _call(cast)
    _fill(cast, FEW, chance)
    few, few_queries = _timed(cast, FRI - timedelta(days=1), count_queries)
    _fill(cast, MANY - FEW, chance)
    many, many_queries = _timed(cast, FRI, count_queries)
    print(f"\n{MANY} children : {FEW} children = {many / few:.1f} : 1")
    print(f"queries {many_queries} and {few_queries}; {Score.objects.count()} scores")
    print(f"{few:.2f} s a school of {FEW}; 200 such schools make the county of 100,000")
