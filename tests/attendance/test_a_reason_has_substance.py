"""A reason of the roll that says nothing is asked for again; a short one that says it passes."""

import pytest

from foundation.accounts.actions import Refused
from foundation.pages.substance import SHORT, is_hollow
from students.attendance.models import LeaveSlip
from students.roster.models import Child
from tests.attendance.help import FRI, THU, Caller, missing
from tests.attendance.pages import absent, browser_of
from tests.attendance.test_pages_of_leave import filled, path
from tests.browsing import client_of
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _friday(clock_at, cast: Cast) -> None:
    clock_at(FRI)


@pytest.mark.parametrize("words", ["", "无", "。", "家", "无。", "正常", "家家", "。。。。"])
def test_what_says_nothing_is_known(words: str) -> None:
    assert is_hollow(words, SHORT)


@pytest.mark.parametrize("words", ["误点", "发烧", "补点", "奔丧", "孩子上午到校了"])
def test_short_and_honest_is_taken(words: str) -> None:
    assert not is_hollow(words, SHORT)


def test_the_correction_of_a_past_roll(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(THU, missing(hua))
    past = browser_of(cast.person("registrar"), cast.here.school_class.pk, THU).open("?edit=1")

    past.send(away=[], reason="无", go="all")

    assert past.status == 422
    assert "请写明更正理由" in past.html
    past.send(away=[], reason="误点，当天到校", go="all")
    assert past.status == 200
    assert "误点，当天到校" in past.html


def test_the_remark_of_another_reason(cast: Cast, page, hua: Child) -> None:
    page.open().send(away=[hua.pk], go="marked", **absent(hua, "other"), **note(hua, "家"))
    assert page.status == 422
    assert "说明没有写清情况" in page.html
    page.send(away=[hua.pk], go="marked", **absent(hua, "other"), **note(hua, "奔丧"))
    assert page.status == 200


def test_a_remark_that_no_kind_asks_for_may_be_short(teacher: Caller, hua: Child) -> None:
    assert teacher.call(FRI, missing(hua, "sick", FRI, note="烧")).roll_call.pk
    with pytest.raises(Refused, match="说明没有写清情况"):
        teacher.call(FRI, missing(hua, "other", note="无"))


def test_taking_a_slip_back(cast: Cast, hua: Child) -> None:
    client = client_of(cast.person("class_teacher"))
    client.post(path(cast), filled(hua))
    slip = LeaveSlip.objects.get()
    answer = client.post(f"/roll/slips/{slip.pk}/take-back/", {"reason": "无"})
    assert answer.status_code == 422
    assert "“无”没有说明情况，请写明具体的依据或经过。" in answer.content.decode()


def note(child: Child, words: str) -> dict[str, str]:
    return {f"note-{child.pk}": words}
