"""Checks of the terms: their days in order, at least one of them taught, none in two terms."""

from collections.abc import Mapping
from datetime import date, timedelta

from kongchuo.setup.opening.rules.book import BookRow, CheckedBook, Key, Values
from kongchuo.setup.opening.rules.values import SPRING
from students.calendars.terms import term_refusal

OVERLAP = "与{other}日期重叠，请核对起止日期"
REGISTERS_EARLY = "在{other}的上课日期里，报到注册应在上一学期结束以后，请核对"
NO_DAYS = "这个学期没有一天上课，请核对起止日期"
_FIELDS = ("first", "last", "registration")


def check_terms(book: CheckedBook) -> None:
    """Each term by itself, then against every other."""
    for row in book.rows["terms"]:
        if not row.problems:
            _check_alone(row)
    standing = dict(book.known.of("terms"))
    for row in book.good("terms"):
        standing.pop(row.key, None)
    for row in book.good("terms"):
        _check_overlap(row, standing)
        standing.setdefault(row.key, row.values)


def _check_alone(row: BookRow) -> None:
    first, last, registration = days_of(row.values)
    words = term_refusal(
        int(row.values["year"]), row.values["term"] == SPRING, first, last, registration
    )
    if words:
        row.refuse("first", words.removesuffix("。"))
    elif not any(_weekday(first, n) for n in range(min((last - first).days, 7) + 1)):
        row.refuse("last", NO_DAYS)


def _weekday(first: date, offset: int) -> bool:
    return (first + timedelta(days=offset)).weekday() < 5


def days_of(values: Values) -> tuple[date, date, date]:
    """First and last teaching day, registration day."""
    first, last, registration = (date.fromisoformat(values[name]) for name in _FIELDS)
    return first, last, registration


def _check_overlap(row: BookRow, standing: Mapping[Key, Values]) -> None:
    """Against the known terms that the book does not correct, and the rows above."""
    first, last, registration = days_of(row.values)
    for key, values in standing.items():
        if key == row.key:
            continue
        begins, ends, _ = days_of(values)
        if first <= ends and begins <= last:
            row.refuse("first", OVERLAP.format(other=f"{key[0]}学年{key[1]}"))
            return
        if begins <= registration <= ends:
            row.refuse("registration", REGISTERS_EARLY.format(other=f"{key[0]}学年{key[1]}"))
            return
