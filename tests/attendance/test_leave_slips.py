"""A guardian's slip: it lets a leave run past 3 school days, ends by itself, and is kept (R9)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from students.attendance.actions import record_slip, take_back_slip
from students.attendance.models import LeaveSlip
from students.attendance.rolls.entries import SlipEntry
from students.attendance.rolls.facts import facts_of
from students.attendance.rolls.morning import class_morning
from students.attendance.slips.owing import slips_owed
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, TUE, WED, Caller, at, missing, spells
from tests.cast import Cast
from tests.doers import doing

WEEK = (date(2025, 9, 8), date(2025, 9, 9), WED, THU, FRI)
FIRST, SECOND = WEEK[:2]


@pytest.fixture
def slip_of(cast: Cast):
    """``slip_of(child, first, last)``: entered on its first day or ``today``."""

    def enter(
        child: Child, first: date, last: date, today: date | None = None, **more: object
    ) -> LeaveSlip:
        role, there = str(more.pop("role", "class_teacher")), bool(more.pop("there", False))
        facts = {"kind": "sick", "reason": "发烧", **more}
        entry = SlipEntry(child.pk, first_day=first, last_day=last, **facts)  # type: ignore[arg-type]
        today = today or first
        viewer, post = cast.viewer(role, today, there), cast.post(role, there)
        return record_slip(
            doing(viewer, Origin(post.person_id, post.pk), today=today, now=at(today)), entry
        )

    return enter


def ill(teacher: Caller, child: Child, *days: date, until: date) -> None:
    """Marked 病假 on the days."""
    for day in days:
        teacher.call(day, missing(child, "sick", max(day, until)))


def counts(child: Child, *days: date) -> list[str]:
    """The half-days of the days as they count."""
    facts = {fact.day: fact.halves for fact in facts_of([child.pk], days[0], days[-1])[child.pk]}
    return [facts.get(day, "") for day in days]


def test_the_third_day_of_a_leave_needs_no_slip(teacher: Caller, hua: Child) -> None:
    ill(teacher, hua, *WEEK[:3], until=FRI)
    assert spells(hua) == []


def test_from_the_fourth_school_day_a_leave_without_slip_counts_as_unexcused(
    teacher: Caller, hua: Child
) -> None:
    ill(teacher, hua, *WEEK[:4], until=FRI)
    assert counts(hua, *WEEK[:4]) == ["ee", "ee", "ee", "uu"]
    assert spells(hua) == [(THU, None, 2)]


def test_the_fourth_school_day_is_counted_over_a_weekend(teacher: Caller, hua: Child) -> None:
    ill(teacher, hua, THU, FRI, MON, until=TUE)
    assert spells(hua) == []
    ill(teacher, hua, TUE, until=TUE)
    assert spells(hua) == [(TUE, None, 2)]


def test_a_slip_covers_its_last_day_and_the_day_after_is_unexcused_again(
    teacher: Caller, slip_of, hua: Child
) -> None:
    slip_of(hua, FIRST, THU)
    ill(teacher, hua, *WEEK, until=FRI)
    assert counts(hua, THU, FRI) == ["ee", "uu"]
    assert spells(hua) == [(FRI, None, 2)]


def test_a_slip_that_comes_late_counts_as_if_it_had_been_there(
    teacher: Caller, slip_of, hua: Child
) -> None:
    ill(teacher, hua, *WEEK, until=FRI)
    assert spells(hua) == [(THU, None, 4)]
    slip_of(hua, FIRST, FRI, today=FRI)
    assert spells(hua) == []


def test_a_slip_taken_back_counts_as_if_it_had_never_been_there(
    cast: Cast, teacher: Caller, slip_of, hua: Child
) -> None:
    slip = slip_of(hua, FIRST, FRI)
    ill(teacher, hua, *WEEK, until=FRI)
    post = cast.post("class_teacher")
    origin, viewer = Origin(post.person_id, post.pk), cast.viewer("class_teacher", FRI)
    take_back_slip(doing(viewer, origin, today=FRI, now=at(FRI)), slip, "家长称未写过")
    assert spells(hua) == [(THU, None, 4)]
    slip.refresh_from_db()
    assert (slip.taken_back_reason, slip.taken_back_by) == ("家长称未写过", post)
    with pytest.raises(Refused, match="已经撤销"):
        take_back_slip(doing(viewer, origin, today=FRI, now=at(FRI)), slip, "再次撤销")


def test_taking_back_needs_a_reason(cast: Cast, slip_of, hua: Child) -> None:
    slip = slip_of(hua, FRI, FRI)
    viewer = cast.viewer("class_teacher", FRI)
    with pytest.raises(Refused, match="撤销理由"):
        take_back_slip(doing(viewer, Origin(), today=FRI, now=at(FRI)), slip, " ")


def test_a_slip_leaves_an_absence_without_reason_as_it_is(
    teacher: Caller, slip_of, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    slip_of(hua, THU, FRI, today=FRI)
    assert spells(hua) == [(THU, None, 2)]


def test_leaves_that_follow_each_other_are_one_run_across_the_looked_at_days(
    teacher: Caller, hua: Child
) -> None:
    ill(teacher, hua, *WEEK[:3], until=WED)
    teacher.call(THU, missing(hua, "personal", THU))
    assert counts(hua, THU) == ["uu"]


def test_presence_in_between_begins_a_new_run(teacher: Caller, hua: Child) -> None:
    ill(teacher, hua, *WEEK[:3], until=WED)
    teacher.call(THU)
    ill(teacher, hua, FRI, until=FRI)
    assert spells(hua) == []


def test_a_late_presence_in_between_takes_the_fourth_day_back(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    ill(teacher, hua, *WEEK[:4], until=FRI)
    desk.call(SECOND, today=THU, reason="实际到校")
    assert spells(hua) == []


def test_coming_late_is_being_there(teacher: Caller, hua: Child) -> None:
    result = teacher.call(THU, missing(hua, "late"))
    assert (result.roll_call.absent, result.roll_call.present) == (0, 3)
    teacher.call(FRI, missing(hua))
    assert counts(hua, THU, FRI) == ["pp", "uu"]
    spell = hua.spells.get()
    assert (spell.started_on, spell.last_present_on) == (FRI, THU)


def test_another_reason_must_be_written_down_and_excuses_nothing(
    teacher: Caller, hua: Child
) -> None:
    with pytest.raises(Refused, match="说明"):
        teacher.call(FRI, missing(hua, "other"))
    teacher.call(FRI, missing(hua, "other", note="家中有事，未请假"))
    assert spells(hua) == [(FRI, None, 2)]


def test_who_has_a_slip_is_asked_for_first_and_is_not_taken_for_missing(
    cast: Cast, slip_of, hua: Child
) -> None:
    slip_of(hua, THU, FRI)
    for day, asked in ((WED, False), (THU, True), (FRI, True), (MON, False)):
        morning = class_morning(cast.here.school_class, day, "d")
        assert (hua.pk in morning.carried) is asked
        assert morning.marks == {}
    carried = class_morning(cast.here.school_class, FRI, "d").carried[hua.pk]
    assert carried.words == "有假条：病假至9月12日"
    assert (carried.mark.kind, carried.mark.leave_until) == ("sick", FRI)


def test_a_slip_renews_the_leave_that_is_carried_over(
    cast: Cast, teacher: Caller, slip_of, hua: Child
) -> None:
    ill(teacher, hua, THU, until=THU)
    slip_of(hua, FRI, MON)
    carried = class_morning(cast.here.school_class, FRI, "d").carried[hua.pk]
    assert (carried.mark.leave_until, carried.lapsed_on) == (MON, None)
    assert "昨天未到：病假" in carried.words


def test_nobody_owes_a_slip_on_the_third_day(cast: Cast, teacher: Caller, hua: Child) -> None:
    ill(teacher, hua, *WEEK[:3], until=FRI)
    assert slips_owed([cast.here.school_class.pk], WED) == []


def test_a_slip_is_owed_from_the_fourth_day_until_it_comes(
    cast: Cast, teacher: Caller, slip_of, hua: Child
) -> None:
    ill(teacher, hua, *WEEK[:4], until=FRI)
    (owed,) = slips_owed([cast.here.school_class.pk], THU)
    assert (owed.child_id, owed.first_day, owed.days, owed.unpaid_from) == (
        hua.pk,
        FIRST,
        "4",
        THU,
    )
    assert slips_owed([cast.there.school_class.pk], THU) == []
    slip_of(hua, THU, THU)
    assert slips_owed([cast.here.school_class.pk], THU) == []


def test_a_slip_once_entered_is_not_entered_again(slip_of, hua: Child) -> None:
    slip_of(hua, THU, FRI)
    with pytest.raises(Refused, match="已经登记"):
        slip_of(hua, THU, FRI)
    assert LeaveSlip.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last", "more", "words"),
    [
        (FRI, THU, {}, "早于开始"),
        (date(2025, 8, 29), FRI, {}, "早于本学期"),
        (THU, THU + timedelta(days=31), {}, "最多31天"),
        (THU, FRI, {"reason": " "}, "事由"),
        (THU, FRI, {"kind": "official"}, "请假类型"),
    ],
)
def test_a_slip_that_cannot_be_is_refused(
    slip_of, hua: Child, first: date, last: date, more: dict[str, str], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        slip_of(hua, first, last, today=FRI, **more)
    assert not LeaveSlip.objects.exists()


def test_a_slip_of_31_days_is_taken(slip_of, hua: Child) -> None:
    assert slip_of(hua, THU, THU + timedelta(days=30)).pk


def test_the_next_township_s_teacher_enters_none_for_ours(slip_of, hua: Child) -> None:
    with pytest.raises(PermissionDenied):
        slip_of(hua, THU, FRI, there=True)


def test_who_calls_no_roll_enters_none(slip_of, hua: Child) -> None:
    with pytest.raises(PermissionDenied):
        slip_of(hua, THU, FRI, role="central_school")


def test_the_audit_tells_of_the_slip_and_of_its_child(slip_of, hua: Child) -> None:
    slip = slip_of(hua, THU, FRI)
    row = AuditEvent.objects.get(verb="record_slip")
    assert (row.object_id, row.children) == (slip.pk, [hua.pk])
    assert row.details["last"] == "2025-09-12"


def test_a_slip_for_days_to_come_changes_nothing_yet(teacher: Caller, slip_of, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    slip_of(hua, MON, TUE, today=FRI)
    assert spells(hua) == [(THU, None, 2)]
