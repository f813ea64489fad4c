"""操作记录 is searched by child, person, unit, day and kind; names are masked, scope is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import set_parameter
from foundation.accounts.audit import reasoned
from foundation.accounts.models import AuditEvent, Parameter, Post
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cast import Cast, make_child

READ, TAKEN, SIGNED = "查看学生页面", "导出名单", "登录"


@pytest.fixture
def child(cast: Cast) -> Child:
    """A pupil of our school whose ID number is known."""
    return make_child(cast.here, "张小明", id_no="530999201205061234")


@pytest.fixture
def auditor(cast: Cast) -> Client:
    return client_of(cast.person("auditor"))


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("head_teacher"))


def did(post: Post, verb: str, *children: Child, reason: str = "", days: int = 0) -> AuditEvent:
    """A row of the audit, some days old."""
    return AuditEvent.objects.create(
        at=timezone.now() - timedelta(days=days),
        person_id=post.person_id,
        post_id=post.pk,
        address="10.0.0.7",
        verb=verb,
        children=[one.pk for one in children],
        **reasoned(reason),
    )


def rows(words: str) -> str:
    """The table of a list alone: the filters name the same words."""
    return words.partition("<tbody")[2].partition("</tbody>")[0]


def test_who_saw_or_exported_a_child_between_two_days(
    cast: Cast, child: Child, auditor: Client
) -> None:
    other = make_child(cast.here, "李小红")
    did(cast.post("class_teacher"), "read_pupil", child)
    did(cast.post("registrar"), "export_roster", child, other)
    did(cast.post("head_teacher"), "read_pupil", other)
    did(cast.post("head_teacher"), "read_pupil", child, days=40)
    did(cast.post("registrar"), "call_roll", child)
    since = f"{timezone.localdate() - timedelta(days=3):%Y-%m-%d}"
    until = f"{timezone.localdate():%Y-%m-%d}"
    address = f"/audit/?child={child.pk}&what=saw&since={since}&until={until}"
    found = rows(page(auditor.get(address)))
    assert "class_teacher甲" in found
    assert "registrar甲" in found
    assert "head_teacher甲" not in found
    assert READ in found
    assert TAKEN in found
    assert "提交点名" not in found
    assert "head_teacher甲" in rows(page(auditor.get(f"/audit/?child={child.pk}")))


def test_the_auditor_finds_the_child_by_its_number_and_reads_no_name(
    cast: Cast, child: Child, auditor: Client
) -> None:
    did(cast.post("class_teacher"), "reveal_number", child, reason="核对张小明的学籍")
    answer = auditor.post("/audit/find/", {"number": "530999201205061234"})
    assert answer.status_code == 302
    assert answer["Location"] == f"/audit/?child={child.pk}"
    words = page(auditor.get(answer["Location"]))
    assert "张**" in words
    assert "核对张**的学籍" in words
    assert "张小明" not in words


def test_a_number_that_nobody_has_is_not_found_in_words(auditor: Client) -> None:
    words = page(auditor.post("/audit/find/", {"number": "530999201205069999"}), 422)
    assert "没有找到这个号码的学生" in words


def test_a_head_sees_what_was_done_at_his_own_school_only(
    cast: Cast, child: Child, head: Client
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    did(cast.post("class_teacher", there=True), "read_pupil", child)
    did(cast.post("county_desk"), "read_pupil", child)
    found = rows(page(head.get("/audit/")))
    assert "class_teacher甲" in found
    assert "张小明" in found
    assert "西镇中学" not in found
    assert "county_desk甲" not in found
    assert 'name="unit"' not in page(head.get("/audit/"))


def test_a_head_comes_from_the_page_of_the_pupil(cast: Cast, child: Child, head: Client) -> None:
    link = f'href="/audit/?child={child.pk}"'
    assert link in page(head.get(f"/pupils/{child.pk}/"))
    registrar = client_of(cast.person("registrar"))
    assert link not in page(registrar.get(f"/pupils/{child.pk}/"))


def test_a_head_asks_for_no_child_of_another_school(cast: Cast, head: Client) -> None:
    stranger = make_child(cast.there, "赵小刚", id_no="530999201205061234")
    event = did(cast.post("class_teacher", there=True), "read_pupil", stranger)
    assert head.get(f"/audit/?child={stranger.pk}").status_code == 404
    assert head.get(f"/audit/{event.pk}/").status_code == 404
    assert "没有找到" in page(head.post("/audit/find/", {"number": "530999201205061234"}), 422)


def test_what_was_done_for_a_child_of_another_school_shows_no_name(
    cast: Cast, head: Client
) -> None:
    stranger = make_child(cast.there, "赵小刚")
    event = did(cast.post("registrar"), "search_by_id", stranger)
    assert "赵小刚" not in page(head.get("/audit/"))
    words = page(head.get(f"/audit/{event.pk}/"))
    assert "赵**" in words
    assert f"child={stranger.pk}" not in words


def test_a_row_opens_with_all_its_children(cast: Cast, child: Child, auditor: Client) -> None:
    other = make_child(cast.here, "李小红")
    reason = "报县局核对，李小红家长要求"
    event = did(cast.post("registrar"), "export_roster", child, other, reason=reason)
    assert "2名学生" in rows(page(auditor.get("/audit/")))
    words = page(auditor.get(f"/audit/{event.pk}/"))
    assert "张**" in words
    assert "李**" in words
    assert "报县局核对，李**家长要求" in words
    assert "10.0.0.7" in words


def test_person_unit_and_refusals_are_filters(cast: Cast, child: Child, auditor: Client) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    did(cast.post("registrar"), "read_pupil", child)
    did(cast.post("registrar", there=True), "call_roll", child)
    client_of(cast.person("village_cadre")).get("/roster/")
    found = rows(page(auditor.get("/audit/?who=registrar甲")))
    assert "class_teacher甲" not in found
    assert "西镇中学" in found
    unit = cast.there.school.unit_id
    assert "东镇中学" not in rows(page(auditor.get(f"/audit/?unit={unit}")))
    refused = rows(page(auditor.get("/audit/?what=refused")))
    assert "没有权限" in refused
    assert READ not in refused


def test_the_search_is_itself_a_row(cast: Cast, child: Child, auditor: Client) -> None:
    auditor.get(f"/audit/?child={child.pk}&what=saw")
    row = AuditEvent.objects.get(verb="search_audit", person=cast.person("auditor"))
    assert row.children == [child.pk]
    assert row.details["asked"] == {"what": "saw", "child": str(child.pk)}
    auditor.post("/audit/find/", {"number": "530999201205061234"})
    assert AuditEvent.objects.filter(verb="search_audit", kind="child").get().children == [child.pk]


def test_without_a_filter_the_last_seven_days_are_shown(
    cast: Cast, child: Child, auditor: Client
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child, days=8)
    assert "class_teacher甲" not in rows(page(auditor.get("/audit/")))
    assert "最近7天" in page(auditor.get("/audit/"))


def test_nothing_found_says_so(auditor: Client) -> None:
    assert "没有符合条件的记录" in page(auditor.get("/audit/?who=没有这个人"))


def test_a_wrong_day_is_told(auditor: Client) -> None:
    assert "请填写日期" in page(auditor.get("/audit/?since=昨天"))


def test_nobody_else_opens_it(cast: Cast) -> None:
    for role in ("class_teacher", "registrar", "county_desk", "administrator", "supervisor"):
        client = client_of(cast.person(role))
        assert client.get("/audit/").status_code == 403
        assert client.post("/audit/find/", {"number": "1"}).status_code == 403


def test_everything_is_printed_with_the_children_recorded(
    cast: Cast, child: Child, auditor: Client
) -> None:
    did(cast.post("class_teacher"), "read_pupil", child)
    page(auditor.get("/audit/?print=all"))
    row = AuditEvent.objects.filter(verb="search_audit").latest("pk")
    assert row.children == [child.pk]


def test_what_was_done_to_a_person_names_him_and_is_found_by_him(
    cast: Cast, auditor: Client
) -> None:
    officer = client_of(cast.person("security_officer"))
    for role in ("registrar", "class_teacher"):
        at = f"/people/{cast.person(role).pk}/close/"
        officer.post(at, {"close-reason": "调离本县"})
    words = rows(page(auditor.get("/audit/?to=registrar")))
    assert "停用账号" in words
    assert "registrar甲（registrar）" in words
    assert "class_teacher甲" not in words
    event = AuditEvent.objects.filter(verb="account_closed").latest("pk")
    assert "class_teacher甲（class_teacher）" in page(auditor.get(f"/audit/{event.pk}/"))


def test_a_post_a_unit_and_a_limit_are_named_in_words(cast: Cast, auditor: Client) -> None:
    set_parameter(cast.county, "P1", 2, timezone.localdate(), "甲教发〔2026〕1号")
    limit = Parameter.objects.latest("pk")
    for kind, of in (("post", cast.post("registrar")), ("unit", cast.here.village)):
        AuditEvent.objects.create(
            at=timezone.now(), verb="post_granted", kind=kind, object_id=of.pk
        )
    AuditEvent.objects.create(
        at=timezone.now(), verb="set_parameter", kind="parameter", object_id=limit.pk
    )
    words = rows(page(auditor.get("/audit/")))
    assert f"registrar甲：{cast.here.school.unit.name} · 学籍管理员" in words
    assert cast.here.village.name in words
    assert "：2" in words
    assert f"{timezone.localdate():%Y-%m-%d}起" in words
