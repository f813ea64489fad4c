"""登记请假条 on the phone, the list of who owes one, taking one back, and the pupil's page."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from cases.models import Case
from foundation.accounts.models import AuditEvent
from foundation.protected import sealed
from students.attendance.models import LeaveSlip
from students.roster.models import Child
from tests.attendance.help import FRI, MON, THU, WED, Caller, missing, spells
from tests.attendance.test_leave_slips import WEEK
from tests.browsing import client_of
from tests.cast import Cast, make_child
from tests.files.samples import photo

MON_BEFORE = WEEK[0]


@pytest.fixture(autouse=True)
def _friday(clock_at, cast: Cast) -> None:
    clock_at(FRI)


@pytest.fixture
def teachers(cast: Cast) -> Client:
    """The class teacher's browser."""
    return client_of(cast.person("class_teacher"))


def path(cast: Cast) -> str:
    """The slips of our class."""
    return f"/roll/{cast.here.school_class.pk}/slips/"


def filled(child: Child, **more: Any) -> dict[str, Any]:
    """What a page sends for a slip from Monday to Friday."""
    return {
        "child": child.pk,
        "kind": "sick",
        "first_day": str(MON_BEFORE),
        "last_day": str(FRI),
        "reason": "发烧住院",
        **more,
    }


def ill_for_a_week(teacher: Caller, child: Child) -> None:
    """病假 from Monday to Friday, by word alone."""
    for day in WEEK:
        teacher.call(day, missing(child, "sick", FRI))


def test_a_slip_is_entered_and_listed(cast: Cast, teachers: Client, hua: Child) -> None:
    answer = teachers.post(path(cast), filled(hua), follow=True)
    page = answer.content.decode()
    assert "已登记假条：病假至9月12日" in page
    assert "发烧住院" in page
    slip = LeaveSlip.objects.get()
    assert (slip.child, slip.taken_by) == (hua, cast.post("class_teacher"))


