"""返校: boarders are checked on the eve of school; it counts nothing, and Monday asks for them."""

from datetime import date

import pytest

from foundation.accounts.models import AuditEvent
from students.attendance.actions import recount
from students.attendance.mornings.evenings import last_evening
from students.attendance.rolls.days import is_return_evening
from students.attendance.rolls.entries import RollRefused
from students.attendance.rolls.facts import facts_of, last_present_before
from students.attendance.rolls.morning import class_morning
from students.calendars.loading import calendar_for
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, Caller, missing, spells
from tests.browsing import client_of
from tests.cast import Cast

SAT, SUN = date(2025, 9, 13), date(2025, 9, 14)


@pytest.fixture
def boarders(ming: Child, hong: Child, hua: Child) -> tuple[Child, Child]:
    """Two of the three board."""
    Child.objects.filter(pk__in=[ming.pk, hua.pk]).update(boards=True)
    return ming, hua


def test_boarders_come_back_on_the_eve_of_a_school_day_that_follows_a_day_off(cast: Cast) -> None:
    calendar = calendar_for(cast.county.pk)
    for day, evening in ((THU, False), (FRI, False), (SAT, False), (SUN, True), (MON, False)):
        assert is_return_evening(calendar, day) is evening
    assert is_return_evening(calendar, date(2025, 10, 8))  # the last day of National Day
    # A worked Sunday (调休) follows a free Saturday.
    assert is_return_evening(calendar, date(2025, 9, 27))


def test_the_last_evening_is_looked_for_over_a_vacation(cast: Cast) -> None:
    calendar = calendar_for(cast.county.pk)
    assert last_evening(calendar, SAT) == date(2025, 9, 7)
    assert last_evening(calendar, SUN) == SUN


def test_only_boarders_are_expected(cast: Cast, teacher: Caller, boarders) -> None:
    result = teacher.call(SUN, session="ev")
    assert result.roll_call.expected == 2
    assert {pupil.id for pupil in class_morning(cast.here.school_class, SUN, "ev").pupils} == {
        child.pk for child in boarders
    }


def test_who_lives_at_home_is_not_marked(teacher: Caller, boarders, hong: Child) -> None:
    with pytest.raises(RollRefused, match="不在本班"):
        teacher.call(SUN, missing(hong), session="ev")


@pytest.mark.parametrize("day", [FRI, SAT])
def test_no_other_evening_is_one(teacher: Caller, boarders, day: date) -> None:
    with pytest.raises(RollRefused, match="不是返校日"):
        teacher.call(day, session="ev")


def test_a_missed_evening_counts_nothing(teacher: Caller, hua: Child, boarders) -> None:
    teacher.call(FRI, missing(hua))
    teacher.call(SUN, missing(hua), session="ev")
    assert spells(hua) == [(FRI, None, 2)]
    assert [fact.day for fact in facts_of([hua.pk], FRI, SUN)[hua.pk]] == [FRI]


def test_being_back_on_the_evening_is_no_day_at_school(
    teacher: Caller, hua: Child, boarders
) -> None:
    teacher.call(THU)
    teacher.call(FRI, missing(hua))
    teacher.call(SUN, session="ev")
    recount([hua.pk], FRI, SUN)
    assert spells(hua) == [(FRI, None, 2)]
    assert last_present_before([hua.pk], MON) == {hua.pk: THU}


def test_who_was_not_back_stands_first_on_monday_beside_who_was_missing_on_friday(
    cast: Cast, teacher: Caller, boarders, ming: Child, hong: Child, hua: Child
) -> None:
    teacher.call(FRI, missing(hong), missing(hua))
    teacher.call(SUN, missing(ming, "unreachable"), missing(hua, "unreachable"), session="ev")
    carried = class_morning(cast.here.school_class, MON, "d").carried
    assert {child: one.words for child, one in carried.items()} == {
        hong.pk: "9月12日未到：无故未到",
        hua.pk: "昨天晚上返校未到：未联系上",
        ming.pk: "昨天晚上返校未到：未联系上",
    }


def test_on_tuesday_the_evening_is_over(cast: Cast, teacher: Caller, hua: Child, boarders) -> None:
    teacher.call(SUN, missing(hua), session="ev")
    teacher.call(MON)
    assert class_morning(cast.here.school_class, date(2025, 9, 16), "d").carried == {}


def test_the_school_sees_the_same_evening_who_is_missing(
    cast: Cast, teacher: Caller, clock_at, hua: Child, boarders
) -> None:
    clock_at(SUN, 20)
    client = client_of(cast.person("registrar"))
    before = client.get("/roll/boarders/").content.decode()
    assert "还有 1 个班没有登记" in before
    teacher.call(SUN, missing(hua, "unreachable"), session="ev")
    after = client.get("/roll/boarders/").content.decode()
    assert "应返校 2 人，未返校 1 人" in after
    assert "王小华（未联系上）" in after
    assert AuditEvent.objects.filter(verb="list_boarders").latest("pk").children == [hua.pk]


def test_the_teacher_is_led_from_a_sunday_to_the_evening_and_enters_it(
    cast: Cast, clock_at, hua: Child, boarders
) -> None:
    clock_at(SUN, 20)
    client, path = client_of(cast.person("class_teacher")), f"/roll/{cast.here.school_class.pk}/"
    closed = client.get(path).content.decode()
    assert f"{path}{SUN}/?session=ev" in closed
    page = client.get(f"{path}{SUN}/?session=ev").content.decode()
    assert "住校生返校" in page
    assert "王小华" in page
    assert "李小红" not in page
    assert "迟到" not in page


def test_a_class_without_boarders_says_so(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(SUN, 20)
    client = client_of(cast.person("class_teacher"))
    page = client.get(f"/roll/{cast.here.school_class.pk}/{SUN}/?session=ev").content.decode()
    assert "没有住校生" in page
