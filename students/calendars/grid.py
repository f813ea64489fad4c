"""A school year as twelve months of weeks, each day with what it is for a school."""

from calendar import Calendar as Months
from dataclasses import dataclass
from datetime import date
from enum import Enum

from foundation.days import day_words
from students.calendars.workdays import SATURDAY, Calendar

FIRST_MONTH = 9  # a school year runs from September to August


class GridKind(Enum):
    """The kind of a day: a code for the style sheet, its word, its one-letter sign."""

    SCHOOL = "school", "上课", ""
    MAKE_UP = "make_up", "补课", "补"
    CLOSED = "closed", "停课", "停"
    WEEKEND = "weekend", "双休日", ""
    HOLIDAY = "holiday", "法定节假日", ""
    VACATION = "vacation", "寒暑假", "假"

    def __init__(self, code: str, label: str, sign: str) -> None:
        self.code = code
        self.label = label
        self.sign = sign


@dataclass(frozen=True, slots=True)
class DayCell:
    """One day of the grid; ``mark`` is 班 on a worked weekend and 休 on a weekday off."""

    day: date
    kind: GridKind
    mark: str

    @property
    def sign(self) -> str:
        """The sign beside the number: 班 or 休, otherwise that of the kind."""
        return self.mark or self.kind.sign

    @property
    def words(self) -> str:
        """The day in words: 调休 beside what the school does on it."""
        extra = {"班": "，调休上班", "休": "，放假"}.get(self.mark, "")
        return f"{day_words(self.day)}，{self.kind.label}{extra}"


@dataclass(frozen=True, slots=True)
class GridMonth:
    """A month of Monday-first weeks; a place outside the month is None."""

    year: int
    month: int
    weeks: tuple[tuple[DayCell | None, ...], ...]
    school_days: int


def kind_of(calendar: Calendar, day: date) -> GridKind:
    """Return what ``day`` is for a school, by the strongest reason first."""
    if calendar.is_school_day(day):
        ordinary = calendar.is_working(day) and calendar.in_term(day)
        return GridKind.SCHOOL if ordinary else GridKind.MAKE_UP
    if not calendar.in_term(day):
        return GridKind.VACATION
    if calendar.is_working(day):
        return GridKind.CLOSED
    return GridKind.WEEKEND if day.weekday() >= SATURDAY else GridKind.HOLIDAY


def mark_of(calendar: Calendar, day: date) -> str:
    """Return 班 for a worked weekend day and 休 for a free weekday; otherwise nothing."""
    is_working = calendar.is_working(day)
    if is_working == calendar.is_literal_weekday(day):
        return ""
    return "班" if is_working else "休"


def months_of(calendar: Calendar, school_year: int) -> tuple[GridMonth, ...]:
    """Return the twelve months of the school year that begins in ``school_year``."""
    turns = ((FIRST_MONTH - 1 + n) for n in range(12))
    return tuple(_month(calendar, school_year + turn // 12, turn % 12 + 1) for turn in turns)


def months_of_year(calendar: Calendar, year: int, before: int = 0) -> tuple[GridMonth, ...]:
    """Return the twelve months of a calendar year, after the last ``before`` of the year before."""
    turns = range(12 - before, 24)
    return tuple(_month(calendar, year - 1 + turn // 12, turn % 12 + 1) for turn in turns)


def _month(calendar: Calendar, year: int, month: int) -> GridMonth:
    weeks = tuple(
        tuple(_cell(calendar, day) if day.month == month else None for day in week)
        for week in Months().monthdatescalendar(year, month)
    )
    school = (cell for week in weeks for cell in week if cell)
    return GridMonth(
        year, month, weeks, sum(cell.kind in (GridKind.SCHOOL, GridKind.MAKE_UP) for cell in school)
    )


def _cell(calendar: Calendar, day: date) -> DayCell:
    return DayCell(day, kind_of(calendar, day), mark_of(calendar, day))
