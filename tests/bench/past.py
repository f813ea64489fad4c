"""Two months of roll calls of the classes of register.sql, by the act that writes many at once.

One child in a hundred is ill each day, another each time. Seats 1 to 3 are kept for today's stories
(morning.py): seat 1 is missing since yesterday in the classes whose case opens, and since the day
before in those whose case goes on.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import uuid4

from foundation.accounts.audit import Origin
from students.attendance.actions import FirstCall, call_many
from students.attendance.rolls.entries import Mark, RollCallEntry
from students.calendars.loading import calendar_for
from students.calendars.workdays import SATURDAY
from students.roster.models import SchoolClass
from tests.attendance.help import at

LOOPBACK = "127.0.0.1"


def make_past(
    members: dict[int, range], first: date, until: date, missing_since: dict[int, date]
) -> None:
    """Call every class on every school day of a week from the first to the last, as it was then.

    ``members`` are the children of each class by seat; ``missing_since`` tells of some classes
    since when the child of seat 1 is away.
    """
    classes = list(SchoolClass.objects.filter(pk__in=members).select_related("school__unit"))
    calendar = calendar_for(classes[0].school.unit.county_id or 0)
    for day in _days(first, until):
        if day.weekday() < SATURDAY and calendar.is_school_day(day):
            turn = (day - first).days
            calls = [_call(one, day, turn, members[one.pk], missing_since) for one in classes]
            call_many(calls, day)


def _days(first: date, until: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((until - first).days + 1))


def _call(
    one: SchoolClass, day: date, turn: int, children: range, missing_since: dict[int, date]
) -> FirstCall:
    marks = [
        Mark(child, "sick", day, guardian_told=True)
        for child in children[3:]
        if (child * 7 + turn * 13) % 100 == 0
    ]
    if day >= missing_since.get(one.pk, date.max):
        marks.append(Mark(children[0], "unexcused", guardian_told=True))
    entry = RollCallEntry(one, day, "d", tuple(marks), uuid4())
    # The teacher of a class, and the teacher's post, have its number.
    return FirstCall(entry, frozenset(children), Origin(one.pk, one.pk, LOOPBACK), at(day, 7, 50))
