"""操作记录 as a workbook with a purpose; many rows take a second person; a leak is traced."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import AuditEvent
from foundation.jobs.models import Job
from kongchuo.setup.audit import exporting, views
from students.roster.lists.books import BOOKS
from students.roster.models import Child, RosterExport
from students.roster.tasks import write_export
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page, stale_client_of
from tests.cast import Cast, make_child
from tests.setup.audit.test_the_audit_is_searched import did, rows

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
PURPOSE = {"purpose": "年度合规审计留底"}


@pytest.fixture
def child(cast: Cast) -> Child:
    return make_child(cast.here, "张小明")


@pytest.fixture
def auditor(cast: Cast) -> Client:
    return client_of(cast.person("auditor"))


@pytest.fixture
def two_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single row takes a second person."""
    book = BOOKS["audit"]
    monkeypatch.setitem(
        BOOKS,
        "audit",
        type(book)(book.title, book.noun, book.rights, 1, book.write),
    )


def cells(answer: Any) -> list[tuple[Any, ...]]:
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    return list(sheet.values)


def test_the_rows_of_the_page_with_its_masks_and_the_purpose(
    cast: Cast, child: Child, auditor: Client
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    did(cast.post("registrar"), "call_roll", child)
    answer = auditor.post("/audit/export/?what=seen", PURPOSE)
    assert answer.status_code == 200
    told = cells(answer)
    words = str(told)
    assert "class_teacher甲" in words
    assert "registrar甲" not in words
    assert "张**" in words
    assert "张小明" not in words
    assert "年度合规审计留底" in words
    row = AuditEvent.objects.get(verb="export_roster")
    assert (row.children, row.reason) == ([child.pk], PURPOSE["purpose"])
    assert "导出名单" in rows(page(auditor.get(f"/audit/?child={child.pk}&what=taken")))


def test_a_head_s_workbook_holds_his_own_school(cast: Cast, child: Child) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    did(cast.post("class_teacher", there=True), "read_pupil", child)
    words = str(cells(client_of(cast.person("head_teacher")).post("/audit/export/", PURPOSE)))
    assert "东镇中学" in words
    assert "张小明" in words
    assert "西镇中学" not in words


def test_the_page_names_the_conditions_of_the_list(
    cast: Cast, child: Child, auditor: Client
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    address = f"/audit/export/?what=seen&since=2026-11-01&child={child.pk}"
    words = page(auditor.get(address))
    assert "事项：查看；从：2026-11-01；学生：一名学生" in words


def test_an_export_says_what_was_exported(cast: Cast, child: Child, auditor: Client) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    auditor.post("/audit/export/", PURPOSE)
    assert "<td" in rows(page(auditor.get("/audit/?what=taken")))
    assert ">操作记录<" in rows(page(auditor.get("/audit/?what=taken")))


def test_a_purpose_is_asked_for(cast: Cast, child: Child, auditor: Client) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    assert "请写明用途" in page(auditor.post("/audit/export/", {}), 422)
    assert not RosterExport.objects.exists()


def test_who_signed_in_long_ago_proves_who_is_there_and_keeps_the_purpose(
    cast: Cast, child: Child
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    auditor = stale_client_of(with_password(cast.person("auditor")))
    answer = auditor.post("/audit/export/", PURPOSE)
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    assert not RosterExport.objects.exists()
    assert PURPOSE["purpose"] in page(auditor.get("/audit/export/"))


def test_nothing_and_too_much_are_refused_in_words(
    cast: Cast, child: Child, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "无需导出" in page(auditor.post("/audit/export/?who=没有这个人", PURPOSE), 422)
    did(cast.post("class_teacher"), "read_pupil", child)
    monkeypatch.setattr(views, "MOST", 0)
    assert "请缩小起止日期" in page(auditor.post("/audit/export/", PURPOSE), 422)


def test_many_rows_take_a_second_person(
    cast: Cast, child: Child, auditor: Client, two_from_one: None
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    answer = auditor.post("/audit/export/", PURPOSE)
    export = RosterExport.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/roster/exports/{export.pk}/")
    assert "另一人" in page(auditor.get(answer["Location"]))
    own = auditor.post(f"/roster/exports/{export.pk}/agree/", {"reason": "已核对用途"})
    assert "另一人确认" in page(own, 422)
    leader = client_of(cast.person("bureau_leader"))
    assert "操作记录" in page(leader.get("/roster/exports/"))
    agreed = leader.post(f"/roster/exports/{export.pk}/agree/", {"reason": "已核对用途"})
    assert agreed.status_code == 302
    job = Job.objects.get()
    write_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.DONE, "")
    assert "张**" in str(cells(auditor.post(f"/roster/exports/{export.pk}/")))
    taken = AuditEvent.objects.filter(children__contains=[child.pk], object_id=export.pk)
    assert set(taken.values_list("verb", flat=True)) == {"export_roster", "download_export"}


def test_an_order_is_taken_back(
    cast: Cast, child: Child, auditor: Client, two_from_one: None
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    auditor.post("/audit/export/", PURPOSE)
    export = RosterExport.objects.get()
    assert "撤回申请" in page(auditor.get("/roster/exports/"))
    answer = auditor.post(f"/roster/exports/{export.pk}/withdraw/", {"reason": "不再需要"})
    assert answer.status_code == 302
    assert "已撤回" in page(auditor.get(f"/roster/exports/{export.pk}/"))


def test_the_number_on_a_list_leads_to_who_took_it(
    cast: Cast, child: Child, auditor: Client
) -> None:
    """A list that leaked bears its number: who ordered it, and that the child stands on it."""
    client_of(cast.person("registrar")).post(
        "/roster/export/pupils/", {"purpose": "报县教育局学籍核对"}
    )
    export = RosterExport.objects.get()
    found = rows(page(auditor.get(f"/audit/?export={export.pk}")))
    assert "registrar甲" in found
    assert "报县教育局学籍核对" in found
    event = AuditEvent.objects.get(verb="export_roster", object_id=export.pk)
    words = page(auditor.get(f"/audit/{event.pk}/"))
    assert "张**" in words
    assert f'导出编号</dt><dd class="num">{export.pk}<' in words


def test_what_happens_after_the_order_is_not_in_it(
    cast: Cast, child: Child, two_from_one: None
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    auditor = client_of(cast.person("auditor"))
    auditor.post("/audit/export/?what=seen", PURPOSE)
    export = RosterExport.objects.select_related("post__unit").get()
    did(cast.post("registrar"), "read_pupil", child)
    AuditEvent.objects.bulk_create(
        [AuditEvent(at=timezone.now() + timedelta(hours=1), verb="read_pupil")]
    )
    content, _ = exporting.write(export, cast.viewer("auditor"), timezone.localdate())
    words = str(list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].values))
    assert "class_teacher甲" in words
    assert "registrar甲" not in words


def test_nobody_else_exports_it(cast: Cast) -> None:
    for role in ("registrar", "county_desk", "administrator"):
        assert client_of(cast.person(role)).post("/audit/export/", PURPOSE).status_code == 403