def test_what_is_wrong_is_said_and_nothing_is_lost(
    cast: Cast, teachers: Client, hua: Child
) -> None:
    answer = teachers.post(path(cast), filled(hua, last_day="2025-09-01"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "请假截止日期早于开始日期" in page
    assert "发烧住院" in page


def test_a_child_of_another_class_cannot_be_chosen(cast: Cast, teachers: Client) -> None:
    stranger = make_child(cast.there, "外来")
    answer = teachers.post(path(cast), filled(stranger))
    assert answer.status_code == 422
    assert not LeaveSlip.objects.exists()


def test_a_photo_is_kept_and_opens_for_who_may_see_the_name(
    cast: Cast, teachers: Client, hua: Child
) -> None:
    paper = SimpleUploadedFile("假条.jpg", photo(), "image/jpeg")
    teachers.post(path(cast), filled(hua, photo=paper))
    slip = LeaveSlip.objects.get()
    answer = teachers.get(f"/roll/slips/{slip.pk}/photo/")
    assert answer["Content-Type"] == "image/jpeg"
    assert AuditEvent.objects.get(verb="read_slip_photo").children == [hua.pk]
    for role, status in (("registrar", 200), ("supervisor", 403), ("township_officer", 403)):
        found = client_of(cast.person(role)).get(f"/roll/slips/{slip.pk}/photo/")
        assert found.status_code == status, role
    there = client_of(cast.person("registrar", there=True))
    assert there.get(f"/roll/slips/{slip.pk}/photo/").status_code == 404


def test_a_slip_has_one_photo(cast: Cast, teachers: Client, hua: Child) -> None:
    papers = [SimpleUploadedFile(f"{n}.jpg", photo(), "image/jpeg") for n in (1, 2)]
    answer = teachers.post(path(cast), filled(hua, photo=papers))
    assert "只能上传一张照片" in answer.content.decode()


def test_a_late_slip_takes_the_case_back(
    cast: Cast, teacher: Caller, teachers: Client, hua: Child
) -> None:
    ill_for_a_week(teacher, hua)
    roll = f"/roll/{cast.here.school_class.pk}/{FRI}/"
    assert "请假超过3天未交假条1人" in teachers.get(roll).content.decode()
    teachers.post(path(cast), filled(hua, last_day=str(WED)))
    assert spells(hua) == [(THU, None, 4)]
    teachers.post(path(cast), filled(hua))
    assert spells(hua) == []
    assert "未交假条" not in teachers.get(roll).content.decode()


def test_the_fifth_day_without_a_slip_opens_a_case_and_the_slip_withdraws_it(
    cast: Cast, teacher: Caller, teachers: Client, hua: Child
) -> None:
    ill_for_a_week(teacher, hua)
    first = LeaveSlip.objects.create(
        child=hua,
        kind="sick",
        first_day=FRI,
        last_day=FRI,
        taken_by=cast.post("class_teacher"),
        recorded_at="2025-09-12T08:00:00+08:00",
        **sealed(reason="误登"),
    )
    teachers.post(f"/roll/slips/{first.pk}/take-back/", {"reason": "日期登记错误"})
    case = Case.objects.get(child=hua)
    assert (case.stage, case.first_missed_on) == ("D1", THU)
    teachers.post(path(cast), filled(hua))
    case.refresh_from_db()
    assert (case.stage, case.outcome) == ("DX", "W")


def test_taking_back_without_a_reason_is_refused(cast: Cast, teachers: Client, hua: Child) -> None:
    teachers.post(path(cast), filled(hua))
    slip = LeaveSlip.objects.get()
    answer = teachers.post(f"/roll/slips/{slip.pk}/take-back/", {"reason": ""})
    assert answer.status_code == 422
    slip.refresh_from_db()
    assert slip.taken_back_at is None


def test_the_school_counts_and_lists_who_owes_a_slip(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    ill_for_a_week(teacher, hua)
    desk = client_of(cast.person("registrar"))
    classes = desk.get(f"/roll/?day={FRI}").content.decode()
    assert "请假超过3天未交假条 1 人" in classes
    page = desk.get("/roll/slips/").content.decode()
    assert "王小华" in page
    assert "9月11日" in page
    assert AuditEvent.objects.get(verb="list_slips_owed").children == [hua.pk]
    other = client_of(cast.person("registrar", there=True)).get("/roll/slips/").content.decode()
    assert "王小华" not in other
    assert "没有要补交假条的学生" in other


def test_the_list_takes_the_same_queries_however_many_owe(
    cast: Cast, teacher: Caller, hua: Child, ming: Child, hong: Child, count_queries
) -> None:
    desk = client_of(cast.person("registrar"))
    ill_for_a_week(teacher, hua)
    desk.get("/roll/slips/")
    with count_queries(connection) as one:
        desk.get("/roll/slips/")
    for day in WEEK:
        marks = [missing(child, "sick", FRI) for child in (hua, ming, hong)]
        Caller(cast, "registrar").call(day, *marks, today=FRI, reason="补登")
    with count_queries(connection) as three:
        page = desk.get("/roll/slips/").content.decode()
    assert "共 3 人" in page
    assert len(three) == len(one)


def test_the_roll_asks_for_who_has_a_slip_and_the_teacher_still_submits(
    cast: Cast, teachers: Client, hua: Child
) -> None:
    teachers.post(path(cast), filled(hua, last_day=str(MON)))
    page = teachers.get(f"/roll/{cast.here.school_class.pk}/").content.decode()
    assert "有假条：病假至9月15日" in page
    assert "未点名" in page


def test_the_pupil_s_page_shows_the_slips_and_to_who_sees_no_names_no_reason(
    cast: Cast, teachers: Client, hua: Child
) -> None:
    teachers.post(path(cast), filled(hua))
    page = teachers.get(f"/pupils/{hua.pk}/").content.decode()
    assert "2025年9月8日至9月12日" in page
    assert "发烧住院" in page
    masked = client_of(cast.person("supervisor")).get(f"/pupils/{hua.pk}/").content.decode()
    assert "2025年9月8日至9月12日" in masked
    assert "发烧住院" not in masked


def test_a_done_roll_tells_who_came_late_apart_from_who_is_missing(
    cast: Cast, teacher: Caller, teachers: Client, hua: Child, ming: Child
) -> None:
    teacher.call(FRI, missing(hua), missing(ming, "late"))
    page = teachers.get(f"/roll/{cast.here.school_class.pk}/").content.decode()
    assert "未到1人，迟到、早退1人" in page
    assert "应到3 实到2" in page


@pytest.mark.parametrize("sent", [True, False])
def test_a_photo_is_asked_for_again_only_where_one_was_chosen(
    cast: Cast, teachers: Client, hua: Child, sent: bool
) -> None:
    data = filled(hua, reason="")
    if sent:
        data["photo"] = SimpleUploadedFile("假条.jpg", photo(), "image/jpeg")
    words = teachers.post(path(cast), data).content.decode()
    assert "请填写请假事由" in words
    assert ("浏览器不保留选过的照片" in words) is sent
