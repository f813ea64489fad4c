"""应到 = 实到 + 缺勤 + 未点名: how a mark counts, and how classes add up."""

from datetime import date

import pytest

from students.attendance.rules.figures import (
    DAY,
    MONTH,
    WEEK,
    Figures,
    Rate,
    called_class,
    column_of,
    percent,
    period_of,
    sum_of,
    uncalled_class,
)
from students.attendance.rules.kinds import KINDS
from tests.attendance.help import FRI, MON, THU, TUE

COLUMNS = {"sick", "personal", "other", "unexcused", "late"}


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        ("sick", "sick"),
        ("personal", "personal"),
        ("official", "other"),
        ("quarantine", "other"),
    ],
)
def test_a_leave_counts_in_its_column_while_it_excuses(kind: str, column: str) -> None:
    assert column_of(kind, excused=True) == column
    assert column_of(kind, excused=False) == "unexcused"


@pytest.mark.parametrize("kind", ["unexcused", "unreachable", "other"])
def test_what_excuses_nothing_counts_as_unexcused(kind: str) -> None:
    assert column_of(kind, excused=False) == "unexcused"


@pytest.mark.parametrize("kind", ["late", "early"])
def test_who_was_there_counts_as_late(kind: str) -> None:
    assert column_of(kind, excused=False) == "late"


@pytest.mark.parametrize("kind", [kind.code for kind in KINDS])
def test_every_kind_there_is_has_a_column(kind: str) -> None:
    assert column_of(kind, excused=True) in COLUMNS


def test_a_called_class_tells_who_is_there() -> None:
    figures = called_class(45, ["sick", "personal", "other", "unexcused", "unexcused", "late"])
    assert (figures.expected, figures.absent, figures.present) == (45, 5, 40)
    assert (figures.late, figures.unknown) == (1, 0)


def test_who_came_late_is_there() -> None:
    assert called_class(45, ["late"]).present == 45


def test_an_uncalled_class_is_neither_there_nor_absent() -> None:
    figures = uncalled_class(45)
    assert (figures.present, figures.absent, figures.unknown) == (0, 0, 45)
    assert (figures.classes, figures.uncalled) == (1, 1)


def test_a_class_without_pupils_is_not_asked_for() -> None:
    assert uncalled_class(0) == Figures()


def test_classes_add_up_and_the_balance_holds() -> None:
    whole = sum_of([called_class(45, ["sick", "unexcused", "late"]), uncalled_class(40)])
    assert whole.expected == whole.present + whole.absent + whole.unknown == 85
    assert (whole.classes, whole.called, whole.uncalled) == (2, 1, 1)
    assert sum_of([]) == Figures()


@pytest.mark.parametrize(
    ("part", "whole", "words"),
    [(0, 0, "—"), (0, 4, "0.0%"), (1, 3, "33.3%"), (1999, 2000, "99.9%"), (2000, 2000, "100%")],
)
def test_a_share_is_never_whole_while_something_is_missing(
    part: int, whole: int, words: str
) -> None:
    assert percent(part, whole) == words


def test_rates_add_up() -> None:
    both = Rate(10, 7, 2) + Rate(10, 10, 0)
    assert (both.due, both.in_time, both.late, both.missing) == (20, 17, 2, 1)
    assert (both.submitted, both.punctual) == ("95.0%", "85.0%")


@pytest.mark.parametrize(
    ("kind", "day", "today", "first", "last"),
    [
        (DAY, THU, FRI, THU, THU),
        (WEEK, FRI, TUE, date(2025, 9, 8), date(2025, 9, 14)),
        (WEEK, MON, TUE, MON, TUE),
        (MONTH, FRI, TUE, date(2025, 9, 1), TUE),
        (MONTH, date(2025, 8, 31), TUE, date(2025, 8, 1), date(2025, 8, 31)),
        (MONTH, date(2025, 12, 31), date(2026, 1, 1), date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_ends_with_itself_or_with_today(
    kind: str, day: date, today: date, first: date, last: date
) -> None:
    period = period_of(kind, day, today)
    assert (period.first, period.last) == (first, last)
    assert period.days[0] == first
    assert period.days[-1] == last
