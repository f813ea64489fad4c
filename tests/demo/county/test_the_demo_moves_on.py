"""``manage.py demo_day``: one school day passes, and what nobody did climbs."""

from collections import Counter
from datetime import date
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from cases.models import Case, CaseEvent
from cases.policy import Act, Stage
from foundation import clock
from foundation.accounts.actions import shift_clock
from foundation.accounts.audit import Origin
from foundation.accounts.models import ClockShift
from foundation.accounts.querysets import viewer_on
from kongchuo.demo import progress
from kongchuo.demo.county.dates import DEMO_DAY, at
from kongchuo.demo.county.people import TOUR
from kongchuo.demo.rolls.calls import Call, call
from kongchuo.demo.rolls.rolls import is_called
from kongchuo.demo.script.stories import TOUR_KEY
from students.attendance.actions import take_back_roll
from students.attendance.models import AbsenceSpell, RollCall, Submission
from students.attendance.rolls.entries import TakeBackEntry
from tests.demo.county.find import case_of, class_of, days
from tests.doers import doing

THURSDAY, FRIDAY, MONDAY = days(11, 13), days(11, 14), days(11, 17)


def test_it_is_eight_in_the_morning_of_the_next_school_day(county) -> None:
    call_command("demo_day")
    now = clock.now()
    assert (now.date(), now.hour) == (THURSDAY, 8)


def test_a_weekend_is_passed_over(county) -> None:
    for _ in range(3):
        call_command("demo_day")
    assert clock.today() == MONDAY


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("补点后今天立案", Stage.D1, Stage.D2),
        ("今天应请村里协助", Stage.D2, Stage.D3),
        ("村里逾期未反馈", Stage.D3, Stage.D4),
    ],
)
def test_what_the_visitor_leaves_undone_climbs(county, rows, words, before, after) -> None:
    assert case_of(rows, words).stage == before
    call_command("demo_day")
    assert case_of(rows, words).stage == after


def test_the_township_rung_waits_overdue(county, rows) -> None:
    call_command("demo_day")
    case = case_of(rows, "乡镇今天应劝返")
    assert case.stage == Stage.D4
    assert case.deadlines.get(code="serve_order").due_on < clock.today()


def test_the_order_expires_after_its_last_day(county, rows) -> None:
    call_command("demo_day")
    assert case_of(rows, "通知书已送达").stage == Stage.D5
    call_command("demo_day")
    case = case_of(rows, "通知书已送达")
    assert case.stage == Stage.D6
    assert CaseEvent.objects.filter(case=case, act=Act.LAPSE).latest("pk").occurred_on == THURSDAY


def test_a_second_day_missed_opens_a_case(county, rows) -> None:
    child = next(
        child
        for row in rows
        for child, story in row.story_of.items()
        if story.what.startswith("昨天第一天未到")
    )
    assert not Case.objects.filter(child_id=child).exists()
    call_command("demo_day")
    assert Case.objects.get(child_id=child).opened_on == DEMO_DAY


def test_a_child_seen_for_three_days_is_closed_by_the_roll(county, rows) -> None:
    call_command("demo_day")
    assert case_of(rows, "昨天返校").stage == Stage.D9
    call_command("demo_day")
    assert case_of(rows, "昨天返校").stage == Stage.DX


def test_the_day_that_ends_has_its_rolls(county, rows) -> None:
    call_command("demo_day")
    called = Counter(RollCall.objects.values_list("day", flat=True))
    assert called[DEMO_DAY] >= len(rows)


def test_the_visitors_own_roll_stands(county, rows) -> None:
    row = class_of(rows, TOUR_KEY)
    call(Call(row, DEMO_DAY, "d", (), at(DEMO_DAY, 8, 5), DEMO_DAY))
    call_command("demo_day")
    roll = RollCall.objects.get(school_class=row.school_class, day=DEMO_DAY)
    assert (roll.version, roll.absent) == (1, 0)


