"""请假超过3天未交假条: pupils whose leave has run on without the slip it needs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from students.attendance.models import Absence
from students.attendance.rolls.facts import halves_of
from students.attendance.rules.kinds import SLIP_KINDS
from students.attendance.rules.leave import FREE_HALVES, runs_owing
from students.roster.models import Enrolment
from students.roster.rules.grades import school_year_of


@dataclass(frozen=True, slots=True)
class SlipOwed:
    """A pupil whose leave needs a slip: since when, how long, unexcused from when."""

    child_id: int
    name: str
    class_id: int
    first_day: date
    last_day: date
    days: str
    unpaid_from: date


def slips_owed(class_ids: Collection[int], today: date) -> list[SlipOwed]:
    """The pupils of the classes who owe a slip for a leave of this school year, oldest first.

    One query where nobody was on leave for long, a fixed few otherwise.
    """
    since = date(school_year_of(today), 9, 1)
    long = _long_on_leave(class_ids, since, today)
    if not long:
        return []
    enrolments = Enrolment.objects.on(today).filter(
        school_class_id__in=class_ids, child_id__in=long
    )
    rows = list(enrolments.values_list("child_id", "child__name", "school_class_id"))
    days = halves_of([child for child, _, _ in rows], since, today)
    found = [
        SlipOwed(
            child,
            name,
            class_id,
            run.first_day,
            run.last_day,
            f"{run.halves / 2:g}",
            run.unpaid_from,
        )
        for child, name, class_id in rows
        for run in runs_owing(days[child])
    ]
    return sorted(found, key=lambda owed: (owed.unpaid_from, owed.class_id, owed.child_id))


def _long_on_leave(class_ids: Collection[int], since: date, today: date) -> list[int]:
    """Pupils with more leave days than are free of a slip, in a run or not."""
    members = Enrolment.objects.on(today).filter(school_class_id__in=class_ids)
    rows = (
        Absence.objects.standing()
        .counted()
        .filter(
            child_id__in=members.values("child_id"),
            kind__in=SLIP_KINDS,
            day__range=(since, today),
        )
        .values("child_id")
        .annotate(total=Sum("halves"))
        .filter(total__gt=FREE_HALVES)
        .order_by()
    )
    return list(rows.values_list("child_id", flat=True))
