"""撤销: a submission just sent is taken back, and the class is 未点名 as if it had not been."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from foundation.accounts.models import AuditEvent
from students.attendance.actions import remind_uncalled
from students.attendance.actions.checks import TAKE_BACK_WITHIN
from students.attendance.models import Absence, AbsenceSpell, RollCall, Submission
from students.attendance.mornings.evenings import evening_rows
from students.attendance.mornings.rates import SCHOOL, rates_of
from students.attendance.mornings.school import morning_of
from students.attendance.rolls.entries import RollConflict, RollRefused
from students.attendance.rolls.facts import facts_of, last_present_before
from students.attendance.rolls.morning import class_morning
from students.attendance.rolls.states import CHANGED, SUBMITTED, UNCALLED, state_of
from students.attendance.rules.figures import DAY, Rate, period_of
from students.attendance.slips.owing import slips_owed
from students.roster.areas import schools_in_area
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, TUE, WED, Caller, at, missing, spells
from tests.cast import Cast, make_child

SUN = date(2025, 9, 14)
SECOND = timedelta(seconds=1)


def state(cast: Cast, day: date = FRI) -> str:
    """What a list of classes says of ours."""
    school_class = cast.here.school_class
    return state_of([school_class], day)[school_class.pk].state


def rate(cast: Cast, day: date = FRI) -> Rate:
    """What the rates say of the day."""
    schools = list(schools_in_area(cast.viewer("central_school")))
    return rates_of(schools, cast.county.pk, period_of(DAY, day, day), SCHOOL).total


# --- as if it had not been ---------------------------------------------------------------------


def test_the_class_is_uncalled_and_not_full(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    teacher.take_back(FRI)
    assert state(cast) == UNCALLED
    assert not state_of([cast.here.school_class], FRI)[cast.here.school_class.pk].is_called
    assert rate(cast) == Rate(1, 0, 0)


def test_the_school_s_morning_asks_for_it_again(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    morning = morning_of(cast.here.school, FRI, at(FRI, 11), at(FRI, 10).time())
    assert [row.is_late for row in morning.uncalled] == [True]
    assert (morning.total.uncalled, morning.total.expected) == (1, 3)


def test_who_has_not_called_by_the_cutoff_is_told(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    teacher.take_back(FRI)
    assert remind_uncalled(FRI, at(FRI, 11)) > 0


def test_the_day_has_no_fact_for_who_was_there_or_missing(
    teacher: Caller, ming: Child, hua: Child
) -> None:
    teacher.call(THU)
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    facts = facts_of([ming.pk, hua.pk], THU, FRI)
    assert [[fact.day for fact in facts[child.pk]] for child in (ming, hua)] == [[THU], [THU]]
    assert last_present_before([ming.pk], MON) == {ming.pk: THU}


def test_the_marks_end_and_stay_readable(teacher: Caller, hua: Child, ming: Child) -> None:
    teacher.call(FRI, missing(hua), missing(ming, "sick", FRI))
    result = teacher.take_back(FRI)
    assert not Absence.objects.standing().exists()
    assert set(Absence.objects.values_list("since_version", "until_version")) == {(1, 2)}
    rows = Submission.objects.values_list("version", "takes_back", "recorded_at")
    assert list(rows) == [(1, False, at(FRI)), (2, True, at(FRI))]
    assert (result.roll_call.absent, result.roll_call.is_taken_back) == (0, True)


def test_a_spell_it_began_is_void(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    assert spells(hua) == []
    assert AbsenceSpell.objects.get().is_void


def test_a_spell_it_lengthened_or_ended_is_as_before(
    teacher: Caller, ming: Child, hua: Child
) -> None:
    teacher.call(THU, missing(hua), missing(ming))
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    assert spells(hua) == spells(ming) == [(THU, None, 2)]


def test_a_leave_that_it_broke_in_two_goes_on(desk: Caller, hua: Child) -> None:
    for day in (WED, THU, MON):
        desk.call(day, missing(hua, "sick", MON), today=MON, reason="补点")
    desk.call(TUE, missing(hua, "sick", TUE))
    assert spells(hua) == [(TUE, None, 2)]
    desk.call(FRI, today=TUE, reason="补点")
    assert spells(hua) == []
    desk.take_back(FRI, at(TUE))
    assert spells(hua) == [(TUE, None, 2)]


def test_a_slip_it_made_owed_is_not(cast: Cast, teacher: Caller, hua: Child) -> None:
    for day in (WED, THU, FRI, MON):
        teacher.call(day, missing(hua, "sick", MON))
    assert slips_owed([cast.here.school_class.pk], MON)
    teacher.take_back(MON)
    assert not slips_owed([cast.here.school_class.pk], MON)


def test_the_next_page_tells_of_the_roll_before_it(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    teacher.call(FRI)
    teacher.take_back(FRI)
    morning = class_morning(cast.here.school_class, MON, "d")
    assert morning.carried[hua.pk].words == "9月11日未到：无故未到"


def test_the_evening_of_boarders_is_open_again(cast: Cast, teacher: Caller, hua: Child) -> None:
    Child.objects.filter(pk=hua.pk).update(boards=True)
    teacher.call(SUN, missing(hua), session="ev")
    teacher.take_back(SUN, session="ev")
    row = evening_rows([cast.here.school_class], SUN)[0]
    assert (row.state.state, row.missing) == (UNCALLED, ())
    assert hua.pk not in class_morning(cast.here.school_class, MON, "d").carried


def test_a_half_day_is_taken_back_by_itself(cast: Cast, teacher: Caller, hua: Child) -> None:
    cast.here.school.marks_half_days = True
    cast.here.school.save()
    cast.here.school_class.school.refresh_from_db()
    teacher.call(FRI, missing(hua), session="am")
    teacher.call(FRI, missing(hua), session="pm")
    teacher.take_back(FRI, session="pm")
    sessions = state_of([cast.here.school_class], FRI)[cast.here.school_class.pk].sessions
    assert [one.state for one in sessions] == [SUBMITTED, UNCALLED]
    assert spells(hua) == [(FRI, None, 1)]


def test_a_whole_day_taken_back_may_be_called_by_halves(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    teacher.take_back(FRI)
    cast.here.school_class.school.marks_half_days = True
    cast.here.school_class.school.save()
    assert teacher.call(FRI, session="am").roll_call.version == 1


# --- called again ------------------------------------------------------------------------------


def test_the_second_submission_is_a_first_one(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    row = teacher.call(FRI).roll_call
    assert state(cast) == SUBMITTED
    assert (row.version, row.first_version, row.is_taken_back) == (3, 3, False)
    assert [event.verb for event in AuditEvent.objects.order_by("pk")] == [
        "call_roll",
        "take_back_roll",
        "call_roll",
    ]
    teacher.call(FRI, missing(hua))
    assert state(cast) == CHANGED


def test_it_counts_from_when_it_was_called_again(cast: Cast, teacher: Caller, hua: Child) -> None:
    RollCall.objects.filter(pk=teacher.call(FRI).roll_call.pk).update(
        first_called_at=at(FRI, 7) - timedelta(days=1)
    )
    teacher.take_back(FRI)
    assert teacher.call(FRI).roll_call.first_called_at == at(FRI)
    assert rate(cast) == Rate(1, 1, 0)


def test_the_same_child_marked_again_is_a_new_mark(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    teacher.call(FRI, missing(hua))
    rows = Absence.objects.order_by("pk").values_list("since_version", "until_version")
    assert list(rows) == [(1, 2), (3, None)]
    assert spells(hua) == [(FRI, None, 2)]


def test_somebody_else_calls_it_without_a_reason(
    cast: Cast, teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    teacher.take_back(FRI)
    desk.call(FRI, missing(hua))
    assert state(cast) == SUBMITTED


def test_taken_back_and_called_again_it_may_be_taken_back_again(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    for _ in range(2):
        teacher.call(FRI, missing(hua))
        teacher.take_back(FRI)
    assert state(cast) == UNCALLED
    assert Submission.objects.count() == 4


def test_a_page_from_before_is_shown_that_it_was_taken_back(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    for seen in (0, 1):
        with pytest.raises(RollConflict) as told:
            teacher.call(FRI, seen_version=seen)
        assert (told.value.roll_call, told.value.marks) == (None, ())
        assert told.value.is_taken_back


def test_what_was_taken_back_does_not_come_back_by_being_sent_again(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    with pytest.raises(RollConflict):
        teacher.call(FRI, missing(hua), client_uuid=teacher.sent[0], seen_version=0)
    assert state(cast) == UNCALLED


# --- who, what and when ------------------------------------------------------------------------


def test_the_audit_names_the_children_who_were_marked(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    teacher.take_back(FRI)
    row = AuditEvent.objects.get(verb="take_back_roll")
    assert (row.children, row.details["version"]) == ([hua.pk], 2)


def test_the_same_number_twice_takes_back_once(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    first = teacher.take_back(FRI)
    again = teacher.take_back(FRI, client_uuid=teacher.sent[1], seen_version=1)
    assert again.repeated
    assert (again.submission, again.touched) == (first.submission, frozenset())
    assert Submission.objects.count() == AuditEvent.objects.count() == 2


def test_a_repeat_does_not_reach_what_was_called_since(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    teacher.take_back(FRI)
    teacher.call(FRI)
    assert teacher.take_back(FRI, client_uuid=teacher.sent[1], seen_version=1).repeated
    assert state(cast) == SUBMITTED


def test_the_number_of_a_submission_is_none_of_a_taking_back(teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    with pytest.raises(RollRefused, match="编号重复"):
        teacher.take_back(FRI, client_uuid=teacher.sent[0])
    teacher.take_back(FRI)
    with pytest.raises(RollRefused, match="编号重复"):
        teacher.call(FRI, client_uuid=teacher.sent[-1])


@pytest.mark.parametrize("late", [TAKE_BACK_WITHIN - SECOND, TAKE_BACK_WITHIN])
def test_it_is_taken_back_within_the_time(
    cast: Cast, teacher: Caller, hua: Child, late: timedelta
) -> None:
    teacher.call(FRI)
    teacher.take_back(FRI, at(FRI) + late)
    assert state(cast) == UNCALLED


def test_a_second_later_it_stands_and_is_changed_instead(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    with pytest.raises(RollRefused, match="提交已超过60秒，不能撤销。有错请按“修改”改正"):
        teacher.take_back(FRI, at(FRI) + TAKE_BACK_WITHIN + SECOND)
    assert state(cast) == SUBMITTED


def test_the_time_runs_from_the_arrival_of_a_roll_that_waited_for_a_network(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI, marked_at=at(FRI, 6, 30))
    teacher.take_back(FRI, at(FRI) + SECOND)
    assert state(cast) == UNCALLED


def test_a_change_is_not_taken_back(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI)
    teacher.call(FRI, missing(hua))
    with pytest.raises(RollRefused, match="是对点名的修改，不能撤销"):
        teacher.take_back(FRI)
    assert state(cast) == CHANGED


def test_what_somebody_else_sent_is_not_taken_back(
    cast: Cast, teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    with pytest.raises(RollRefused, match="由别人提交，不能撤销"):
        desk.take_back(FRI)
    assert state(cast) == SUBMITTED


def test_a_page_that_somebody_overtook_takes_nothing_back(
    cast: Cast, teacher: Caller, desk: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    desk.call(FRI, missing(hua), reason="学生请假")
    with pytest.raises(RollRefused, match="又有新的提交"):
        teacher.take_back(FRI, seen_version=1)
    assert state(cast) == CHANGED


def test_what_was_not_sent_or_is_taken_back_already_needs_no_taking_back(
    teacher: Caller, hua: Child
) -> None:
    with pytest.raises(RollRefused, match="不需要撤销"):
        teacher.take_back(FRI)
    teacher.call(FRI)
    teacher.take_back(FRI)
    with pytest.raises(RollRefused, match="不需要撤销"):
        teacher.take_back(FRI)


def test_a_class_that_is_not_mine_is_denied(cast: Cast, teacher: Caller, hua: Child) -> None:
    make_child(cast.there)
    teacher.call(FRI)
    with pytest.raises(PermissionDenied):
        Caller(cast, there=True).take_back(FRI, school_class=cast.here.school_class)


def test_a_number_of_another_class_is_refused(cast: Cast, teacher: Caller, hua: Child) -> None:
    make_child(cast.there)
    other, number = Caller(cast, there=True), uuid4()
    other.call(FRI, school_class=cast.there.school_class)
    other.take_back(FRI, school_class=cast.there.school_class, client_uuid=number)
    teacher.call(FRI)
    with pytest.raises(RollRefused, match="编号重复"):
        teacher.take_back(FRI, client_uuid=number)