def test_a_roll_that_the_visitor_took_back_is_called_before_the_day_ends(county, rows) -> None:
    row = class_of(rows, TOUR_KEY)
    call(Call(row, DEMO_DAY, "d", (), at(DEMO_DAY, 8, 5), DEMO_DAY))
    found = RollCall.objects.filter(school_class=row.school_class, day=DEMO_DAY)
    teacher = row.teacher
    entry = TakeBackEntry(row.school_class, DEMO_DAY, "d", uuid4(), found.get().version)
    origin, now = Origin(teacher.person_id, teacher.pk), at(DEMO_DAY, 8, 5)
    take_back_roll(
        doing(viewer_on(teacher.person, DEMO_DAY), origin, today=DEMO_DAY, now=now), entry
    )
    call_command("demo_day")
    assert (found.get().is_taken_back, found.get().first_version) == (False, 3)


def test_the_visitors_logins_do_nothing_by_themselves(county) -> None:
    seen = CaseEvent.objects.latest("pk").pk
    call_command("demo_day")
    acts = CaseEvent.objects.filter(pk__gt=seen, person__username__in=[stop.login for stop in TOUR])
    # The class's own roll is called when the visitor has not: what follows from it bears its name.
    assert set(acts.values_list("act", flat=True)) <= {Act.OPEN, Act.RETURN, Act.CLOSE_BY_ROLL}


def test_a_crash_leaves_the_day_as_it_was(county, monkeypatch) -> None:
    before = rows_written()

    def crash(day: date) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr(progress, "set_clock", crash)
        with pytest.raises(RuntimeError):
            call_command("demo_day")
    assert rows_written() == before
    call_command("demo_day")
    assert clock.today() == THURSDAY


def test_days_on_which_the_demo_stood_still_are_made_up_with_a_reason(county, rows) -> None:
    shift_clock(at(MONDAY, 8) - at(DEMO_DAY, 8) + clock.shift())
    call_command("demo_day")
    made_up = Submission.objects.filter(roll_call__day__in=[THURSDAY, FRIDAY])
    assert made_up.count() >= 2 * len(rows)
    assert not made_up.filter(reason="").exists()
    assert clock.today() == days(11, 18)


def test_a_day_that_was_only_begun_is_called_to_its_end(county, rows) -> None:
    """The demo ran on overnight: the morning was called at eight, the afternoon never."""
    call_command("demo_day")
    shift_clock(at(FRIDAY, 8) - at(THURSDAY, 8) + clock.shift())
    call_command("demo_day")
    for day in (DEMO_DAY, THURSDAY, FRIDAY):
        rolls = RollCall.objects.called().filter(day=day)
        called = set(rolls.values_list("school_class_id", "session"))
        wanted = {(row.school_class.pk, session) for row in rows for session in row.sessions}
        assert {key for key in wanted - called if key[1] == "pm"} <= forgotten(rows, day)
    open_halves = AbsenceSpell.objects.standing().filter(
        ended_on=None, last_missed_on__in=[THURSDAY, FRIDAY]
    )
    assert not [spell for spell in open_halves if spell.halves % 2]


def forgotten(rows, day: date) -> set[tuple[int, str]]:
    """The rolls that the teacher of the demo forgets."""
    missed = [row for row in rows if not is_called(row, day)]
    return {(row.school_class.pk, session) for row in missed for session in row.sessions}


def test_it_says_what_happened(county, capsys) -> None:
    call_command("demo_day")
    out = capsys.readouterr().out
    assert out.startswith("2025-11-12（周三）结束")
    assert "新立个案" in out
    assert "逾期转入「村（居）委会协助劝返」" in out
    assert "现在是 2025-11-13（周四）早上八点" in out


def test_without_a_term_ahead_the_day_does_not_end(county, monkeypatch) -> None:
    monkeypatch.setattr("kongchuo.demo.progress.LONGEST_BREAK", 0)
    with pytest.raises(CommandError, match="校历"):
        call_command("demo_day")


def rows_written() -> tuple[int, int, int]:
    return CaseEvent.objects.count(), RollCall.objects.count(), ClockShift.objects.count()
