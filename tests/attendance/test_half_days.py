"""Schools that mark morning and afternoon: the third missed half-day is more than one day."""

import pytest

from students.attendance.models import Absence
from students.attendance.rolls.entries import RollRefused
from students.attendance.rolls.states import SUBMITTED, UNCALLED, state_of
from students.roster.models import Child
from tests.attendance.help import FRI, THU, Caller, missing, spells
from tests.attendance.pages import Browser
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _half_days(cast: Cast) -> None:
    cast.here.school.marks_half_days = True
    cast.here.school.save()


def test_each_half_day_is_called_by_itself(teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua), session="am")
    teacher.call(THU, session="pm")
    assert Absence.objects.get().halves == 1
    assert spells(hua) == [(THU, THU, 1)]


def test_three_half_days_in_a_row_are_one_spell(teacher: Caller, hua: Child) -> None:
    teacher.call(THU, session="am")
    for day, session in ((THU, "pm"), (FRI, "am"), (FRI, "pm")):
        teacher.call(day, missing(hua), session=session)
    assert spells(hua) == [(THU, None, 3)]


def test_an_afternoon_without_a_roll_call_adds_nothing(teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua), session="am")
    teacher.call(FRI, missing(hua), session="am")
    assert spells(hua) == [(THU, None, 2)]


def test_an_afternoon_away_between_two_presences_is_a_spell_of_one(
    teacher: Caller, hua: Child
) -> None:
    teacher.call(THU, session="am")
    teacher.call(THU, missing(hua), session="pm")
    teacher.call(FRI, session="am")
    assert spells(hua) == [(THU, FRI, 1)]


def test_a_whole_day_is_refused_where_half_days_are_marked(teacher: Caller, hua: Child) -> None:
    with pytest.raises(RollRefused, match="上午、下午"):
        teacher.call(THU, session="d")


def test_half_days_are_refused_where_whole_days_are_marked(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    cast.here.school.marks_half_days = False
    with pytest.raises(RollRefused, match="全天"):
        teacher.call(THU, session="am")


def test_a_day_called_whole_is_corrected_whole_after_the_school_changed(
    cast: Cast, teacher: Caller, desk: Caller, hua: Child
) -> None:
    cast.here.school.marks_half_days = False
    teacher.call(THU, missing(hua))
    cast.here.school.marks_half_days = True
    assert desk.call(THU, today=FRI, reason="实际到校").roll_call.version == 2


def test_each_session_has_its_state(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(THU, session="am")
    state = state_of([cast.here.school_class], THU)[cast.here.school_class.pk]
    assert [one.state for one in state.sessions] == [SUBMITTED, UNCALLED]


def test_the_page_shows_the_half_day_of_the_hour(clock_at, page: Browser, hua: Child) -> None:
    clock_at(FRI, 11)
    assert 'name="session" value="am"' in page.open().html
    clock_at(FRI, 12)
    assert 'name="session" value="pm"' in page.open().html
    assert 'name="session" value="am"' in page.open("?session=am").html


def test_who_missed_the_morning_is_asked_about_in_the_afternoon(
    clock_at, page: Browser, teacher: Caller, hua: Child
) -> None:
    clock_at(FRI, 14)
    teacher.call(FRI, missing(hua), session="am")
    assert "今天上午未到：无故未到" in page.open().html
