"""操作记录 names the person, post, unit and parameter concerned, and is searched by the person."""

from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import set_parameter
from foundation.accounts.models import AuditEvent, PeopleRequest, Person
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.setup.audit.test_the_audit_is_searched import rows

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
WHY = {"reason": "手机已丢失，本人到场"}


@pytest.fixture
def auditor(cast: Cast) -> Client:
    return client_of(cast.person("auditor"))


@pytest.fixture
def reset(cast: Cast) -> Person:
    """A teacher whose password the clerk reset on the page, with a reason."""
    teacher = cast.person("class_teacher")
    answer = client_of(cast.person("registrar")).post(
        f"/staff/{teacher.pk}/reset/", {"reason": "本人忘记密码"}
    )
    assert answer.status_code == 200
    return teacher


def test_the_person_concerned_is_named_in_list_record_and_export(
    cast: Cast, reset: Person, auditor: Client
) -> None:
    listed = rows(page(auditor.get("/audit/?what=kept")))
    assert "class_teacher甲" in listed
    row = AuditEvent.objects.get(verb="password_reset")
    assert "class_teacher甲" in page(auditor.get(f"/audit/{row.pk}/"))
    answer = auditor.post("/audit/export/?what=kept", {"purpose": "年度合规审计留底"})
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0]
    assert "class_teacher甲" in str(list(sheet.values))


def test_a_post_names_person_unit_role_and_days(cast: Cast, auditor: Client) -> None:
    post, last = cast.post("class_teacher"), timezone.localdate() + timedelta(days=3)
    client_of(cast.person("registrar")).post(
        f"/staff/posts/{post.pk}/end/", {"last_day": f"{last}", "reason": "调离本校"}
    )
    told = rows(page(auditor.get("/audit/?what=kept")))
    assert "class_teacher甲：东镇中学 · 班主任" in told
    assert f"任到{last.year}年{last.month}月{last.day}日" in told


def test_what_was_done_to_a_person_is_asked_for(cast: Cast, reset: Person, auditor: Client) -> None:
    """By the name or the account; what the same person did himself is another question."""
    client_of(reset).get("/roster/")
    PeopleRequest.objects.create(
        kind=PeopleRequest.FACTOR,
        county=cast.county,
        person=reset,
        username=reset.username,
        name=reset.name,
        reason="手机丢失",
        requested_by=cast.post("security_officer"),
        requested_at=timezone.now(),
    )
    asked = PeopleRequest.objects.get()
    AuditEvent.objects.create(
        at=timezone.now(), verb="factor_requested", kind="people_request", object_id=asked.pk
    )
    for words in (reset.name, reset.username):
        told = rows(page(auditor.get(f"/audit/?to={words}")))
        assert "重置密码" in told
        assert "申请解除动态码" in told
        assert "查看" not in told
    assert "重置密码" not in rows(page(auditor.get("/audit/?to=registrar甲")))


def test_a_parameter_shows_both_values_its_day_and_its_paper(cast: Cast, auditor: Client) -> None:
    start = date(2026, 9, 1)
    set_parameter(cast.county, "P4", 3, start, "茂政发〔2023〕6号")
    row = set_parameter(cast.county, "P4", 5, date(2026, 12, 1), "云教字〔2026〕9号")
    AuditEvent.objects.create(
        at=timezone.now(), verb="set_parameter", kind="parameter", object_id=row.pk
    )
    told = rows(page(auditor.get("/audit/?what=kept")))
    assert "学校劝返期限：“3个天”" not in told
    assert "学校劝返期限" in told
    assert "改为“5天”，2026年12月1日" in told
    assert "“3天”" in told
    assert "云教字〔2026〕9号" in told
