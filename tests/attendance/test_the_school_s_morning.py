"""今日到校: the classes not called by P0 first, the figures by grade and class, who is away."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.accounts.parameters import defaults
from students.attendance.actions import record_slip
from students.attendance.models import Absence
from students.attendance.mornings.school import Morning, morning_of
from students.attendance.rolls.entries import SlipEntry
from students.roster.models import Child, School
from students.roster.pupils.acts.pupils import assign_class
from tests.attendance.help import FRI, MON, THU, WED, Caller, at, missing, spells
from tests.attendance.mornings import add_pupil, open_class
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.doers import doing

TEN = defaults().cutoff


def morning(cast: Cast, hour: int = 9, minute: int = 0, session: str = "") -> Morning:
    """Our school on Friday at an hour."""
    return morning_of(cast.here.school, FRI, at(FRI, hour, minute), TEN, session)


def address(cast: Cast, query: str = "") -> str:
    return f"/mornings/schools/{cast.here.school.pk}/{query}"


def test_a_morning_without_a_roll_knows_only_who_is_expected(cast: Cast, hua: Child) -> None:
    total = morning(cast).total
    assert (total.expected, total.unknown, total.present, total.uncalled) == (3, 3, 0, 1)


def test_a_called_class_counts_each_kind(
    cast: Cast, teacher: Caller, ming: Child, hong: Child, hua: Child
) -> None:
    teacher.call(FRI, missing(ming), missing(hong, "sick", FRI))
    total = morning(cast).total
    assert (total.expected, total.present, total.unexcused, total.sick) == (3, 1, 1, 1)
    assert (total.unknown, total.uncalled) == (0, 0)


def test_a_correction_counts_and_what_it_replaced_does_not(
    cast: Cast, teacher: Caller, ming: Child, hua: Child
) -> None:
    teacher.call(FRI, missing(ming))
    teacher.call(FRI, missing(ming, "personal", FRI))
    total = morning(cast).total
    assert (total.unexcused, total.personal, total.present) == (0, 1, 2)


@pytest.mark.parametrize(
    ("day", "sick", "unexcused"), [(THU, 1, 0), (FRI, 1, 0), (MON, 0, 1)], ids=str
)
def test_a_leave_counts_as_unexcused_from_the_day_after_it_ends(
    cast: Cast, teacher: Caller, ming: Child, day: date, sick: int, unexcused: int
) -> None:
    for called in (THU, FRI, MON):
        teacher.call(called, missing(ming, "sick", max(FRI, called)))
    Absence.objects.filter(day=MON).update(leave_until=FRI)
    total = morning_of(cast.here.school, day, at(day, 9), TEN).total
    assert (total.sick, total.unexcused) == (sick, unexcused)


@pytest.mark.parametrize(
    ("day", "sick", "unexcused"), [(FRI, 1, 0), (MON, 0, 1)], ids=["third", "fourth"]
)
def test_a_leave_past_three_school_days_counts_as_the_spell_does(
    cast: Cast, teacher: Caller, ming: Child, day: date, sick: int, unexcused: int
) -> None:
    for called in (WED, THU, FRI, MON):
        teacher.call(called, missing(ming, "sick", MON))
    total = morning_of(cast.here.school, day, at(day, 9), TEN).total
    assert (total.sick, total.unexcused) == (sick, unexcused)
    assert spells(ming) == [(MON, None, 2)]


def test_a_slip_keeps_the_fourth_day_a_leave(cast: Cast, teacher: Caller, ming: Child) -> None:
    for called in (WED, THU, FRI, MON):
        teacher.call(called, missing(ming, "sick", MON))
    entry = SlipEntry(ming.pk, "sick", MON, MON, "发烧")
    viewer, post = cast.viewer("class_teacher", MON), cast.post("class_teacher")
    record_slip(doing(viewer, Origin(viewer.person_id, post.pk), today=MON, now=at(MON, 9)), entry)
    total = morning_of(cast.here.school, MON, at(MON, 9), TEN).total
    assert (total.sick, total.unexcused) == (1, 0)
    assert spells(ming) == []


def test_each_half_of_a_day_counts_by_itself(
    cast: Cast, teacher: Caller, ming: Child, hua: Child
) -> None:
    School.objects.filter(pk=cast.here.school.pk).update(marks_half_days=True)
    school_class = type(cast.here.school_class).objects.get(pk=cast.here.school_class.pk)
    for day in (WED, THU, FRI, MON):
        for session in ("am", "pm"):
            marks = [] if (day, session) == (WED, "am") else [missing(ming, "sick", MON)]
            teacher.call(day, *marks, session=session, school_class=school_class)
    shown = [
        morning_of(cast.here.school, MON, at(MON, 20), TEN, session).total
        for session in ("am", "pm")
    ]
    # The sixth half-day of the run, and the seventh.
    assert [(one.sick, one.unexcused) for one in shown] == [(1, 0), (0, 1)]
    assert spells(ming) == [(MON, None, 1)]


def test_a_class_past_the_cutoff_stands_before_one_that_has_time(cast: Cast, hua: Child) -> None:
    other = open_class(cast.here, 3)
    add_pupil(cast.here, other, "赵六")
    assert [row.is_late for row in morning(cast, 10, 0).rows] == [False, False]
    assert [row.is_late for row in morning(cast, 10, 1).rows] == [True, True]


def test_the_uncalled_stand_first_and_a_class_without_pupils_is_not_asked(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    open_class(cast.here, 4)
    found = morning(cast, 11)
    assert [row.name for row in found.rows] == ["八年级3班", "八年级2班", "八年级4班"]
    assert [row.name for row in found.uncalled] == ["八年级3班"]
    assert [row.name for row in found.in_order] == ["八年级2班", "八年级3班", "八年级4班"]


def test_grades_add_their_classes(cast: Cast, teacher: Caller, ming: Child, hua: Child) -> None:
    teacher.call(FRI, missing(ming))
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    add_pupil(cast.here, open_class(cast.here, 1, 2025), "钱七")
    grades = dict(morning(cast).grades)
    assert list(grades) == ["七年级", "八年级"]
    assert (grades["八年级"].expected, grades["八年级"].uncalled) == (4, 1)
    assert grades["八年级"].unexcused == 1


def test_the_afternoon_is_not_late_on_its_day_and_late_on_the_next(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    School.objects.filter(pk=cast.here.school.pk).update(marks_half_days=True)
    cast.here.school.refresh_from_db()
    school_class = type(cast.here.school_class).objects.get(pk=cast.here.school_class.pk)
    teacher.call(FRI, session="am", school_class=school_class)
    assert morning(cast, 11).session == "am"
    assert [row.is_late for row in morning(cast, 23, session="pm").rows] == [False]
    after = morning_of(cast.here.school, FRI, at(MON, 7), TEN, "pm")
    assert [row.is_late for row in after.rows] == [True]


def test_the_page_names_the_class_its_teacher_and_the_cutoff(
    cast: Cast, clock_at, hua: Child
) -> None:
    clock_at(FRI, 11)
    words = page(client_of(cast.person("registrar")).get(address(cast)))
    assert "东镇中学今日到校" in words
    assert "未点名，已过截止" in words
    assert "班主任：class_teacher甲" in words
    assert "点名截止 10:00" in words


def test_any_day_can_be_chosen_and_a_later_one_is_today(
    cast: Cast, clock_at, teacher: Caller, ming: Child
) -> None:
    teacher.call(THU, missing(ming))
    clock_at(FRI)
    client = client_of(cast.person("head_teacher"))
    assert "2025年9月11日" in page(client.get(address(cast, "?day=2025-09-11")))
    assert "2025年9月12日" in page(client.get(address(cast, "?day=2025-09-15")))


def test_on_a_day_off_nothing_is_asked(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI.replace(day=13), 12)
    words = page(client_of(cast.person("registrar")).get(address(cast)))
    assert "9月13日不是上课日（周末）" in words
    assert "催办" not in words


def test_who_is_away_is_named_to_the_school_and_not_to_the_township(
    cast: Cast, clock_at, teacher: Caller, ming: Child
) -> None:
    teacher.call(THU, missing(ming))
    clock_at(FRI, 8)
    assert "张小明" in page(client_of(cast.person("registrar")).get(address(cast)))
    told = page(client_of(cast.person("township_officer")).get(address(cast)))
    assert "张小明" not in told
    assert "张**" in page(client_of(cast.person("supervisor")).get(address(cast)))


def test_a_reading_that_names_children_is_on_record(
    cast: Cast, clock_at, teacher: Caller, ming: Child
) -> None:
    teacher.call(THU, missing(ming))
    clock_at(FRI, 8)
    client_of(cast.person("registrar")).get(address(cast))
    row = AuditEvent.objects.get(verb="read_morning")
    assert row.children == [ming.pk]


def test_who_is_back_is_not_listed(cast: Cast, clock_at, teacher: Caller, ming: Child) -> None:
    teacher.call(THU, missing(ming))
    teacher.call(FRI)
    clock_at(FRI, 12)
    client = client_of(cast.person("registrar"))
    assert "张小明" not in page(client.get(address(cast)))
    assert "张小明" in page(client.get(address(cast, "?day=2025-09-11")))


@pytest.mark.parametrize("role", ["class_teacher", "village_cadre", "administrator"])
def test_who_has_no_unit_below_reads_no_figures(cast: Cast, clock_at, role: str) -> None:
    clock_at(FRI)
    page(client_of(cast.person(role)).get("/mornings/"), 403)


def test_the_workbook_balances_and_holds_no_child(
    cast: Cast, clock_at, teacher: Caller, ming: Child, hong: Child, hua: Child
) -> None:
    teacher.call(FRI, missing(ming), missing(hong, "sick", FRI))
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    clock_at(FRI, 11)
    answer = client_of(cast.person("registrar")).get(address(cast, "?book=1"))
    book = load_workbook(BytesIO(answer.content), data_only=True)
    classes, grades = book["按班级"], book["按年级"]
    assert classes["A1"].value == "学校每日到校情况汇总表"
    heads = [cell.value for cell in classes[4]]
    assert heads[:5] == ["年级", "班级", "班主任", "应到", "实到"]
    total = classes.max_row - 3
    assert [classes[f"{col}{total}"].value for col in "DEFGHIJKL"] == [
        4, 1, 0, 1, 0, 0, 1, 2, 1,
    ]  # fmt: skip
    assert grades["A6"].value == "八年级"
    formulas = load_workbook(BytesIO(answer.content))["按班级"]
    assert formulas[f"D{total}"].value == f"=SUM(D6:D{total - 1})"
    words = {str(cell.value) for sheet in book for row in sheet for cell in row}
    assert not any("张小明" in one or "李小红" in one for one in words)
    assert AuditEvent.objects.filter(verb="export_morning").count() == 1


def test_the_page_s_queries_do_not_grow(cast: Cast, clock_at, hua: Child, count_queries) -> None:
    clock_at(FRI, 11)
    client = client_of(cast.person("registrar"))
    client.get(address(cast))
    with count_queries(connection) as few:
        client.get(address(cast))
    for number in range(10, 20):
        add_pupil(cast.here, open_class(cast.here, number), "赵六")
    assign_class(cast.post("class_teacher"), open_class(cast.here, 21), WED)
    with count_queries(connection) as many:
        client.get(address(cast))
    assert len(many) <= len(few)
