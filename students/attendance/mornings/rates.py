"""点名提交率 by unit for a day or a period, in a fixed number of queries.

Due is the first roll of each school day in every class that has pupils then, as P0 asks.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from foundation.accounts.models import Parameter
from foundation.accounts.parameters import merged
from foundation.prepared import prepared
from students.attendance.models import RollCall
from students.attendance.rolls.begun import days_from, rosters_came
from students.attendance.rolls.due import DueClass, due_by_school, due_classes
from students.attendance.rules.figures import DAY, Period, Rate
from students.calendars.loading import calendars_of
from students.roster.class_posts import teacher_posts
from students.roster.models import School, SchoolClass
from students.roster.rules.grades import school_year_of

P0 = "P0"
FIRST_SESSIONS = ("d", "am")
TOWNSHIP, SCHOOL, CLASS = "township", "school", "class"


@dataclass(frozen=True, slots=True)
class RateRow:
    """A unit or a class with its rate."""

    pk: int
    name: str
    level: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a period; a unit's rate is the sum of its classes'."""

    rows: tuple[RateRow, ...]
    school_days: tuple[date, ...]  # on which any of the schools is taught

    @property
    def total(self) -> Rate:
        return sum((row.rate for row in self.rows), Rate())


def rates_of(schools: Sequence[School], county_id: int, period: Period, level: str) -> Rates:
    """The rates by township, by school or, for one school, by class; most missing first."""
    days = _school_days(schools, county_id, period)
    day = period.last if period.first == period.last else None
    key = "school_class_id" if level == CLASS else "school_class__school_id"
    classes: list[DueClass] = []
    if level != CLASS and day is not None:
        owed = due_by_school(schools, day, school_year_of(day))
        due = {one.pk: owed.get(one.pk, 0) if days[one.pk] else 0 for one in schools}
    else:
        classes = due_classes(schools, day)
        due = _due(schools, classes, days, level)
    called = _called(schools, county_id, period, key, days)
    own = {pk: Rate(number, *called.get(pk, (0, 0))) for pk, number in due.items()}
    rows = _rows(schools, classes, own, period, level)
    taught = {day for held in days.values() for day, _ in held}
    return Rates(tuple(rows), tuple(sorted(taught)))


def _due(
    schools: Sequence[School],
    classes: Iterable[DueClass],
    days: dict[int, list[tuple[date, int]]],
    level: str,
) -> dict[int, int]:
    """How many rolls are due in the period, by school or class."""
    due: dict[int, int] = defaultdict(int)
    if level != CLASS:
        due.update(dict.fromkeys((one.pk for one in schools), 0))
    for one in classes:
        own_class = one.school_class
        number = sum(one.is_due_on(day, year) for day, year in days[own_class.school_id])
        due[own_class.pk if level == CLASS else own_class.school_id] += number
    return due


@dataclass(frozen=True, slots=True)
class CalledPupils:
    """The pupils of the classes that were called on a day: 应到 and 实到."""

    expected: int
    present: int

    @property
    def absent(self) -> int:
        """缺勤 of the classes that were called."""
        return self.expected - self.present


@dataclass(frozen=True, slots=True)
class UncalledSchool:
    """A school, and its classes whose first roll of the day is missing, with their teachers."""

    school: School
    classes: tuple[str, ...]


def uncalled_by_school(
    schools: Sequence[School], county_id: int, day: date
) -> list[UncalledSchool]:
    """The schools with uncalled classes, the one with most first. Eight queries.

    They are the classes that ``rates_of`` counts as missing on that day.
    """
    period = Period(DAY, day, day)
    days = _school_days(schools, county_id, period)
    called = RollCall.objects.called().filter(
        school_class__school__among=_keys(schools), day=day, session__in=FIRST_SESSIONS
    )
    done = set(called.values_list("school_class_id", flat=True))
    found: dict[int, list[SchoolClass]] = defaultdict(list)
    for one in due_classes(schools, day):
        own = one.school_class
        due = any(one.is_due_on(day, year) for _, year in days[own.school_id])
        if due and own.pk not in done:
            found[own.school_id].append(own)
    year = school_year_of(day)
    posts = teacher_posts([one.pk for held in found.values() for one in held], day)
    made = [
        UncalledSchool(
            one,
            tuple(
                _with_teacher(c.name_in(year), posts.get(c.pk, ()))
                for c in sorted(found[one.pk], key=_place)
            ),
        )
        for one in schools
        if one.pk in found
    ]
    return sorted(made, key=lambda one: -len(one.classes))


def _with_teacher(name: str, posts: Iterable[tuple[int, int, str]]) -> str:
    """「七年级2班（班主任：金永艳）」."""
    teachers = "、".join(teacher for _, _, teacher in posts)
    return f"{name}（班主任：{teachers or '未安排'}）"


def is_before_use(schools: Sequence[School], day: date) -> bool:
    """Whether none of the schools had called a roll by the day, so that no rate tells anything."""
    rows = RollCall.objects.filter(school_class__school__among=_keys(schools), day__lte=day)
    return not rows.exists()


def pupils_called(schools: Sequence[School], day: date) -> CalledPupils:
    """应到 and 实到 of every first roll of the day. Uncalled classes are in neither. One query."""
    found = _pupils(schools=_keys(schools), day=day)
    expected, absent = found[0][1:] if found else (0, 0)
    return CalledPupils(expected, expected - absent)


