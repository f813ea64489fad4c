"""L2 as page and workbook: its columns, what each reader finds in them, and who is not on it."""

import re
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from cases.watch.actions import note_support, take_off
from foundation.accounts.models import AuditEvent
from students.roster.models import Child
from students.roster.pupils.acts.pupils import put_guardian
from students.roster.rules.ids import invent
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.doers import doing
from tests.watch.help import FRI, Roll, at, back, listed, open_case, origin_of

pytestmark = pytest.mark.django_db
# domain 5.1, L2
HEADINGS = [
    "序号",
    "学校",
    "年级",
    "班级",
    "姓名",
    "性别",
    "民族",
    "身份证号",
    "学籍号",
    "户籍村",
    "监护人/电话",
    "风险类型",
    "风险表现",
    "近30日缺勤次数",
    "帮扶责任人",
    "帮扶措施",
    "帮扶记录次数",
    "现状",
    "列入日期",
    "移出日期/原因",
]
PURPOSE = "报县教育局备查"


@pytest.fixture
def on_it(cast: Cast, ming: Child, roll: Roll, clock_on: Any) -> Child:
    """小明 stands on the ledger, missed three days and was helped once."""
    clock_on(FRI)
    ming.id_no = invent(date(2012, 5, 6), 7, "1")
    ming.sex, ming.registry_no = "1", f"G{ming.id_no}"
    ming.save()
    put_guardian(ming, 1, name="张父", phone="13900001234")
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 40)))
    roll.called(FRI)
    entry = listed(cast, ming, "left_behind", "absence")
    by, viewer = origin_of("registrar", cast), cast.viewer("registrar", FRI)
    note_support(doing(viewer, by, now=at(FRI)), entry, FRI, "谈心")
    return ming


def test_the_page_has_the_columns_of_the_form(cast: Cast, on_it: Child) -> None:
    words = _page(cast, "registrar")
    for heading in HEADINGS:
        assert re.search(f'<th scope="col"[^>]*>{heading}</th>', words)


def test_a_row_tells_what_the_form_asks(cast: Cast, on_it: Child) -> None:
    row = _row(_book(cast, "registrar"), 5)
    told = dict(zip(HEADINGS, row, strict=True))
    assert told["年级"] == "八年级"
    assert told["班级"] == "2班"
    assert told["姓名"] == "张小明"
    assert told["监护人/电话"] == "张父 139****1234"
    assert told["风险类型"] == "留守、缺勤较多"
    assert told["近30日缺勤次数"] == "2"
    assert told["帮扶责任人"] == "class_teacher甲"
    assert told["帮扶记录次数"] == "1"
    assert told["现状"] == "在校"
    assert told["列入日期"] == "2025-12-12"


def test_numbers_are_masked_in_the_workbook(cast: Cast, on_it: Child) -> None:
    cells = [str(cell) for row in _book(cast, "county_desk") for cell in row if cell]
    assert not any(on_it.id_no[6:14] in cell or "13900001234" in cell for cell in cells)
    assert any("****" in cell for cell in cells)


def test_the_workbook_asks_for_its_purpose_and_notes_it(cast: Cast, on_it: Child) -> None:
    client = client_of(cast.person("registrar"))
    assert "请写明用途。" in page(client.post(reverse("watch:book"), {}), 422)
    _book(cast, "registrar")
    row = AuditEvent.objects.get(verb="export_watch")
    assert (row.reason, row.children) == (PURPOSE, [on_it.pk])


def test_the_workbook_carries_title_unit_purpose_and_signatures(cast: Cast, on_it: Child) -> None:
    rows = _book(cast, "registrar")
    text = "\n".join(str(cell) for row in rows for cell in row if cell)
    assert rows[0][0] == "有辍学倾向（重点关注）学生台账"
    for words in ("东镇中学", PURPOSE, "填表人：", "审核人：", "校长（签字）：", "（公章）"):
        assert words in text


def test_who_sees_no_groups_reads_neither_risk_nor_words(cast: Cast, on_it: Child) -> None:
    words = _page(cast, "central_school")
    assert "张小明" in words
    assert "缺勤较多" in words
    for secret in ("留守", "每周一缺勤", "每周谈心一次"):
        assert secret not in words


