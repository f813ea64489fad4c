"""A slip for a day that the roll calls 无故: every page says which of the two counts."""

import pytest

from students.attendance.models import Absence, LeaveSlip
from students.roster.models import Child
from tests.attendance.help import FRI, THU, Caller, missing
from tests.attendance.pages import browser_of, fields_of
from tests.attendance.test_pages_of_leave import filled, path
from tests.browsing import client_of, page
from tests.cast import Cast

SAID = "9月12日的点名按无故计，以点名为准；假条属实的，请更正点名。"


@pytest.fixture(autouse=True)
def _friday(clock_at, cast: Cast) -> None:
    clock_at(FRI)


def enter(cast: Cast, child: Child) -> str:
    client = client_of(cast.person("class_teacher"))
    return page(client.post(path(cast), filled(child, first_day=str(THU)), follow=True))


@pytest.mark.parametrize(("kind", "note"), [("unexcused", ""), ("other", "家中有事")])
def test_it_is_said_when_the_slip_is_entered_with_the_way_to_the_roll(
    cast: Cast, teacher: Caller, hua: Child, kind: str, note: str
) -> None:
    teacher.call(FRI, missing(hua, kind, note=note))
    shown = enter(cast, hua)
    assert shown.count(SAID) == 2  # the message, and beside the slip
    assert f'href="/roll/{cast.here.school_class.pk}/{FRI}/?edit=1"' in shown


def test_the_page_of_the_pupil_says_it_too(cast: Cast, teacher: Caller, hua: Child) -> None:
    teacher.call(FRI, missing(hua))
    enter(cast, hua)
    assert SAID in page(client_of(cast.person("registrar")).get(f"/pupils/{hua.pk}/"))


def test_a_past_day_is_corrected_by_the_desk_and_no_teacher_is_sent_there(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(THU, missing(hua))
    shown = enter(cast, hua)
    assert "9月11日的点名按无故计" in shown
    assert f"/{THU}/?edit=1" not in shown
    desk = page(client_of(cast.person("registrar")).get(path(cast)))
    assert f"/{THU}/?edit=1" in desk


def test_once_the_roll_is_corrected_nothing_is_said(cast: Cast, teacher: Caller, hua: Child):
    teacher.call(FRI, missing(hua))
    enter(cast, hua)
    teacher.call(FRI, missing(hua, "sick", FRI))
    assert "按无故计" not in page(client_of(cast.person("class_teacher")).get(path(cast)))


def test_a_slip_that_is_taken_back_says_so_and_offers_nothing(cast: Cast, hua: Child) -> None:
    enter(cast, hua)
    slip, client = LeaveSlip.objects.get(), client_of(cast.person("class_teacher"))
    address = f"/roll/slips/{slip.pk}/take-back/"
    assert "撤销理由" in page(client.get(address))
    client.post(address, {"reason": "日期登记错误"})

    shown = page(client.get(address, follow=True))

    assert "这张假条已于9月12日撤销，不用再办。" in shown
    assert "撤销理由" not in shown


def test_the_correction_of_the_roll_is_preset_with_the_leave_of_the_slip(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI, missing(hua))
    enter(cast, hua)
    roll = browser_of(cast.person("class_teacher"), cast.here.school_class.pk)
    assert "无故未到" in roll.open().html  # as submitted, until somebody corrects it
    form = fields_of(roll.open("?edit=1").html)
    slip = LeaveSlip.objects.get()
    assert (form[f"kind-{hua.pk}"], form[f"until-{hua.pk}"]) == (["sick"], [str(slip.last_day)])
    roll.send(go="marked")
    assert Absence.objects.standing().get(child=hua).kind == "sick"


def test_who_came_late_is_not_made_absent_by_a_slip(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI, missing(hua, "late"))
    enter(cast, hua)
    roll = browser_of(cast.person("class_teacher"), cast.here.school_class.pk)
    assert fields_of(roll.open("?edit=1").html)[f"kind-{hua.pk}"] == ["late"]
