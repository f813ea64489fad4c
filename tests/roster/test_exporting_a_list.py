"""Taking a list out: a purpose first, the columns and rows seen, a mark of who took it (S25)."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.utils import timezone

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent, Post
from foundation.jobs.models import Job
from students.roster import tasks
from students.roster.groups.actions import GroupEntry, enter_groups
from students.roster.lists.actions import ExportOrder, forget_exports, hand_out, order_export
from students.roster.models import Child, ExportPart, RosterExport
from students.roster.rules.ids import invent
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.doers import doing

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
NOW = datetime(2025, 9, 12, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
ID = invent(date(2012, 5, 6), 7, "1")
PURPOSE = "报县教育局学籍核对"
ONE_SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: NOW.date())
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def child(cast: Cast) -> Child:
    guardians = ({"name": "张大明", "phone": "13900001234", "relation": "父亲"},)
    return make_child(cast.here, id_no=ID, registry_no=f"G{ID}", sex="1", guardians=guardians)


def take(cast: Cast, path: str = "pupils/", role: str = "registrar", **data: Any) -> Any:
    data = {"purpose": PURPOSE, **data}
    return client_of(cast.person(role)).post(f"/roster/export/{path}", data)


def sheet_of(answer: Any) -> Any:
    assert answer.status_code == 200, answer.content.decode()[:500]
    return openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]


def rows_of(answer: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet_of(answer).iter_rows(min_row=5)]


def test_the_columns_are_those_seen(cast: Cast, child: Child):
    seen = client_of(cast.person("registrar")).get("/roster/").context["table"]
    headings = [str(column.header) for column in seen.columns]
    assert [cell.value for cell in sheet_of(take(cast))[4]] == ["序号", *headings]


def test_numbers_are_masked_unless_asked_for_in_full(cast: Cast, child: Child):
    masked = rows_of(take(cast))[0]
    assert masked[:2] == [1, "张小明"]
    assert f"5309**********{ID[-4:]}" in masked
    assert not any(ID in str(value) for value in masked)
    full = rows_of(take(cast, with_numbers="on"))[0]
    assert ID in full
    assert f"G{ID}" in full
    assert not any("13900001234" in str(value) for value in full)


def test_the_mark_tells_who_when_what_for_and_under_which_number(cast: Cast, child: Child):
    answer = take(cast)
    export = RosterExport.objects.get()
    mark = sheet_of(answer).cell(3, 1).value
    for words in (
        "registrar甲（东镇中学 学籍管理员）",
        "2025年9月12日 10:20",
        PURPOSE,
        f"导出编号：{export.pk}",
    ):
        assert words in mark


def test_the_file_is_named_by_unit_list_and_day(cast: Cast, child: Child):
    named = unquote(take(cast)["Content-Disposition"])
    assert "东镇中学_学生名册_20250912.xlsx" in named


def test_the_audit_leads_from_the_number_to_person_purpose_and_children(cast, child):
    take(cast, with_numbers="on")
    event = AuditEvent.objects.get(verb="export_roster")
    assert event.object_id == RosterExport.objects.get().pk
    assert event.person == cast.person("registrar")
    assert (event.children, event.row_count, event.reason) == ([child.pk], 1, PURPOSE)
    assert event.details["numbers"] is True


@pytest.mark.parametrize("purpose", ["", "核对", "   "])
def test_without_a_purpose_nothing_is_taken_out(cast: Cast, child: Child, purpose: str):
    answer = take(cast, purpose=purpose)
    assert answer.status_code == 422
    assert not RosterExport.objects.exists()


def test_the_filters_and_the_order_of_the_address_hold(cast: Cast, child: Child):
    make_child(cast.here, "李四光", sex="2")
    make_child(cast.here, "王五", sex="2")
    assert [row[1] for row in rows_of(take(cast))] == ["李四光", "王五", "张小明"]
    assert [row[1] for row in rows_of(take(cast, "pupils/?sort=-name"))] == [
        "张小明",
        "王五",
        "李四光",
    ]
    assert [row[1] for row in rows_of(take(cast, "pupils/?sex=2"))] == ["李四光", "王五"]
    assert RosterExport.objects.latest("pk").asked == {"sex": "2"}


def test_a_filter_without_pupils_is_refused_in_words(cast: Cast, child: Child):
    assert "没有符合条件的学生，无需导出" in page(take(cast, "pupils/?sex=2"), 422)


def test_all_rows_are_in_it_not_one_page(cast: Cast):
    for number in range(25):
        make_child(cast.here, f"生{number:02d}")
    assert len(rows_of(take(cast))) == 25


def test_nobody_of_another_school_is_in_it(cast: Cast, child: Child):
    make_child(cast.there, "李外人")
    assert [row[1] for row in rows_of(take(cast))] == ["张小明"]
    assert {row[1] for row in rows_of(take(cast, role="county_desk"))} == {"张小明", "李外人"}


@pytest.mark.parametrize("role", ["class_teacher", "central_school", "supervisor"])
def test_who_only_reads_takes_nothing_out(cast: Cast, child: Child, role: str):
    assert take(cast, role=role).status_code == 403
    assert "/roster/export/" not in page(client_of(cast.person(role)).get("/roster/"))


def test_the_ledger_of_special_groups_has_its_signatures(cast: Cast, child: Child):
    entry = GroupEntry(("orphan", "dibao_rural"), date(2025, 9, 1), note="二级")
    enter_groups(doing(cast.viewer("registrar"), Origin(), today=NOW.date()), child, entry)
    answer = take(cast, "groups/")
    first, signed = rows_of(answer)[:2]
    assert "孤儿" in "".join(map(str, first))
    assert "填表人（签名）：" in signed
    assert sheet_of(answer).cell(1, 1).value == "特殊群体学生台账"


def test_the_list_of_pupils_says_nothing_of_groups(cast: Cast, child: Child):
    entry = GroupEntry(("orphan",), date(2025, 9, 1))
    enter_groups(doing(cast.viewer("registrar"), Origin(), today=NOW.date()), child, entry)
    assert "孤儿" not in str(rows_of(take(cast, "pupils/?group=orphan")))


# --- large lists ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("bound", "waits"), [(1, True), (2, False), (3, False)])
def test_more_rows_than_the_bound_run_in_the_background(cast, child, monkeypatch, bound, waits):
    make_child(cast.here, "李四光")
    monkeypatch.setattr("students.roster.lists.actions.AT_ONCE", bound)
    answer = take(cast)
    assert (answer.status_code == 302) is waits
    assert Job.objects.exists() is waits


def kept_export(cast: Cast) -> RosterExport:
    """A large list, ordered and written by the worker."""
    viewer = cast.viewer("registrar")
    order = ExportOrder("pupils", "学生名册", {}, PURPOSE, False, 2_001)
    export = order_export(doing(viewer, Origin(), now=NOW), order)
    assert export.job is not None
    tasks.write_export(export.job.pk)
    return RosterExport.objects.select_related("job").get(pk=export.pk)


def test_a_large_list_is_sealed_and_fetched_by_who_asked(cast: Cast, child: Child):
    export = kept_export(cast)
    assert export.job is not None
    assert (export.job.state, export.job.result_url) == (
        Job.DONE,
        f"/roster/exports/{export.pk}/",
    )
    assert "PK" not in ExportPart.objects.get().content_sealed[:10]
    client = client_of(cast.person("registrar"))
    assert "东镇中学_学生名册_20250912.xlsx" in page(client.get(f"/roster/exports/{export.pk}/"))
    rows = rows_of(client.post(f"/roster/exports/{export.pk}/"))
    assert rows[0][1] == "张小明"
    assert AuditEvent.objects.get(verb="export_roster").children == [child.pk]
    assert AuditEvent.objects.filter(verb="download_export").count() == 1
    other = client_of(cast.person("head_teacher"))
    assert other.get(f"/roster/exports/{export.pk}/").status_code == 404


def test_the_worker_takes_out_what_the_person_may_read_when_it_runs(cast: Cast, child: Child):
    viewer = cast.viewer("registrar")
    order = ExportOrder("pupils", "学生名册", {}, PURPOSE, False, 2_001)
    export = order_export(doing(viewer, Origin(), now=NOW), order)
    assert export.job is not None
    Post.objects.filter(person=cast.person("registrar")).update(ends_on=date(2025, 9, 11))
    tasks.write_export(export.job.pk)
    export.job.refresh_from_db()
    assert export.job.state == Job.FAILED
    assert "没有导出这份名册的权限" in export.job.problem
    assert not ExportPart.objects.exists()


@pytest.mark.parametrize(
    ("after", "open_still"),
    [
        (timedelta(hours=24) - ONE_SECOND, True),
        (timedelta(hours=24), False),
        (timedelta(hours=24) + ONE_SECOND, False),
    ],
)
def test_a_file_is_there_for_a_day(cast: Cast, child: Child, after: timedelta, open_still: bool):
    export = kept_export(cast)
    viewer = cast.viewer("registrar")
    assert forget_exports(NOW + after) == (0 if open_still else 1)
    if open_still:
        assert hand_out(doing(viewer, Origin(), now=NOW + after), export.pk)
    else:
        with pytest.raises(Refused, match="已过有效期"):
            hand_out(doing(viewer, Origin(), now=NOW + after), export.pk)
        assert ExportPart.objects.get().content_sealed == ""


def test_a_file_is_fetched_three_times_and_no_more(cast: Cast, child: Child):
    export = kept_export(cast)
    viewer = cast.viewer("registrar")
    for _ in range(3):
        hand_out(doing(viewer, Origin(), now=NOW), export.pk)
    with pytest.raises(Refused, match="已达下载次数"):
        hand_out(doing(viewer, Origin(), now=NOW), export.pk)


def test_a_file_that_is_not_made_yet_is_said_to_be_missing(cast: Cast, child: Child):
    order = ExportOrder("pupils", "学生名册", {}, PURPOSE, False, 2_001)
    export = order_export(doing(cast.viewer("registrar"), Origin(), now=NOW), order)
    answer = client_of(cast.person("registrar")).post(f"/roster/exports/{export.pk}/")
    assert "文件还没有生成" in page(answer, 422)
    assert timezone.localtime(export.expires_at) == NOW + timedelta(hours=24)
