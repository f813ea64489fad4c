"""Plays the past of the demo county, day by day, by the acts of every day.

Each day is one transaction; the clock is set at the end. A missing clock marks an interrupted load,
which continues with the day after the last roll call.
"""

from collections.abc import Callable
from datetime import date

from django.db import connections, transaction
from django.db.models import Max

from cases.recount.standings import count_ledgers
from foundation import clock
from foundation.accounts.models import ClockShift, Unit
from foundation.days import ONE_DAY
from kongchuo.demo.county.dates import DEMO_DAY, FIRST_DAY, MORNING, at
from kongchuo.demo.progress import county_on, set_clock
from reporting.desk.months import count_months
from students.attendance.models import RollCall

Tick = Callable[[int], None]
_REFRESH_EVERY = 7  # days


def days_left() -> int:
    """How many days are still to be played, the morning of the tour included."""
    return (DEMO_DAY - _next_day()).days + 1


def is_finished() -> bool:
    """Whether the demo has reached the morning of its tour."""
    return ClockShift.objects.exists()


def replay(unit: Unit, tick: Tick) -> None:
    """Play the term up to the morning of the tour, set the clock, count what desks show."""
    refresh_statistics()
    day = _next_day()
    county = county_on(unit, day)
    while day < DEMO_DAY:
        with clock.set_to(at(day, MORNING.hour)), transaction.atomic():
            county.live(day)
        tick(1)
        if (day - FIRST_DAY).days % _REFRESH_EVERY == 0:
            refresh_statistics()
        day += ONE_DAY
    with clock.set_to(at(DEMO_DAY, MORNING.hour)), transaction.atomic():
        county.tour_begins()
        set_clock(DEMO_DAY)
    refresh_statistics()
    count_ledgers(DEMO_DAY, clock.now())
    count_months(DEMO_DAY, clock.now())
    tick(1)


def refresh_statistics() -> None:
    """Run ANALYZE, which only the tables' owner may.

    Otherwise the planner takes newly filled tables for empty and joins them row by row.
    """
    owner, serving = connections["owner"], connections["default"]
    if owner.settings_dict["USER"] == serving.settings_dict["USER"]:
        return
    with owner.cursor() as cursor:
        cursor.execute("ANALYZE")


def _next_day() -> date:
    last = RollCall.objects.aggregate(day=Max("day"))["day"]
    return min(last + ONE_DAY, DEMO_DAY) if last else FIRST_DAY
