"""A sweep after a month without one writes what a sweep every day had written (design 4.6)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction

from cases.models import Case, CaseEvent, Deadline, Reminder
from foundation.messaging.models import Message
from students.roster.changes.acts.expiring import remind_of_expiry
from tests.cases.steps import sweep_on, the_case
from tests.cast import Cast, make_child
from tests.census.steps import REGISTRATION, enter, make_primary
from tests.roster.changing import DUE, FRI, let_go, suspend

ONE, MONTH = timedelta(1), timedelta(30)
UNTIL = date(2025, 10, 16)  # a Thursday; the next day is taught
AUTUMN = date(2025, 9, 20)
SUMMER = REGISTRATION - timedelta(6)

Rows = dict[str, list[Any]]


@contextmanager
def _rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _written() -> Rows:
    """What is known of cases and mail afterwards, but for the days of writing."""
    duty = ("case__number", "code", "cycle", "day0", "due_on", "missed_on", "lapsed_on", "void_on")
    case = ("number", "child", "source", "stage", "entered_on", "opened_on", "first_missed_on")
    return {
        "cases": list(Case.objects.order_by("number").values_list(*case)),
        "events": sorted(map(_told, CaseEvent.objects.select_related("case")), key=str),
        "duties": sorted(Deadline.objects.values_list(*duty), key=str),
        "reminders": sorted(
            Reminder.objects.values_list("deadline__case__number", "deadline__code", "phase", "day")
        ),
        "letters": sorted(Message.objects.values_list("to_unit", "title", "body", "occurred_on")),
    }


def _told(event: CaseEvent) -> tuple[object, ...]:
    stages = (event.act, event.from_stage, event.to_stage)
    return (event.case.number, *stages, event.occurred_on, event.text)


def _tick(day: date) -> None:
    sweep_on(day)
    remind_of_expiry(day)


def _daily(first: date) -> None:
    for n in range(MONTH.days + 1):
        _tick(first + n * ONE)


def _jump(first: date) -> None:
    _tick(first)
    _tick(first + MONTH)


def _by(first: date, way: Callable[[date], None]) -> Rows:
    with _rolled_back():
        way(first)
        return _written()


@pytest.fixture
def autumn(cast: Cast) -> Cast:
    """A transfer that nobody confirms, and a suspension that ends within the month."""
    let_go(cast, make_child(cast.here, "李转出"))
    suspend(cast, make_child(cast.here, "王休学"), FRI, UNTIL)
    return cast


@pytest.fixture
def summer(cast: Cast) -> Cast:
    """Two who enter grade 1 and do not come."""
    with time_machine.travel("2026-06-15 04:00:00+00:00", tick=False):
        enter(make_primary(cast.here))
    return cast


def test_of_transfers_and_suspensions(autumn: Cast) -> None:
    daily, jump = _by(AUTUMN, _daily), _by(AUTUMN, _jump)
    assert len(daily["cases"]) == 2
    assert any("还有10天到期" in title for _, title, *_ in daily["letters"])
    for name, rows in daily.items():
        assert jump[name] == rows, name


def test_of_entrants(summer: Cast) -> None:
    daily, jump = _by(SUMMER, _daily), _by(SUMMER, _jump)
    assert len(daily["cases"]) == 1
    for name, rows in daily.items():
        assert jump[name] == rows, name


def test_what_is_found_late_says_so(autumn: Cast) -> None:
    _jump(AUTUMN)
    opened = {e.case.source: e for e in CaseEvent.objects.filter(act="open").select_related("case")}
    assert opened["transfer"].occurred_on == opened["transfer"].case.opened_on == DUE + ONE
    assert opened["suspension"].occurred_on == UNTIL + ONE
    assert all(event.recorded_on == AUTUMN + MONTH and event.is_late for event in opened.values())
    assert Message.objects.get(key__startswith=f"event:{opened['transfer'].pk}:post").is_late


@pytest.mark.parametrize(
    ("swept", "opened"), [(DUE, DUE + ONE), (DUE + ONE, DUE + ONE), (DUE + 2 * ONE, DUE + 2 * ONE)]
)
def test_what_a_sweep_did_not_find_was_entered_after_it(
    cast: Cast, swept: date, opened: date
) -> None:
    """Nothing that is entered late is overdue from its first day on."""
    sweep_on(swept)
    child = make_child(cast.here)
    let_go(cast, child)
    sweep_on(DUE + MONTH)
    assert the_case(child).opened_on == opened


def test_without_any_sweep_before_it_everything_is_found_today(cast: Cast) -> None:
    child = make_child(cast.here)
    let_go(cast, child)
    sweep_on(DUE + MONTH)
    assert the_case(child).opened_on == DUE + MONTH
