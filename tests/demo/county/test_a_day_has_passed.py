"""What one ``manage.py demo_day`` does of itself, looked at from all sides; it is run once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from cases.models import Case, CaseEvent
from cases.policy import Act, Stage
from foundation import clock
from kongchuo.demo.county.classes import classes_on
from kongchuo.demo.county.dates import DEMO_DAY
from kongchuo.demo.county.founding import demo_county
from kongchuo.demo.county.people import TOUR
from students.attendance.models import RollCall
from tests.demo.county.find import case_of, days

THURSDAY = days(11, 13)
CLIMBED = (
    ("补点后今天立案", Stage.D1, Stage.D2),
    ("今天应请村里协助", Stage.D2, Stage.D3),
    ("村里逾期未反馈", Stage.D3, Stage.D4),
)


@dataclass(frozen=True)
class Passed:
    """What stood before the day passed, and what the command said."""

    stages: dict[str, str]
    newest_event: int
    missed_once: int  # the child of a story
    had_a_case: bool
    words: str


@pytest.fixture(scope="module", autouse=True)
def passed(_loaded: None, django_db_blocker: Any) -> Iterator[Passed]:
    with (
        django_db_blocker.unblock(),
        override_settings(CLOCK_MAY_SHIFT=True),
        transaction.atomic(),
    ):
        clock.forget()
        yield _pass_a_day()
        transaction.set_rollback(True)


def _pass_a_day() -> Passed:
    unit = demo_county()
    assert unit is not None
    rows = classes_on(unit, DEMO_DAY)
    child = next(
        child
        for row in rows
        for child, story in row.story_of.items()
        if story.what.startswith("昨天第一天未到")
    )
    before = {words: case_of(rows, words).stage for words, _, _ in CLIMBED}
    newest = CaseEvent.objects.latest("pk").pk
    had_a_case = Case.objects.filter(child_id=child).exists()
    said = StringIO()
    call_command("demo_day", stdout=said)
    return Passed(before, newest, child, had_a_case, said.getvalue())


def test_it_is_eight_in_the_morning_of_the_next_school_day(county) -> None:
    now = clock.now()
    assert (now.date(), now.hour) == (THURSDAY, 8)


@pytest.mark.parametrize(("words", "before", "after"), CLIMBED)
def test_what_the_visitor_leaves_undone_climbs(rows, passed, words, before, after) -> None:
    assert passed.stages[words] == before
    assert case_of(rows, words).stage == after


def test_the_township_rung_waits_overdue(rows) -> None:
    case = case_of(rows, "乡镇今天应劝返")
    assert case.stage == Stage.D4
    assert case.deadlines.get(code="serve_order").due_on < clock.today()


def test_the_order_expires_after_its_last_day(rows) -> None:
    assert case_of(rows, "通知书已送达").stage == Stage.D5
    call_command("demo_day")
    case = case_of(rows, "通知书已送达")
    assert case.stage == Stage.D6
    assert CaseEvent.objects.filter(case=case, act=Act.LAPSE).latest("pk").occurred_on == THURSDAY


def test_a_second_day_missed_opens_a_case(county, passed) -> None:
    assert not passed.had_a_case
    assert Case.objects.get(child_id=passed.missed_once).opened_on == DEMO_DAY


def test_a_child_seen_for_three_days_is_closed_by_the_roll(rows) -> None:
    assert case_of(rows, "昨天返校").stage == Stage.D9
    call_command("demo_day")
    assert case_of(rows, "昨天返校").stage == Stage.DX


def test_the_day_that_ends_has_its_rolls(rows) -> None:
    called = Counter(RollCall.objects.values_list("day", flat=True))
    assert called[DEMO_DAY] >= len(rows)


def test_the_visitors_logins_do_nothing_by_themselves(county, passed) -> None:
    new = CaseEvent.objects.filter(pk__gt=passed.newest_event)
    acts = new.filter(person__username__in=[stop.login for stop in TOUR])
    # The class's own roll is called when the visitor has not: what follows from it bears its name.
    assert set(acts.values_list("act", flat=True)) <= {Act.OPEN, Act.RETURN, Act.CLOSE_BY_ROLL}


def test_it_says_what_happened(passed) -> None:
    assert passed.words.startswith("2025-11-12（周三）结束")
    assert "新立个案" in passed.words
    assert "逾期转入「村（居）委会协助劝返」" in passed.words
    assert "现在是 2025-11-13（周四）早上八点" in passed.words
