"""The button 撤销 on a teacher's page, as a plain form without a script."""

import pytest

from cases.models import Case
from foundation.accounts.models import AuditEvent
from students.attendance.models import RollCall, Submission
from students.roster.models import Child
from tests.attendance.help import FRI, THU, Caller, missing
from tests.attendance.pages import Browser, absent, fields_of, undo_of
from tests.cast import Cast

BACK = "已撤销，本班现在是“未点名”。"


@pytest.fixture(autouse=True)
def _friday(clock_at, cast: Cast) -> None:
    clock_at(FRI)


def test_one_button_and_the_roll_is_to_be_called_again(page: Browser, hua: Child) -> None:
    page.open().send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    page.undo()
    assert BACK in page.html
    assert "全勤，提交" in page.html
    assert "修改第" not in page.html
    page.send(go="all")
    assert "已提交 07:5" in page.html
    assert "版" not in page.html
    assert [row.takes_back for row in Submission.objects.all()] == [False, True, False]


def test_the_form_shows_nobody_of_what_was_taken_back(page: Browser, hua: Child) -> None:
    page.open().send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    fields = fields_of(page.undo().html)
    assert "away" not in fields
    assert fields["version"] == ["2"]


def test_a_case_that_it_opened_is_withdrawn(page: Browser, teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    page.open().send(**{f"here-{hua.pk}": "no"}, go="all")
    assert Case.objects.open().get().child == hua
    page.undo()
    case = Case.objects.get()
    assert (case.stage, case.outcome) == ("DX", "W")


def test_a_double_tap_takes_back_once(page: Browser, hua: Child) -> None:
    action, data = undo_of(page.open().send(go="all").html)
    for _ in range(2):
        answer = page.client.post(action, data, follow=True)
        assert BACK in answer.content.decode()
    assert Submission.objects.count() == 2
    assert AuditEvent.objects.filter(verb="take_back_roll").count() == 1


def test_it_is_offered_to_who_has_just_sent_it_and_to_nobody_else(
    page: Browser, desk_page: Browser, hua: Child
) -> None:
    page.open().send(go="all")
    assert undo_of(page.html)[0]
    assert not undo_of(page.open().html)[0]
    assert not undo_of(desk_page.open("?done=1").html)[0]
    page.open("?edit=1").send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    assert "已修改" in page.html
    assert not undo_of(page.html)[0]


def test_too_late_it_stands_and_says_what_to_do(page: Browser, clock_at, hua: Child) -> None:
    page.open().send(go="all")
    clock_at(FRI, 9)
    page.undo()
    assert "不能撤销。有错请按“修改”改正" in page.html
    assert not RollCall.objects.get().is_taken_back
    assert not undo_of(page.open("?done=1").html)[0]


@pytest.mark.parametrize("broken", [{"uuid": "?"}, {"version": "x"}, {"version": "-1"}])
def test_a_broken_form_takes_nothing_back(page: Browser, hua: Child, broken: dict) -> None:
    page.open().send(go="all")
    page.undo(**broken)
    assert "页面数据不完整，没有撤销" in page.html
    assert not RollCall.objects.get().is_taken_back


def test_an_unknown_session_is_nothing_to_take_back(page: Browser, hua: Child) -> None:
    page.open().send(go="all")
    assert "不需要撤销" in page.undo(session="夜里").html
    assert not RollCall.objects.get().is_taken_back


def test_a_page_from_before_shows_that_it_was_taken_back_and_loses_nothing(
    page: Browser, desk_page: Browser, hua: Child
) -> None:
    desk_page.open()
    page.open().send(go="all")
    page.undo()
    desk_page.send(away=[hua.pk], **absent(hua, "unexcused"), go="marked")
    assert desk_page.status == 409
    assert "提交后又撤销，本班现在是“未点名”" in desk_page.html
    assert "class_teacher甲" in desk_page.html
    assert "王小华：无故未到" in desk_page.html
    desk_page.send(go="marked")
    assert "应到3 实到2" in desk_page.html
    assert RollCall.objects.get().first_version == 3


def test_the_back_button_does_not_send_it_again_in_silence(page: Browser, hua: Child) -> None:
    form = page.open().html
    page.send(go="all").undo()
    page.html = form
    page.send(go="all")
    assert page.status == 409
    assert "本班现在是“未点名”" in page.html
    page.send(go="all")
    assert "已提交" in page.html
