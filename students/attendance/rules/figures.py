"""Sums of a roll (应到, 实到, 病假 … 未点名) and rates of rolls called by P0 (R35, P0)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from foundation.days import ONE_DAY, full_day_words
from students.attendance.rules.kinds import BY_CODE

DAY, WEEK, MONTH = "day", "week", "month"
PERIODS = {DAY: "按日", WEEK: "按周", MONTH: "按月"}


def column_of(kind: str, *, excused: bool) -> str:
    """The column in which a mark counts; ``excused`` as the roll itself counts it (leave.py)."""
    row = BY_CODE[kind]
    return row.column if row.present or excused else "unexcused"


def silent_words(labels: Mapping[str, int]) -> str:
    """What 无故 holds besides 无故未到, by label; "" if nothing: 无故中有其他（按无故计）1人。"""
    told = "、".join(f"{label}{count}人" for label, count in sorted(labels.items()))
    return f"无故中有{told}。" if told else ""


@dataclass(frozen=True, slots=True)
class Figures:
    """The pupils of a class, a grade or a school at one roll call.

    ``unknown`` are the pupils of uncalled classes: neither present nor absent, so that 应到 = 实到
    + 缺勤 + 未点名 holds at every level.
    """

    classes: int = 0
    uncalled: int = 0
    expected: int = 0
    sick: int = 0
    personal: int = 0
    other: int = 0
    unexcused: int = 0
    late: int = 0
    unknown: int = 0

    @property
    def absent(self) -> int:
        """缺勤: pupils who were not there, with or without a reason."""
        return self.sick + self.personal + self.other + self.unexcused

    @property
    def present(self) -> int:
        """实到."""
        return self.expected - self.absent - self.unknown

    @property
    def called(self) -> int:
        """Classes whose roll was called."""
        return self.classes - self.uncalled


def sum_of(figures: Iterable[Figures]) -> Figures:
    """Several classes together."""
    rows = list(figures)
    names = [one.name for one in fields(Figures)]
    return Figures(**{name: sum(getattr(row, name) for row in rows) for name in names})


def uncalled_class(expected: int) -> Figures:
    """The figures of an uncalled class. One without pupils owes no roll."""
    asked = int(expected > 0)
    return Figures(classes=asked, uncalled=asked, expected=expected, unknown=expected)


def called_class(expected: int, columns: Iterable[str]) -> Figures:
    """The figures of a called class, from the column of each mark."""
    counts = dict.fromkeys(("sick", "personal", "other", "unexcused", "late"), 0)
    for column in columns:
        counts[column] += 1
    return Figures(classes=1, expected=expected, **counts)


@dataclass(frozen=True, slots=True)
class Rate:
    """提交率: rolls due, called by P0, called later; the rest was not called."""

    due: int = 0
    in_time: int = 0
    late: int = 0

    @property
    def missing(self) -> int:
        """未点名; never negative, even where more rolls were called than due."""
        return max(self.due - self.in_time - self.late, 0)

    @property
    def submitted(self) -> str:
        """提交率, as 98.5%; — where nothing was due."""
        return percent(self.in_time + self.late, self.due)

    @property
    def punctual(self) -> str:
        """按时率."""
        return percent(self.in_time, self.due)

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.due + other.due, self.in_time + other.in_time, self.late + other.late)


def percent(part: int, whole: int) -> str:
    """A share with one decimal; 100 % only when nothing is missing."""
    if not whole:
        return "—"
    return "100%" if part >= whole else f"{min(part / whole, 0.999):.1%}"


@dataclass(frozen=True, slots=True)
class Period:
    """A day, or the days of a week or a month up to today."""

    kind: str
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every calendar day of it."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    @property
    def words(self) -> str:
        """The period as 2025年9月12日, or with both days."""
        last = full_day_words(self.last)
        if self.first == self.last:
            return last
        return f"{full_day_words(self.first)}至{last}"


def period_of(kind: str, day: date, today: date) -> Period:
    """The day, week (from Monday) or calendar month that ``day`` lies in, not beyond today."""
    if kind == WEEK:
        first = day - timedelta(days=day.weekday())
        last = first + timedelta(days=6)
    elif kind == MONTH:
        first = day.replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - ONE_DAY
    else:
        return Period(DAY, day, day)
    return Period(kind, first, max(first, min(last, today)))
