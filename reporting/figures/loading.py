"""Loads a county's month from the database in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, QuerySet

from cases.models import Case, CaseEvent, Deadline, Order
from cases.policy import Stage
from cases.rules.category import HeldReturn, History, returns_in
from cases.standing import histories, last_returns
from foundation.accounts.models import Unit
from foundation.accounts.parameters import Parameters
from foundation.accounts.querysets import parameters_on
from reporting.figures.months import ReturnMonth
from students.attendance.models import RollCall
from students.attendance.rolls.begun import days_from, rosters_came
from students.attendance.rolls.due import due_classes, rolls_of
from students.attendance.rules.kinds import EVENING
from students.calendars.loading import CountyCalendars, calendars_of
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.rules.grades import school_year_of


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case with the facts of the month that figures and lists need."""

    case: Case
    stage_of_school: str  # 学段, "1" or "2"
    history: History
    events: tuple[CaseEvent, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    is_ordered: bool = False

    def stage_on(self, day: date) -> Stage:
        """The rung at the end of ``day``, by the events that moved the case."""
        moved = [e.to_stage for e in self.events if e.occurred_on <= day]
        return Stage(moved[-1] if moved else self.case.stage)

    def returns_in(self, month: ReturnMonth) -> list[HeldReturn]:
        """The returns that begin to count within the month."""
        return returns_in(self.history, month.first, month.as_of)


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A county's month: its rules, schools, cases, and counts by (school, 学段).

    ``returned`` holds the last return of each child that came back in the month, by the key of the
    case it belongs to: a child with two cases counts once.
    """

    county: Unit
    month: ReturnMonth
    rules: Parameters
    schools: dict[int, School]
    cases: tuple[CaseFacts, ...]
    counts: dict[tuple[int, str], Counter[str]] = field(default_factory=dict)
    returned: dict[int, HeldReturn] = field(default_factory=dict)


def load(county: Unit, month: ReturnMonth) -> MonthFacts:
    """Load everything that the figures of the month are counted from."""
    schools = School.objects.filter(unit__county_id=county.pk).select_related("unit", "township")
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    calendars = calendars_of(county.pk)
    _count_pupils(counts, county, month)
    _count_rolls(counts, county, month, calendars)
    cases = tuple(_cases(county, month, calendars))
    return MonthFacts(
        county,
        month,
        parameters_on(county.pk, month.as_of),
        {school.pk: school for school in schools},
        cases,
        dict(counts),
        last_returns(((one.case, one.history) for one in cases), month.first, month.as_of),
    )


# --- head counts ------------------------------------------------------------------------------


def _count_pupils(
    counts: dict[tuple[int, str], Counter[str]], county: Unit, month: ReturnMonth
) -> None:
    for code, day in (("enrolled", month.as_of), ("enrolled_at_start", month.year_start)):
        rows = (
            Enrolment.objects.on(day)
            .filter(school__unit__county_id=county.pk)
            .values_list("school_id", "school_class__stage")
            .annotate(n=Count("child_id", distinct=True))
            .order_by()
        )
        for school_id, stage, number in rows:
            counts[school_id, stage][code] = number


def _count_rolls(
    counts: dict[tuple[int, str], Counter[str]],
    county: Unit,
    month: ReturnMonth,
    calendars: CountyCalendars,
) -> None:
    """Count each class on each day on which it owes a roll, so that no rate exceeds 100 %."""
    classes = due_classes(School.objects.filter(unit__county_id=county.pk))
    days = _school_days(calendars, {one.school_class.school_id for one in classes}, month)
    called = _sessions_called(county, month)
    for one in classes:
        held = one.school_class
        for day in days[held.school_id]:
            if one.is_due_on(day, school_year_of(day)):
                sessions = called.get((held.pk, day), ())
                due, made = rolls_of(held.school.marks_half_days, sessions)
                counts[held.school_id, held.stage].update(rolls_due=due, rolls_called=made)


def _school_days(
    calendars: CountyCalendars, school_ids: Iterable[int], month: ReturnMonth
) -> dict[int, frozenset[date]]:
    """The school days of the month on which each school owes rolls (rolls/begun.py)."""
    ids = set(school_ids)
    came = rosters_came(ids)
    return {
        school_id: frozenset(
            day
            for day in days_from(came.get(school_id), month.days)
            if calendars.of_school(school_id).is_school_day(day)
        )
        for school_id in ids
    }


def _sessions_called(county: Unit, month: ReturnMonth) -> dict[tuple[int, date], list[str]]:
    """The sessions called, by (class, day), without evenings."""
    rows = (
        RollCall.objects.called()
        .exclude(session=EVENING)
        .filter(
            school_class__school__unit__county_id=county.pk,
            day__range=(month.first, month.as_of),
        )
        .values_list("school_class_id", "day", "session")
    )
    found: dict[tuple[int, date], list[str]] = defaultdict(list)
    for class_id, day, session in rows:
        found[class_id, day].append(session)
    return found


# --- cases ------------------------------------------------------------------------------------


def _cases(county: Unit, month: ReturnMonth, calendars: CountyCalendars) -> Iterable[CaseFacts]:
    cases = list(_cases_of_month(county, month))
    ids = [case.pk for case in cases]
    events = _by_case(
        CaseEvent.objects.filter(case_id__in=ids, occurred_on__lte=month.as_of)
        .exclude(from_stage=F("to_stage"))
        .order_by("occurred_on", "id")
    )
    deadlines = _by_case(Deadline.objects.filter(case_id__in=ids).select_related("unit"))
    served = Order.objects.filter(case_id__in=ids, served_on__lte=month.as_of)
    standing = served.exclude(ended_on__lte=month.as_of)
    ordered = set(standing.values_list("case_id", flat=True))
    known = histories(cases, calendars, month.as_of)
    for case in cases:
        yield CaseFacts(
            case,
            _stage_of_school(case, month),
            known[case.pk],
            tuple(events.get(case.pk, ())),
            tuple(deadlines.get(case.pk, ())),
            case.pk in ordered,
        )


def _cases_of_month(county: Unit, month: ReturnMonth) -> QuerySet[Case]:
    """Cases open on some day of the month, without those that a correction withdrew."""
    return (
        Case.objects.of_month(month.first, month.as_of)
        .filter(county=county)
        .select_related(
            "child__home_village",
            "school_class",
            "school",
            "village",
            "township",
            "school_township",
        )
        .order_by("number")
    )


def _by_case(rows: Iterable[CaseEvent] | Iterable[Deadline]) -> dict[int, list]:
    grouped: dict[int, list] = defaultdict(list)
    for row in rows:
        grouped[row.case_id].append(row)
    return grouped


def _stage_of_school(case: Case, month: ReturnMonth) -> str:
    """学段 of the class. Without a class by age, junior from 12 on (domain 4.2)."""
    if case.school_class is not None:
        return str(case.school_class.stage)
    born = case.child.born_on
    if born is None:
        return SchoolClass.PRIMARY
    years = month.school_year - born.year - ((born.month, born.day) > (9, 1))
    return SchoolClass.JUNIOR if years >= 12 else SchoolClass.PRIMARY
