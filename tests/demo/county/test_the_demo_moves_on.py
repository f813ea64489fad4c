"""``manage.py demo_day``: one school day passes, and what nobody did climbs."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from cases.models import CaseEvent
from foundation import clock
from foundation.accounts.actions import shift_clock
from foundation.accounts.audit import Origin
from foundation.accounts.models import ClockShift
from foundation.accounts.querysets import viewer_on
from kongchuo.demo import progress
from kongchuo.demo.county.dates import DEMO_DAY, at
from kongchuo.demo.rolls.calls import Call, call
from kongchuo.demo.rolls.rolls import is_called
from kongchuo.demo.script.stories import TOUR_KEY
from students.attendance.actions import take_back_roll
from students.attendance.models import AbsenceSpell, RollCall, Submission
from students.attendance.rolls.entries import TakeBackEntry
from tests.demo.county.find import class_of, days
from tests.doers import doing

THURSDAY, FRIDAY, MONDAY = days(11, 13), days(11, 14), days(11, 17)


def test_a_weekend_is_passed_over(county) -> None:
    for _ in range(3):
        call_command("demo_day")
    assert clock.today() == MONDAY


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
    assert not made_up.filter(reason_sealed="").exists()
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


def test_without_a_term_ahead_the_day_does_not_end(county, monkeypatch) -> None:
    monkeypatch.setattr("kongchuo.demo.progress.LONGEST_BREAK", 0)
    with pytest.raises(CommandError, match="校历"):
        call_command("demo_day")


def rows_written() -> tuple[int, int, int]:
    return CaseEvent.objects.count(), RollCall.objects.count(), ClockShift.objects.count()
