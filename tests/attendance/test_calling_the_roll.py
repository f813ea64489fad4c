"""What a submission writes, what it refuses, and what it never loses."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from foundation.accounts.models import AuditEvent
from foundation.accounts.roles import Right
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission
from students.attendance.rolls.entries import RollConflict, RollRefused
from students.calendars.models import SchoolDayOverride
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, TUE, WED, Caller, at, missing, spells
from tests.cast import Cast, make_child


def test_a_full_class_is_one_row_and_no_absence(teacher: Caller, hua: Child) -> None:
    result = teacher.call(FRI)
    assert (result.roll_call.expected, result.roll_call.present) == (3, 3)
    assert result.submission.recorded_at == at(FRI)
    assert not Absence.objects.exists()
    assert result.touched == frozenset()
    assert len(result.members) == 3


def test_an_absent_child_is_written_with_its_half_days(teacher: Caller, hua: Child) -> None:
    result = teacher.call(FRI, missing(hua, note="电话无人接听", guardian_told=False))
    row = Absence.objects.get()
    assert (row.child_id, row.day, row.halves, row.since_version) == (hua.pk, FRI, 2, 1)
    assert result.roll_call.present == 2
    assert result.touched == {hua.pk}


def test_the_audit_names_the_children_and_the_version(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    row = AuditEvent.objects.get(verb="call_roll")
    assert row.children == [hua.pk]
    assert row.details["version"] == 1


def test_the_same_number_twice_is_one_roll_call(teacher: Caller, hua: Child) -> None:
    first = teacher.call(FRI, missing(hua))
    again = teacher.call(FRI, missing(hua), client_uuid=teacher.sent[0], seen_version=0)
    assert again.repeated
    assert again.submission == first.submission
    assert (RollCall.objects.count(), Submission.objects.count()) == (1, 1)
    assert AuditEvent.objects.count() == 1


def test_a_repeat_that_arrives_the_next_day_gets_its_answer(teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    again = teacher.call(THU, missing(hua), today=FRI, client_uuid=teacher.sent[0], seen_version=0)
    assert again.repeated


def test_the_same_number_with_other_marks_is_not_swallowed(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    with pytest.raises(RollConflict):
        teacher.call(FRI, missing(hua), client_uuid=teacher.sent[0], seen_version=0)


def test_a_repeat_that_lost_its_free_words_is_the_same(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua, note="奶奶病了"))
    again = teacher.call(FRI, missing(hua), client_uuid=teacher.sent[0], seen_version=0)
    assert again.repeated
    assert Absence.objects.get().note == "奶奶病了"


def test_a_repeat_with_other_words_is_not_swallowed(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua, note="奶奶病了"))
    with pytest.raises(RollConflict):
        teacher.call(FRI, missing(hua, note="出走"), client_uuid=teacher.sent[0], seen_version=0)


def test_a_number_used_for_another_day_is_refused(teacher: Caller, hua: Child) -> None:
    teacher.call(THU)
    with pytest.raises(RollRefused, match="刷新页面"):
        teacher.call(FRI, client_uuid=teacher.sent[0])


def test_who_saw_nothing_does_not_overwrite_what_stands(
    teacher: Caller, desk: Caller, hua: Child, ming: Child
) -> None:
    desk.call(FRI, missing(hua))
    with pytest.raises(RollConflict) as told:
        teacher.call(FRI, missing(ming), seen_version=0)
    assert told.value.marks == (missing(hua),)
    assert told.value.submission is not None
    assert told.value.submission.person == desk.cast.person("registrar")
    assert Absence.objects.get().child == hua


def test_a_holiday_is_refused_by_its_name(teacher: Caller, hua: Child) -> None:
    with pytest.raises(RollRefused, match="10月3日不是上课日（国庆节放假）"):
        teacher.call(FRI.replace(month=10, day=3))


def test_a_weekend_is_refused_and_a_make_up_sunday_is_not(teacher: Caller, hua: Child) -> None:
    with pytest.raises(RollRefused, match="周末"):
        teacher.call(FRI + timedelta(days=1))
    assert teacher.call(FRI.replace(day=28)).roll_call.pk


def test_a_closed_school_is_refused_with_the_reason(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    SchoolDayOverride.objects.create(
        county=cast.county,
        school=cast.here.school.unit,
        day=FRI,
        is_school_day=False,
        reason="洪水",
    )
    with pytest.raises(RollRefused, match="洪水"):
        teacher.call(FRI)


def test_tomorrow_is_refused(teacher: Caller, hua: Child) -> None:
    with pytest.raises(RollRefused, match="还没有到"):
        teacher.call(FRI, today=THU)


def test_a_day_before_the_term_is_refused(desk: Caller, hua: Child) -> None:
    first = FRI.replace(year=2026, month=3, day=2)
    with pytest.raises(RollRefused, match="早于本学期"):
        desk.call(FRI, today=first, reason="漏点")


def test_the_first_day_of_the_term_may_be_entered_late(desk: Caller, hua: Child) -> None:
    first = FRI.replace(day=1)
    assert desk.call(first, today=FRI, reason="漏点").roll_call.day == first


def test_a_class_that_is_not_mine_is_denied(cast: Cast, hua: Child) -> None:
    with pytest.raises(PermissionDenied):
        Caller(cast, there=True).call(FRI, school_class=cast.here.school_class)


@pytest.mark.parametrize("role", ["central_school", "county_desk", "supervisor", "village_cadre"])
def test_who_may_not_call_is_denied(cast: Cast, hua: Child, role: str) -> None:
    assert not cast.viewer(role).has(Right.CALL_ROLL)
    with pytest.raises(PermissionDenied):
        Caller(cast, role).call(FRI)


def test_a_child_of_another_class_is_refused(cast: Cast, teacher: Caller, hua: Child) -> None:
    stranger = make_child(cast.there, "外班生")
    with pytest.raises(RollRefused, match="不在本班"):
        teacher.call(FRI, missing(stranger))
    assert not RollCall.objects.exists()


def test_a_child_twice_is_refused(teacher: Caller, hua: Child) -> None:
    with pytest.raises(RollRefused, match="两次"):
        teacher.call(FRI, missing(hua), missing(hua, "sick", FRI))


def test_an_empty_class_is_refused(cast: Cast, teacher: Caller) -> None:
    with pytest.raises(RollRefused, match="没有在籍学生"):
        teacher.call(FRI)


def test_an_unknown_kind_is_refused(teacher: Caller, hua: Child) -> None:
    with pytest.raises(RollRefused, match="类型"):
        teacher.call(FRI, missing(hua, "holiday"))


@pytest.mark.parametrize("kind", ["sick", "personal", "quarantine"])
def test_a_leave_needs_an_end_that_has_not_passed(teacher: Caller, hua: Child, kind: str) -> None:
    with pytest.raises(RollRefused, match="截止日期"):
        teacher.call(FRI, missing(hua, kind))
    with pytest.raises(RollRefused, match="期满") as told:
        teacher.call(FRI, missing(hua, kind, THU))
    assert told.value.child_id == hua.pk
    assert teacher.call(FRI, missing(hua, kind, FRI)).roll_call.absent == 1


def test_a_closed_class_is_refused(cast: Cast, teacher: Caller, hua: Child) -> None:
    cast.here.school_class.closed_on = FRI
    cast.here.school_class.save()
    with pytest.raises(RollRefused, match="撤并"):
        teacher.call(FRI)
    assert teacher.call(THU, today=FRI, reason="漏点").roll_call.pk


def test_the_teacher_edits_the_same_day_without_a_reason(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    result = teacher.call(FRI)
    assert (result.roll_call.version, result.roll_call.absent) == (2, 0)
    assert Absence.objects.get().until_version == 2
    assert result.touched == {hua.pk}


def test_what_did_not_change_keeps_its_row(teacher: Caller, hua: Child, ming: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.call(FRI, missing(hua), missing(ming))
    kept = Absence.objects.get(child=hua)
    assert (kept.since_version, kept.until_version) == (1, None)
    assert Absence.objects.get(child=ming).since_version == 2


def test_a_changed_kind_ends_one_row_and_adds_another(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.call(FRI, missing(hua, "sick", FRI))
    rows = Absence.objects.order_by("id").values_list("kind", "since_version", "until_version")
    assert list(rows) == [("unexcused", 1, 2), ("sick", 2, None)]


def test_somebody_else_s_version_is_changed_only_with_a_reason(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(FRI, missing(hua))
    with pytest.raises(RollRefused, match="更正理由"):
        desk.call(FRI)
    assert desk.call(FRI, reason="学生9点到校").submission.reason == "学生9点到校"


def test_a_past_day_not_called_yet_is_entered_late_with_a_reason(
    teacher: Caller, hua: Child
) -> None:
    with pytest.raises(RollRefused, match="补点理由"):
        teacher.call(THU, today=FRI)
    assert teacher.call(THU, today=FRI, reason="停电").submission.recorded_at == at(FRI)


def test_a_past_roll_call_is_corrected_by_the_desk_and_not_by_the_teacher(
    teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    with pytest.raises(RollRefused, match="学籍管理员"):
        teacher.call(THU, today=FRI, reason="记错了")
    assert desk.call(THU, today=FRI, reason="记错了").roll_call.version == 2
    assert AuditEvent.objects.get(verb="correct_roll").reason == "记错了"


def test_the_number_of_queries_does_not_grow_with_the_class(
    cast: Cast, teacher: Caller, hua: Child, count_queries
) -> None:
    with count_queries(connection) as three:
        teacher.call(FRI, missing(hua))
    others = [make_child(cast.here, f"学生{n}") for n in range(20)]
    with count_queries(connection) as many:
        teacher.call(MON, *(missing(child) for child in others))
    assert len(many) <= len(three)


def test_marked_at_is_kept_and_never_later_than_the_arrival(teacher: Caller, hua: Child) -> None:
    early = teacher.call(THU, marked_at=at(THU, 7, 40)).submission
    late = teacher.call(FRI, marked_at=at(MON)).submission
    assert (early.marked_at, late.marked_at) == (at(THU, 7, 40), at(FRI))


def test_the_spell_follows_the_roll(teacher: Caller, hua: Child) -> None:
    teacher.call(WED)
    teacher.call(THU, missing(hua))
    assert spells(hua) == [(THU, None, 2)]
    teacher.call(FRI, missing(hua, "unreachable"))
    assert spells(hua) == [(THU, None, 4)]
    teacher.call(MON)
    assert spells(hua) == [(THU, MON, 4)]
    assert AbsenceSpell.objects.get().last_present_on == WED


def test_not_called_is_not_present(teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    teacher.call(MON, missing(hua))
    assert spells(hua) == [(THU, None, 4)]


def test_leave_breaks_a_spell_and_its_end_begins_another(teacher: Caller, hua: Child) -> None:
    teacher.call(WED, missing(hua))
    teacher.call(THU, missing(hua, "sick", FRI))
    teacher.call(FRI, missing(hua, "sick", FRI))
    teacher.call(MON, missing(hua))
    assert spells(hua) == [(WED, THU, 2), (MON, None, 2)]


def test_a_friday_and_the_next_monday_are_in_a_row(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.call(MON, missing(hua))
    teacher.call(TUE)
    assert spells(hua) == [(FRI, TUE, 4)]


def test_a_submission_number_is_the_browser_s_own(teacher: Caller, hua: Child) -> None:
    number = uuid4()
    assert teacher.call(FRI, client_uuid=number).submission.client_uuid == number