def test_a_supervisor_reads_masked_names(cast: Cast, on_it: Child) -> None:
    words = _page(cast, "supervisor")
    assert "张**" in words
    assert "张小明" not in words
    assert "张父" not in words


def test_who_sees_no_groups_cannot_ask_for_a_risk(cast: Cast, on_it: Child) -> None:
    assert "张小明" in _page(cast, "registrar", risk="left_behind")
    assert "张小明" not in _page(cast, "central_school", risk="left_behind")
    assert "张小明" in _page(cast, "central_school", risk="absence")


def test_the_next_school_reads_nothing_of_it(cast: Cast, on_it: Child) -> None:
    words = page(client_of(cast.person("registrar", there=True)).get(reverse("watch:ledger")))
    assert "张小明" not in words
    assert "台账上没有学生" in words


def test_who_was_taken_off_is_found_among_the_former(cast: Cast, on_it: Child) -> None:
    by, viewer = origin_of("registrar", cast), cast.viewer("registrar", FRI)
    entry: Any = on_it.watch_entries.get()
    take_off(doing(viewer, by, now=at(FRI)), entry, FRI, "better", "全勤一月")
    assert "张小明" not in _page(cast, "registrar")
    words = _page(cast, "registrar", state="ended")
    assert "2025-12-12 风险消除" in words


def test_a_child_that_stays_away_is_said_to(cast: Cast, on_it: Child, roll: Roll) -> None:
    roll.missed(on_it, FRI)
    spell = on_it.spells.create(
        school_class=cast.here.school_class, started_on=FRI, last_missed_on=FRI, halves=2
    )
    assert "连续无故缺勤1天" in _page(cast, "registrar")
    spell.ended_on = FRI
    spell.save()
    assert "连续无故缺勤1天" not in _page(cast, "registrar")


def test_the_page_names_how_many_are_warned_and_not_on_it(
    cast: Cast, on_it: Child, hong: Child, roll: Roll, night: Callable[..., None]
) -> None:
    for child in (hong, on_it):
        roll.missed(child, *(back(cast, n) for n in (2, 3, 4)))
    night()
    words = _page(cast, "registrar")
    assert "尚未列入本台账的学生 1 人" in words
    assert f"{reverse('watch:warnings')}?listed=no" in words


def test_a_child_with_a_case_is_said_to_have_one_and_is_not_counted_as_missing(
    cast: Cast, on_it: Child, hong: Child, roll: Roll, night: Callable[..., None]
) -> None:
    open_case(cast, on_it)
    open_case(cast, hong)
    roll.missed(hong, *(back(cast, n) for n in (2, 3, 4)))
    night()
    words = _page(cast, "registrar")
    assert "已立案（已报告）" in words
    assert "尚未列入本台账" not in words


def test_more_entries_cost_no_more_queries(cast: Cast, on_it: Child, count_queries: Any) -> None:
    client = client_of(cast.person("county_desk"))

    def asked() -> int:
        with count_queries(connection) as seen:
            page(client.get(reverse("watch:ledger")))
        return len(seen)

    first = asked()
    for n in range(8):
        listed(cast, make_child(cast.here, f"王小{n}"))
    assert asked() == first


def test_reading_the_ledger_is_noted(cast: Cast, on_it: Child) -> None:
    _page(cast, "county_desk")
    assert AuditEvent.objects.get(verb="list_watch").children == [on_it.pk]


def _page(cast: Cast, role: str, **asked: str) -> str:
    return page(client_of(cast.person(role)).get(reverse("watch:ledger"), asked))


def _book(cast: Cast, role: str) -> list[tuple[Any, ...]]:
    answer = client_of(cast.person(role)).post(reverse("watch:book"), {"purpose": PURPOSE})
    assert answer.status_code == 200
    sheet: Any = load_workbook(BytesIO(answer.content)).active
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def _row(rows: list[tuple[Any, ...]], number: int) -> tuple[Any, ...]:
    assert [cell for cell in rows[3] if cell] == HEADINGS
    return rows[number - 1][: len(HEADINGS)]
