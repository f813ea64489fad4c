"""Loads a county's month from the database in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, F, Q, QuerySet

from cases.models import Case, CaseEvent, Deadline, Order
from cases.policy import Act, Stage
from cases.rules.category import History
from cases.rules.codes import WITHDRAWN
from cases.standing import histories
from foundation.accounts.models import Unit
from foundation.accounts.parameters import Parameters
from foundation.accounts.querysets import parameters_on
from reporting.figures.months import ReturnMonth
from students.attendance.models import RollCall
from students.attendance.rules.kinds import EVENING
from students.calendars.loading import CountyCalendars, calendars_of
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.rules.grades import is_at_school

LOST = "12"  # 去向: 下落不明


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case with the facts of the month that figures and lists need."""

    case: Case
    stage_of_school: str  # 学段, "1" or "2"
    history: History
    events: tuple[CaseEvent, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    is_ordered: bool = False

    @property
    def is_lost(self) -> bool:
        """Whether nobody knows where the child is."""
        return self.case.whereabouts == LOST

    def stage_on(self, day: date) -> Stage:
        """The rung at the end of ``day``, by the events that moved the case."""
        moved = [e.to_stage for e in self.events if e.occurred_on <= day]
        return Stage(moved[-1] if moved else self.case.stage)

    def return_in(self, month: ReturnMonth) -> CaseEvent | None:
        """The last registered return within the month."""
        found = [
            event
            for event in self.events
            if event.act == Act.RETURN and month.first <= event.occurred_on <= month.as_of
        ]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A county's month: its rules, schools, cases, and counts by (school, 学段)."""

    county: Unit
    month: ReturnMonth
    rules: Parameters
    schools: dict[int, School]
    cases: tuple[CaseFacts, ...]
    counts: dict[tuple[int, str], Counter[str]] = field(default_factory=dict)


def load(county: Unit, month: ReturnMonth) -> MonthFacts:
    """Load everything that the figures of the month are counted from."""
    schools = School.objects.filter(unit__county_id=county.pk).select_related("unit", "township")
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    calendars = calendars_of(county.pk)
    _count_pupils(counts, county, month)
    _count_rolls(counts, county, month, calendars)
    return MonthFacts(
        county,
        month,
        parameters_on(county.pk, month.as_of),
        {school.pk: school for school in schools},
        tuple(_cases(county, month, calendars)),
        dict(counts),
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
    sessions = _sessions_a_day(county, month)
    days = _school_days(calendars, {school_id for school_id, _ in sessions}, month)
    for (school_id, stage), number in sessions.items():
        counts[school_id, stage]["rolls_due"] = number * len(days[school_id])
    for school_id, stage, day, called, halves in _calls(county, month):
        if day in days.get(school_id, ()):
            counts[school_id, stage]["rolls_called"] += max(called, halves)


def _school_days(
    calendars: CountyCalendars, school_ids: Iterable[int], month: ReturnMonth
) -> dict[int, frozenset[date]]:
    return {
        school_id: frozenset(
            day for day in month.days if calendars.of_school(school_id).is_school_day(day)
        )
        for school_id in school_ids
    }


def _sessions_a_day(county: Unit, month: ReturnMonth) -> Counter[tuple[int, str]]:
    """How many roll calls the classes with pupils owe on a school day, by (school, 学段)."""
    pupils = Q(
        Q(enrolments__ends_on__isnull=True) | Q(enrolments__ends_on__gte=month.as_of),
        enrolments__starts_on__lte=month.as_of,
        enrolments__voided_on__isnull=True,
    )
    rows = (
        SchoolClass.objects.taught_on(month.as_of)
        .filter(pupils, school__unit__county_id=county.pk)
        .values_list("pk", "school_id", "stage", "entry_year", "school__marks_half_days")
        .distinct()
        .order_by("pk")
    )
    sessions = Counter[tuple[int, str]]()
    for _, school_id, stage, entry_year, half_days in rows:
        if is_at_school(stage, entry_year, month.school_year):
            sessions[school_id, stage] += 2 if half_days else 1
    return sessions


def _calls(county: Unit, month: ReturnMonth) -> Iterable[tuple[int, str, date, int, int]]:
    """(school, 学段, day, calls, the same where a whole day counts as two half-days)."""
    marks_halves = Q(school_class__school__marks_half_days=True, session="d")
    return (
        RollCall.objects.called()
        .exclude(session=EVENING)
        .filter(
            school_class__school__unit__county_id=county.pk,
            day__range=(month.first, month.as_of),
        )
        .values_list("school_class__school_id", "school_class__stage", "day")
        .annotate(calls=Count("pk"), halves=Count("pk") + Count("pk", filter=marks_halves))
        .order_by()
    )


# --- cases ------------------------------------------------------------------------------------


def _cases(county: Unit, month: ReturnMonth, calendars: CountyCalendars) -> Iterable[CaseFacts]:
    cases = list(_cases_of_month(county, month))
    ids = [case.pk for case in cases]
    events = _by_case(
        CaseEvent.objects.filter(case_id__in=ids, occurred_on__lte=month.as_of)
        .exclude(from_stage=F("to_stage"))
        .order_by("occurred_on", "id")
    )
    deadlines = _by_case(Deadline.objects.filter(case_id__in=ids).order_by("due_on", "id"))
    ordered = set(
        Order.objects.filter(case_id__in=ids, served_on__lte=month.as_of).values_list(
            "case_id", flat=True
        )
    )
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
        Case.objects.filter(
            Q(closed_on__isnull=True) | Q(closed_on__gte=month.before),
            county=county,
            opened_on__lte=month.as_of,
        )
        .exclude(outcome=WITHDRAWN)
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