@prepared
def _pupils(*, schools: Any, day: Any) -> QuerySet[RollCall, Any]:
    rows = RollCall.objects.counted().filter(
        school_class__school__among=schools, day=day, session__in=FIRST_SESSIONS
    )
    told = rows.order_by().values_list("day")
    return told.annotate(in_all=Sum("expected"), away=Sum("absent"))


def _keys(schools: Sequence[School]) -> list[int]:
    return [one.pk for one in schools]


def _school_days(
    schools: Sequence[School], county_id: int, period: Period
) -> dict[int, list[tuple[date, int]]]:
    """The school days of each school since its roster came, each with its school year.

    Five queries.
    """
    calendars, came = calendars_of(county_id), rosters_came(_keys(schools))
    known: dict[int, list[tuple[date, int]]] = {}
    found = {}
    for school in schools:
        calendar = calendars.of_school(school.pk)
        if id(calendar) not in known:
            known[id(calendar)] = [
                (day, school_year_of(day)) for day in period.days if calendar.is_school_day(day)
            ]
        taught = known[id(calendar)]
        owed = set(days_from(came.get(school.pk), [day for day, _ in taught]))
        found[school.pk] = [one for one in taught if one[0] in owed]
    return found


def _called(
    schools: Sequence[School],
    county_id: int,
    period: Period,
    key: str,
    days: dict[int, list[tuple[date, int]]],
) -> dict[int, tuple[int, int]]:
    """(in time, late) by school or class. A roll on a day that owes none counts nowhere."""
    spans = _cutoffs(county_id, period)
    told = {f"{name}{n}": one for n, span in enumerate(spans) for name, one in _told(span)}
    grouped = _calls(
        key, len(spans), schools=_keys(schools), first=period.first, last=period.last, **told
    )
    taught = {pk: {day for day, _ in held} for pk, held in days.items()}
    found: dict[int, tuple[int, int]] = {}
    for pk, school_id, day, calls, in_time in grouped:
        if day in taught[school_id]:
            before, after = found.get(pk, (0, 0))
            found[pk] = (before + in_time, after + calls - in_time)
    return found


def _told(span: tuple[date, date, time]) -> Iterable[tuple[str, Any]]:
    return zip(("from", "until", "cutoff"), span, strict=True)


@prepared
def _calls(
    key: str, spans: int, *, schools: Any, first: Any, last: Any, **told: Any
) -> QuerySet[RollCall, Any]:
    rows = RollCall.objects.called().filter(
        school_class__school__among=schools, day__range=(first, last), session__in=FIRST_SESSIONS
    )
    in_time = Q(pk__in=[])
    for n in range(spans):
        in_time |= _by_cutoff(told[f"from{n}"], told[f"until{n}"], told[f"cutoff{n}"])
    return (
        rows.order_by()
        .values_list(key, "school_class__school_id", "day")
        .annotate(
            calls=Count("school_class", distinct=True),
            in_time=Count("school_class", distinct=True, filter=in_time),
        )
    )


def _by_cutoff(first: Any, last: Any, cutoff: Any) -> Q:
    """Rolls called on their day by the P0 in force between the two days."""
    on_its_day = Q(first_called_at__date=F("day"), first_called_at__time__lte=cutoff)
    return on_its_day & Q(day__range=(first, last))


def _cutoffs(county_id: int, period: Period) -> list[tuple[date, date, time]]:
    """The spans of each P0 in force; the default before the county set one. One query."""
    steps = [(period.first, merged([]).cutoff)]
    for valid_from, value in _settings_of_p0(county=county_id, last=period.last):
        steps.append((max(valid_from, period.first), merged([(P0, value)]).cutoff))
    ends = [date.fromordinal(day.toordinal() - 1) for day, _ in steps[1:]] + [period.last]
    return [
        (first, last, cutoff)
        for (first, cutoff), last in zip(steps, ends, strict=True)
        if first <= last
    ]


@prepared
def _settings_of_p0(*, county: Any, last: Any) -> QuerySet[Parameter, Any]:
    rows = Parameter.objects.standing().filter(county_id=county, code=P0, valid_from__lte=last)
    return rows.order_by("valid_from", "id").values_list("valid_from", "value")


def _rows(
    schools: Sequence[School],
    classes: Sequence[DueClass],
    own: dict[int, Rate],
    period: Period,
    level: str,
) -> Iterable[RateRow]:
    if level == CLASS:
        year = school_year_of(period.last)
        ordered = sorted((one.school_class for one in classes), key=_place)
        made = [RateRow(one.pk, one.name_in(year), CLASS, own[one.pk]) for one in ordered]
        return _worst_first(row for row in made if row.rate.due)
    if level == SCHOOL:
        made = [
            RateRow(one.pk, one.unit.name, SCHOOL, own.get(one.pk, Rate()))
            for one in schools
            if one.unit.is_open or own.get(one.pk, Rate()).due
        ]
        return _worst_first(made)
    towns: dict[int, RateRow] = {}
    for one in schools:
        rate = own.get(one.pk, Rate())
        before = towns.get(one.township_id)
        towns[one.township_id] = RateRow(
            one.township_id,
            one.township.name,
            TOWNSHIP,
            rate + before.rate if before else rate,
        )
    return _worst_first(towns.values())


def _place(one: SchoolClass) -> tuple[str, int, int]:
    return one.stage, -one.entry_year, one.number


def _worst_first(rows: Iterable[RateRow]) -> list[RateRow]:
    """The unit with most missing rolls first; otherwise in the given order."""
    return sorted(rows, key=lambda row: -row.rate.missing)
