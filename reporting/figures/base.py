"""Whether a month has a base to count from: a roster, rolls that were called, and data at all."""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.models import Unit
from foundation.days import full_day_words
from foundation.prepared import prepared
from reporting.figures.loading import MonthFacts
from reporting.figures.months import ReturnMonth, month_until, months_back
from students.attendance.models import RollCall
from students.calendars.loading import calendars_of
from students.roster.models import Enrolment

NAMED = 5  # schools that a sentence names


@dataclass(frozen=True, slots=True)
class Calls:
    """The county's rolls as the base of a return: the first one, and the months that have any."""

    first: date | None
    months: frozenset[date]

    @classmethod
    def of(cls, county: Unit) -> "Calls":
        """Two queries."""
        months = _called_in(county.pk).dates("day", "month")
        return cls(_first_day(county.pk), frozenset(months))

    @classmethod
    def around(cls, county: Unit, month: ReturnMonth) -> "Calls":
        """With that month at most. Two queries, which read no other month's rolls."""
        last = month.first.replace(day=monthrange(month.first.year, month.first.month)[1])
        found = _days_called(county=county.pk, first=month.first, last=last)
        return cls(_first_day(county.pk), frozenset({month.first} if found else ()))


def _called_in(county: Any) -> QuerySet[RollCall]:
    rows: QuerySet[RollCall] = RollCall.objects.called()
    return rows.filter(school_class__school__unit__county_id=county)


def _first_day(county_id: int) -> date | None:
    return next(iter(_days_called(county=county_id, first=date.min, last=date.max)), None)


@prepared
def _days_called(*, county: Any, first: Any, last: Any) -> QuerySet[RollCall, Any]:
    """The first day between the two on which a roll was called."""
    rows = _called_in(county).filter(day__range=(first, last))
    return rows.order_by("day").values_list("day", flat=True)[:1]


def hollow_because(county: Unit, month: ReturnMonth, calls: Calls | None = None) -> str:
    """Why no figures of the month can be counted, and what to do. Empty if they can.

    A month in which no school day was due, such as August, needs no roll of its own. ``calls``
    saves its two queries where several months are asked.
    """
    calls = calls or Calls.around(county, month)
    if not _enrolled(county=county.pk, day=month.as_of):
        return f"{month.as_of_words}没有在籍学生，月报没有基数。请先导入该月的学生名册。"
    if calls.first is None:
        return "各校还没有点过名，月报没有依据。请各班点名后再生成。"
    if calls.first > month.as_of:
        return (
            f"{month.words}早于本系统最早的点名（{full_day_words(calls.first)}），没有数据。"
            "请选择以后的月份。"
        )
    if month.first not in calls.months and _has_school_days(county, month):
        return (
            f"{month.words}（截至{month.as_of_words}）没有一个班点过名，月报没有依据。"
            "请各班点名后再生成。"
        )
    return ""


@prepared
def _enrolled(*, county: Any, day: Any) -> QuerySet[Enrolment, Any]:
    """One who is enrolled in the county on the day, if anybody is."""
    rows = Enrolment.objects.on(day).filter(school__unit__county_id=county)
    return rows.order_by().values_list("pk", flat=True)[:1]


def months_with_base(county: Unit, today: date, count: int) -> tuple[list[date], str]:
    """Those of the last ``count`` months that can be counted, and why the running one cannot."""
    calls = Calls.of(county)
    because = {
        first: hollow_because(county, month_until(first, today), calls)
        for first in months_back(today, count)
    }
    return [first for first, words in because.items() if not words], next(iter(because.values()))


def gaps_of(facts: MonthFacts) -> list[str]:
    """What is missing of the base of a month that can be counted, a sentence each."""
    by_school: dict[int, Counter[str]] = {pk: Counter() for pk in facts.schools}
    for (school, _), counts in facts.counts.items():
        by_school[school].update(counts)
    total = sum(by_school.values(), Counter[str]())
    missing = total["rolls_due"] - total["rolls_called"]
    found = (
        _naming(facts, by_school, _has_no_roster, f"{facts.month.as_of_words}没有在籍学生"),
        _naming(facts, by_school, _has_no_start, "学年初没有在籍学生，辍学率没有基数"),
        _naming(facts, by_school, _has_no_roll, "本月一次也没有点名"),
        f"应点名{total['rolls_due']}班次（上下午），其中{missing}班次未点名，未点名的日子查不出缺勤。"
        if missing
        else "",
    )
    return [words for words in found if words]


def _naming(
    facts: MonthFacts,
    by_school: dict[int, Counter[str]],
    holds: Callable[[Counter[str]], bool],
    words: str,
) -> str:
    """How many schools in use a gap concerns, and the first five of them."""
    names = [
        str(school.unit)
        for pk, school in facts.schools.items()
        if school.unit.is_open and holds(by_school[pk])
    ]
    if not names:
        return ""
    more = "等" if len(names) > NAMED else ""
    return f"{len(names)}所学校{words}：{'、'.join(names[:NAMED])}{more}。"


def _has_no_roster(counts: Counter[str]) -> bool:
    return not counts["enrolled"]


def _has_no_start(counts: Counter[str]) -> bool:
    return bool(counts["enrolled"]) and not counts["enrolled_at_start"]


def _has_no_roll(counts: Counter[str]) -> bool:
    return bool(counts["rolls_due"]) and not counts["rolls_called"]


def _has_school_days(county: Unit, month: ReturnMonth) -> bool:
    calendar = calendars_of(county.pk).county
    return any(calendar.is_school_day(day) for day in month.days)
