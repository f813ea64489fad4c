"""F02 变动情况日报表: attendance of the roll, changes of the classes' reports, and their roster."""

from collections.abc import Iterator
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from openpyxl import load_workbook

from cases.mornings.daily_report import CHANGES, Daily, daily_of
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from foundation.accounts.parameters import defaults
from students.attendance.mornings.school import morning_of
from students.roster.changes.acts.reports import report_day
from students.roster.changes.entries import Seen
from students.roster.models import ReportLine
from tests.attendance.mornings import add_pupil, open_class
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, OPENED, a_case, at, call_roll
from tests.cast import Cast, make_child
from tests.doers import doing
from tests.reporting.formulas import worked_out


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel("2025-09-12 04:00:00+00:00", tick=False):
        yield


def daily(cast: Cast, role: str = "registrar", class_id: int | None = None) -> Daily:
    """Our school's report of Friday as the role reads it."""
    found = morning_of(cast.here.school, OPENED, at(OPENED, 12), defaults().cutoff)
    return daily_of(found, cast.viewer(role), OPENED, class_id)


def tell(cast: Cast, *seen: Seen) -> None:
    """The class teacher reports Friday's changes."""
    post = cast.post("class_teacher")
    viewer, origin = cast.viewer("class_teacher"), Origin(post.person_id, post.pk)
    class_id = cast.here.school_class.pk
    report_day(doing(viewer, origin, today=OPENED, now=at(OPENED)), class_id, OPENED, seen)


def counts(found: Daily) -> dict[str, int]:
    return dict(zip(CHANGES, found.counts, strict=True))


def test_attendance_and_changes_stand_in_one_line(cast: Cast) -> None:
    ming, hong = make_child(cast.here, "张小明"), make_child(cast.here, "李小红")
    call_roll(cast, OPENED, ming)
    tell(cast, Seen("out", hong.pk, "", "随父母去昆明"), Seen("in", None, "王新来", ""))
    found = daily(cast)
    assert (found.total.expected, found.total.present, found.total.unexcused) == (2, 1, 1)
    assert counts(found) == {"in": 1, "out": 1, "pause": 0, "back": 0, "other": 0, "case": 0}
    assert [(one.name, one.kind, one.result) for one in found.names] == [
        ("李小红", "转出", "待核实"),
        ("王新来", "转入", "待核实"),
    ]


def test_no_change_is_said_and_silence_is_told_of(cast: Cast) -> None:
    make_child(cast.here)
    assert daily(cast).rows[0].words == "未报告"
    assert daily(cast).unreported == 1
    tell(cast)
    assert daily(cast).rows[0].words == "无变动，class_teacher甲 9月12日 09:00"
    assert daily(cast).unreported == 0


def dismiss(words: str) -> None:
    """The desk finds that the only line is no change."""
    line = ReportLine.objects.get()
    line.dismissed = words
    line.save()


def test_what_the_desk_found_to_be_no_change_does_not_count(cast: Cast) -> None:
    child = make_child(cast.here, "张小明")
    tell(cast, Seen("out", child.pk, "", ""))
    dismiss("只是走亲戚")
    found = daily(cast)
    assert counts(found)["out"] == 0
    assert found.names[0].result == "不构成异动：只是走亲戚"


def test_a_case_of_the_day_is_named_and_is_no_dropout(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here, "张小明"))
    found = daily(cast)
    assert counts(found)["case"] == 1
    (named,) = found.names
    assert (named.name, named.kind) == ("张小明", "进入辍学处理程序")
    assert case.number in named.result
    assert "辍学" not in [label for label in CHANGES.values() if label == "辍学"]


def test_a_case_of_the_day_before_is_not_today_s(cast: Cast) -> None:
    a_case(cast, make_child(cast.here), opened_on=FIRST_MISSED, first=FIRST_MISSED.replace(day=10))
    assert counts(daily(cast))["case"] == 0


def test_a_class_has_its_own_and_the_school_all(cast: Cast) -> None:
    make_child(cast.here)
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    assert len(daily(cast).rows) == 2
    assert len(daily(cast, class_id=cast.here.school_class.pk).rows) == 1
    where = f"/mornings/classes/{cast.here.school_class.pk}/{OPENED}/"
    words = page(client_of(cast.person("class_teacher")).get(where))
    assert "八年级2班" in words
    assert "八年级3班" not in words


def test_the_school_s_report_is_not_the_teacher_s_nor_the_township_s(cast: Cast) -> None:
    where = f"/mornings/schools/{cast.here.school.pk}/{OPENED}/"
    for role in ("class_teacher", "township_officer"):
        page(client_of(cast.person(role)).get(where), 403)


def test_names_are_masked_for_who_supervises_and_the_reading_is_on_record(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here, "张小明"))
    where = f"/mornings/schools/{cast.here.school.pk}/{OPENED}/"
    words = page(client_of(cast.person("supervisor")).get(where))
    assert "张小明" not in words
    assert "张**" in words
    assert AuditEvent.objects.get(verb="read_daily").children == [case.child_id]


def test_what_a_teacher_remarks_is_not_for_who_supervises(cast: Cast) -> None:
    tell(cast, Seen("pause", make_child(cast.here).pk, "", "祖母王大妈说住院"))
    dismiss("跟王大妈走亲戚")
    where = f"/mornings/schools/{cast.here.school.pk}/{OPENED}/"
    words = page(client_of(cast.person("supervisor")).get(where))
    assert "不构成异动" in words
    assert "王大妈" not in words
    assert page(client_of(cast.person("registrar")).get(where)).count("王大妈") == 2


def test_the_workbook_has_figures_and_roster(cast: Cast) -> None:
    child = make_child(cast.here, "=cmd()")
    make_child(cast.here, "李小红")
    call_roll(cast, OPENED)
    tell(cast, Seen("pause", child.pk, "", "住院"))
    client = client_of(cast.person("registrar"))
    answer = client.get(f"/mornings/schools/{cast.here.school.pk}/{OPENED}/?book=1")
    book = load_workbook(BytesIO(answer.content))
    figures, names = book["变动情况日报表"], book["变动名册"]
    assert figures["A1"].value == "义务教育阶段学生变动情况日报表"
    heads = {figures.cell(5, n).value: n for n in range(1, figures.max_column + 1)}
    column = figures.cell(7, heads["休学"]).column_letter
    assert worked_out(figures, f"{column}7") == 1
    assert (names["B5"].value, names["B5"].data_type) == ("=cmd()", "s")
    assert names["D5"].value == "休学"


def test_the_report_s_queries_do_not_grow(cast: Cast, count_queries) -> None:
    make_child(cast.here)
    client = client_of(cast.person("registrar"))
    where = f"/mornings/schools/{cast.here.school.pk}/{OPENED}/"
    child = make_child(cast.here, "张小明")
    call_roll(cast, FIRST_MISSED.replace(day=10), child)
    call_roll(cast, OPENED)
    tell(cast, Seen("out", child.pk, "", ""))
    client.get(where)
    with count_queries(connection) as few:
        client.get(where)
    for number in range(10, 18):
        add_pupil(cast.here, open_class(cast.here, number), "赵六")
    a_case(cast, make_child(cast.here, "孙八"))
    with count_queries(connection) as many:
        client.get(where)
    assert len(many) <= len(few)
