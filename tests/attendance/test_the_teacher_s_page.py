"""The page of one class, as a plain form without a script."""

from datetime import timedelta

import pytest
from django.db import connection

from cases.models import Case
from foundation.accounts.models import AuditEvent
from students.attendance.models import Absence, RollCall, Submission
from students.roster.models import Child
from students.roster.pupils.acts.pupils import assign_class, open_class
from tests.attendance.help import FRI, MON, THU, WED, Caller, missing
from tests.attendance.pages import Browser, absent, browser_of, fields_of
from tests.browsing import client_of
from tests.cast import Cast, make_child


@pytest.fixture(autouse=True)
def _friday(clock_at, cast: Cast) -> None:
    clock_at(FRI)


def test_a_full_class_is_one_button(page: Browser, hua: Child) -> None:
    page.open()
    assert "全勤，提交" in page.html
    assert "未点名" in page.html
    page.send(go="all")
    assert "已提交 07:52，应到3 实到3" in page.html
    assert RollCall.objects.get().absent == 0


def test_opening_the_page_calls_nothing(page: Browser, hua: Child) -> None:
    page.open()
    assert not RollCall.objects.exists()


def test_ticked_names_are_asked_for_their_kind_first(page: Browser, hua: Child) -> None:
    page.open().send(away=[hua.pk], go="next")
    assert page.status == 200
    assert not RollCall.objects.exists()
    assert f"kind-{hua.pk}" in page.html
    page.send(**absent(hua, "unexcused"), go="marked")
    assert "未到1人" in page.html
    assert Absence.objects.get().kind == "unexcused"


def test_a_kind_left_out_is_said_and_nothing_is_lost(
    page: Browser, hua: Child, ming: Child
) -> None:
    page.open().send(away=[hua.pk, ming.pk], go="next")
    page.send(**absent(hua, "sick", FRI), **{f"note-{hua.pk}": "发烧"}, go="marked")
    assert page.status == 422
    assert "请选择张小明的缺勤类型" in page.html
    kept = fields_of(page.html)
    assert kept[f"kind-{hua.pk}"] == ["sick"]
    assert kept[f"until-{hua.pk}"] == [FRI.isoformat()]
    assert kept[f"note-{hua.pk}"] == ["发烧"]
    page.send(**absent(ming, "personal", FRI), go="marked")
    assert RollCall.objects.get().absent == 2


def test_a_leave_without_an_end_is_said_at_the_child(page: Browser, hua: Child) -> None:
    page.open().send(away=[hua.pk], **absent(hua, "sick"), go="marked")
    assert page.status == 422
    assert "王小华：病假要填写请假截止日期" in page.html


def test_a_date_that_is_none_is_said_at_the_child(page: Browser, hua: Child) -> None:
    marks = {**absent(hua, "sick"), f"until-{hua.pk}": "明天"}
    page.open().send(away=[hua.pk], **marks, go="marked")
    assert page.status == 422
    assert "王小华的请假截止日期不正确" in page.html


def test_ticks_and_the_button_for_a_full_class_contradict(page: Browser, hua: Child) -> None:
    page.open().send(away=[hua.pk], **absent(hua, "unexcused"), go="all")
    assert page.status == 422
    assert "按了“全勤”" in page.html
    assert not RollCall.objects.exists()


