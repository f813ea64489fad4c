"""Plays one day of the demo and moves on to the next: rolls, acts, sweep, clock."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from cases.models import CaseEvent
from cases.sweeping import sweep
from cases.watch.actions import reckon
from foundation.accounts.actions import shift_clock
from foundation.accounts.models import Unit
from foundation.days import ONE_DAY
from kongchuo.demo.county.classes import classes_on
from kongchuo.demo.county.dates import DEMO_DAY, FIRST_DAY, MORNING, at
from kongchuo.demo.mail import read_old_mail
from kongchuo.demo.rolls.absences import Absences
from kongchuo.demo.rolls.rolls import Rolls, by_eight
from kongchuo.demo.roster import days as roster_days
from kongchuo.demo.script.habits import work
from kongchuo.demo.script.scripted import act_out, correct
from kongchuo.demo.script.staff import Staff, staff_of
from students.attendance.models import RollCall
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar
from students.roster.changes.acts.expiring import remind_of_expiry

LONGEST_BREAK = 120  # days in which the next school day must come
_TURN = 530_922  # one at a time moves the demo on


class NoSchoolAhead(Exception):
    """No school day is within reach, since the calendar has no further term."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One step of the demo: both days, and the events written between."""

    left: date
    reached: date
    rolls: int
    acts: int
    events: list[CaseEvent] = field(default_factory=list)


@dataclass(slots=True)
class County:
    """The demo county with its calendar, rolls and staff as of one day."""

    unit: Unit
    calendar: Calendar
    rolls: Rolls
    staff: Staff

    def live(self, day: date) -> None:
        """Play a whole day of the past: sweep, rolls, acts."""
        if day == FIRST_DAY:
            roster_days.before_term(self.unit)
            self.look_again(day)
        self.night_before(day)
        if self.calendar.is_school_day(day):
            self.rolls.morning(day)
            self.rolls.afternoon(day)
        if self.calendar.is_working(day):
            correct(self.rolls.rows, self.staff, day)
            act_out(self.rolls.rows, self.staff, day)
            work(self.unit, self.staff, day)
        if roster_days.act_out(self.unit, day):
            self.look_again(day + ONE_DAY)

    def look_again(self, day: date) -> None:
        """Read the classes again, after the roster has changed."""
        self.rolls.rows = classes_on(self.unit, day)

    def tour_begins(self) -> None:
        """Play the first morning of the tour: some classes have called, some wait."""
        self.night_before(DEMO_DAY)
        reckon(DEMO_DAY, at(DEMO_DAY, 0, 10))
        self.rolls.late(DEMO_DAY)
        self.rolls.morning(DEMO_DAY, by_eight(DEMO_DAY, DEMO_DAY))
        read_old_mail(DEMO_DAY)

    def night_before(self, day: date) -> None:
        """Run the sweep with which ``day`` begins."""
        sweep(day, at(day, 0, 5))
        remind_of_expiry(day)

    def days_standing_still(self, today: date) -> list[date]:
        """School days before ``today`` that miss a roll, because the demo was off or ran on.

        Also those that were begun: a morning without its afternoon is half a day.
        """
        called = defaultdict(set)
        rolls = RollCall.objects.called().filter(day__range=(DEMO_DAY, today - ONE_DAY))
        for day, *key in rolls.values_list("day", "school_class_id", "session"):
            called[day].add(tuple(key))
        days = (DEMO_DAY + n * ONE_DAY for n in range((today - DEMO_DAY).days))
        return [
            day
            for day in days
            if self.calendar.is_school_day(day) and self.rolls.expected(day) - called[day]
        ]

    def next_school_day(self, day: date) -> date:
        for _ in range(LONGEST_BREAK):
            day += ONE_DAY
            if self.calendar.is_school_day(day):
                return day
        raise NoSchoolAhead


def set_clock(day: date) -> None:
    """Set the demo's clock to eight in the morning of ``day``, for every process."""
    shift_clock(at(day, MORNING.hour) - timezone.now())


def county_on(unit: Unit, day: date) -> County:
    """Everything that the demo needs of the county on ``day``."""
    calendar = calendar_for(unit.pk)
    rolls = Rolls(classes_on(unit, day), Absences(calendar))
    return County(unit, calendar, rolls, staff_of(unit, day))


@transaction.atomic
def move_on(unit: Unit, today: date) -> Moved:
    """End ``today``, and set the clock to eight in the morning of the next school day.

    One transaction, so a crash changes nothing. Raises NoSchoolAhead.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    seen = CaseEvent.objects.aggregate(last=Max("pk"))["last"] or 0
    county = county_on(unit, today)
    reached = county.next_school_day(today)
    called = sum(county.rolls.made_up(day, today) for day in county.days_standing_still(today))
    acts = 0
    if county.calendar.is_school_day(today):
        called += county.rolls.morning(today) + county.rolls.afternoon(today)
    if county.calendar.is_working(today):
        acts = work(unit, county.staff, today)
    for n in range((reached - today).days):
        county.night_before(today + (n + 1) * ONE_DAY)
    reckon(reached, at(reached, 0, 10))
    county.rolls.morning(reached, by_eight(reached, DEMO_DAY))
    set_clock(reached)
    events = CaseEvent.objects.filter(pk__gt=seen).select_related("case").order_by("pk")
    return Moved(today, reached, called, acts, list(events))
