"""Rules which past roll calls count after terms or holidays were changed.

A roll is called on a school day of the calendar at that moment. Where the calendar now says
otherwise, a row records it (querysets.was_held), and the sweep recounts the day's children
(cases/recount/school_days.py).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from foundation.accounts.models import Unit
from students.attendance.models import RollCall, RuledCalendar, RuledDay
from students.attendance.rules.kinds import EVENING
from students.calendars.workdays import Calendar


def rule_days(county_id: int, calendar: Calendar, now: datetime) -> None:
    """Compare the days of a county's roll calls with ``calendar``, once for each of its versions.

    ``calendar`` has terms and holidays only: suspended and make-up days have rows of their own,
    which win.
    """
    if not _is_ruled(county_id, calendar):
        _rule(county_id, calendar, now)


def mark_ruled(ruling_ids: Iterable[int], now: datetime) -> None:
    """Note that the days were followed by a recount. Twice is harmless."""
    RuledDay.objects.filter(pk__in=ruling_ids, followed_at=None).update(followed_at=now)


def _is_ruled(county_id: int, calendar: Calendar) -> bool:
    rows = RuledCalendar.objects.filter(county_id=county_id, version=calendar.version)
    return rows.exists()


@transaction.atomic
def _rule(county_id: int, calendar: Calendar, now: datetime) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=county_id)  # two sweeps take turns
    stands = _standing(county_id)
    RuledDay.objects.bulk_create(
        RuledDay(
            county_id=county_id, day=day, is_school_day=not stands.get(day, True), ruled_at=now
        )
        for day in _called(county_id)
        if calendar.is_school_day(day) != stands.get(day, True)
    )
    RuledCalendar.objects.update_or_create(
        county_id=county_id, defaults={"version": calendar.version, "ruled_at": now}
    )


def _standing(county_id: int) -> dict[date, bool]:
    rows = RuledDay.objects.filter(county_id=county_id).order_by("pk")
    return dict(rows.values_list("day", "is_school_day"))


def _called(county_id: int) -> list[date]:
    """The days with a roll call. Evenings are omitted: they follow no school day."""
    calls = RollCall.objects.exclude(session=EVENING).filter(
        school_class__school__unit__county_id=county_id
    )
    return list(calls.order_by("day").values_list("day", flat=True).distinct())