def test_who_was_missing_is_answered_first(page: Browser, teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    page.open()
    assert "昨天未到：无故未到" in page.html
    assert "其余学生全部到校，提交" in page.html
    page.send(go="all")
    assert page.status == 422
    assert "请先确认王小华" in page.html
    page.send(**{f"here-{hua.pk}": "no"}, go="all")
    assert "应到3 实到2" in page.html


def test_the_second_missed_day_opens_a_case_in_the_same_request(
    page: Browser, teacher: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    assert not Case.objects.exists()
    page.open().send(**{f"here-{hua.pk}": "no"}, go="all")
    assert Case.objects.get().child == hua


def test_a_running_leave_is_carried_over_and_a_lapsed_one_is_not(
    page: Browser, teacher: Caller, clock_at, hua: Child
) -> None:
    teacher.call(THU, missing(hua, "sick", FRI))
    fields = fields_of(page.open().html)
    assert (fields[f"kind-{hua.pk}"], fields[f"until-{hua.pk}"]) == (["sick"], [FRI.isoformat()])
    page.send(**{f"here-{hua.pk}": "no"}, go="all")
    clock_at(MON)
    fields = fields_of(page.open().html)
    assert fields[f"kind-{hua.pk}"] == ["unexcused"]
    assert "请假到9月12日已期满" in page.html


def test_a_double_tap_is_one_submission(page: Browser, hua: Child) -> None:
    data = fields_of(page.open().html)
    page.client.post(page.path, {**data, "go": "all"})
    again = page.client.post(page.path, {**data, "go": "all"})
    assert again.status_code == 302
    assert Submission.objects.count() == 1


def test_two_people_see_both_versions_and_nothing_is_erased(
    page: Browser, desk_page: Browser, hua: Child, ming: Child
) -> None:
    page.open()
    desk_page.open().send(away=[ming.pk], **absent(ming, "sick", FRI), go="marked")
    page.send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    assert page.status == 409
    assert "已有人提交" in page.html
    assert "registrar甲" in page.html
    assert "张小明：病假" in page.html
    assert "王小华：无故未到" in page.html
    assert Absence.objects.get().child == ming
    page.send(go="marked")
    assert page.status == 422
    assert "请填写更正理由" in page.html
    page.send(reason="两人都点了，以班主任为准", go="marked")
    assert page.status == 200
    assert Absence.objects.standing().get().child == hua
    assert Absence.objects.count() == 2


def test_the_teacher_edits_until_the_day_ends(
    page: Browser, cast: Cast, clock_at, hua: Child
) -> None:
    page.open().send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    page.open("?edit=1").send(away=[], go="all")
    assert "已修改" in page.html
    assert RollCall.objects.get().version == 2
    clock_at(MON)
    past = browser_of(cast.person("class_teacher"), cast.here.school_class.pk, FRI)
    assert "更正请联系本校学籍管理员" in past.open("?edit=1").html


def test_the_desk_corrects_a_past_day_with_a_reason(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    past = browser_of(cast.person("registrar"), cast.here.school_class.pk, THU)
    past.open("?edit=1").send(away=[], go="all")
    assert page_words(past, 422, "请填写更正理由")
    past.send(away=[], reason="家长说明当天到校", go="all")
    assert page_words(past, 200, "理由：家长说明当天到校")


def page_words(browser: Browser, status: int, words: str) -> bool:
    return browser.status == status and words in browser.html


@pytest.mark.parametrize(
    ("days", "words"), [(1, "9月13日还没有到"), (-5, "9月7日不是上课日（周末）")]
)
def test_a_day_without_a_roll_says_why(cast: Cast, hua: Child, days: int, words: str) -> None:
    day = FRI + timedelta(days=days)
    other = browser_of(cast.person("class_teacher"), cast.here.school_class.pk, day)
    assert page_words(other.open(), 200, words)


def test_a_form_sent_for_a_holiday_keeps_what_was_entered(
    page: Browser, clock_at, cast: Cast, hua: Child
) -> None:
    data = {**fields_of(page.open().html), "away": [hua.pk], **absent(hua, "unexcused")}
    clock_at(FRI.replace(month=10, day=3))
    holiday = browser_of(cast.person("class_teacher"), cast.here.school_class.pk)
    holiday.html = page.html
    holiday.send(**data, go="marked")
    assert page_words(holiday, 422, "10月3日不是上课日（国庆节放假）")
    assert fields_of(holiday.html)["away"] == [str(hua.pk)]


def test_a_child_that_left_meanwhile_is_not_marked_in_silence(
    page: Browser, hua: Child, ming: Child
) -> None:
    page.open()
    ming.enrolments.update(ends_on=THU)
    page.send(away=[ming.pk], **absent(ming, "unexcused"), go="marked")
    assert page_words(page, 422, "不在本班")


def test_a_broken_form_is_not_submitted(page: Browser, hua: Child) -> None:
    page.open().send(uuid="?", version="x", go="all")
    assert page_words(page, 422, "页面数据不完整")
    assert not RollCall.objects.exists()


def test_a_class_that_is_not_mine_does_not_exist(cast: Cast, hua: Child) -> None:
    sibling = open_class(cast.here.school, "2", 2024, 9)
    client = client_of(cast.person("class_teacher"))
    nothing = client.get("/roll/999999/")
    for pk in (sibling.pk, cast.there.school_class.pk):
        answer = client.get(f"/roll/{pk}/")
        assert answer.status_code == 404
        assert client.post(f"/roll/{pk}/", {"go": "all"}).status_code == 404
        assert len(answer.content) == len(nothing.content)


@pytest.mark.parametrize("role", ["county_desk", "supervisor", "village_cadre", "administrator"])
def test_who_calls_no_roll_is_refused(cast: Cast, hua: Child, role: str) -> None:
    client = client_of(cast.person(role))
    assert client.get("/roll/").status_code == 403
    assert client.get(f"/roll/{cast.here.school_class.pk}/").status_code == 403


def test_a_day_that_does_not_exist_is_no_page(cast: Cast, hua: Child) -> None:
    client = client_of(cast.person("class_teacher"))
    address = f"/roll/{cast.here.school_class.pk}/2025-02-30/"
    assert client.get(address).status_code == 404


def test_reading_is_one_audit_row_with_the_names_shown(page: Browser, hua: Child) -> None:
    page.open()
    row = AuditEvent.objects.get(verb="read")
    assert len(row.children) == 3


def test_the_page_has_no_script_of_its_own_and_no_child_s_number(page: Browser, hua: Child) -> None:
    page.open()
    assert "<script>" not in page.html
    assert "onclick" not in page.html
    assert "style=" not in page.html


def test_several_classes_are_tabs(page: Browser, cast: Cast, hua: Child) -> None:
    other = open_class(cast.here.school, "2", 2024, 3)
    assign_class(cast.post("class_teacher"), other, WED)
    assert f"/roll/{other.pk}/2025-09-12/" in page.open().html


def test_a_school_that_marks_half_days_has_both_on_the_page(
    page: Browser, cast: Cast, teacher: Caller, clock_at, hua: Child
) -> None:
    cast.here.school.marks_half_days = True
    cast.here.school.save()
    assert 'aria-current="page">上午' in page.open().html
    page.send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    clock_at(FRI, 13)
    assert 'aria-current="page">下午' in page.open().html
    assert "今天上午未到：无故未到" in page.html
    page.send(**{f"here-{hua.pk}": "yes"}, go="all")
    called = RollCall.objects.order_by("session").values_list("session", "absent")
    assert list(called) == [("am", 1), ("pm", 0)]


def test_a_correction_is_a_row_of_the_audit_with_its_reason(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    past = browser_of(cast.person("registrar"), cast.here.school_class.pk, THU)
    past.open("?edit=1").send(away=[], reason="家长说明当天到校", go="all")
    row = AuditEvent.objects.get(verb="correct_roll")
    assert (row.reason, row.children) == ("家长说明当天到校", [hua.pk])


def test_the_page_is_compressed_for_a_browser_that_asks(page: Browser, hua: Child) -> None:
    answer = page.client.get(page.path, headers={"Accept-Encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in page.client.get(page.path)


def test_the_page_s_queries_do_not_grow_with_the_class(
    page: Browser, cast: Cast, teacher: Caller, hua: Child, count_queries
) -> None:
    teacher.call(THU, missing(hua))
    page.open()
    with count_queries(connection) as few:
        page.open()
    others = [make_child(cast.here, f"学生{n}") for n in range(20)]
    teacher.call(THU, *(missing(child) for child in others))
    with count_queries(connection) as many:
        page.open()
    assert len(many) <= len(few)


def test_a_day_of_another_year_is_named_with_its_year(cast: Cast, hua: Child) -> None:
    day = FRI.replace(year=2024, month=10, day=15)
    other = browser_of(cast.person("class_teacher"), cast.here.school_class.pk, day)
    assert page_words(other.open(), 200, "2024年10月15日早于本学期开学")
