"""劝学通知书 (T02): drafted by the registrar from the case, signed by the head, served."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from cases.policy import Act, Stage
from foundation.papers.models import Paper
from tests.browsing import client_of, page
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import do, stage
from tests.cast import Cast
from tests.files.samples import photo

pytestmark = pytest.mark.django_db
PHONE = "0883-1234567"
SERVICE = {
    "method": "direct",
    "day": "2025-09-19",
    "time": "10:00",
    "place": "东村三组家中",
    "first_server": "王老师",
    "second_server": "李老师",
    "received_by": "张父",
}


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    return PaperDesk(cast, case, "urging", "registrar", "head_teacher")


def test_the_registrar_drafts_the_head_signs_and_it_is_served(desk: PaperDesk) -> None:
    assert "劝学通知书" in desk.menu()
    assert desk.write() == desk.at("paper")
    shown = desk.read()
    assert (
        "你监护的张小明系东镇中学八年级2班学生，自2025年9月11日起没有正当理由未到校上课。" in shown
    )
    assert "第五条" in shown
    assert "第十一条" in shown
    assert "请你自接到本通知书之日起7日内送张小明到校复学。" in shown
    assert "送达回证" in shown
    assert "还缺少：联系电话。请点“修改”补齐后再送签。" in desk.send()
    desk.revise(联系电话=PHONE)
    assert "已送签" in desk.send()
    assert "已签发：东镇中学劝学〔2025〕1号" in desk.sign()
    printed = desk.printed()
    assert "东镇中学劝学〔2025〕1号" in printed
    assert PHONE in printed
    registrar = client_of(desk.cast.person("registrar"))
    proof = SimpleUploadedFile("回证.jpg", photo(), "image/jpeg")
    page(registrar.post(desk.at("serve"), SERVICE | {"proofs": [proof]}, follow=True))
    shown = desk.case_page("class_teacher")
    assert "东镇中学劝学〔2025〕1号" in shown
    assert "9月19日签发　9月19日送达" in shown
    assert stage(desk.case) == Stage.D3


def test_who_signs_finds_it_in_the_queue(desk: PaperDesk) -> None:
    desk.write()
    desk.revise(联系电话=PHONE)
    desk.send()
    head = client_of(desk.cast.person("head_teacher"))
    assert "劝学通知书" in page(head.get(reverse("papers:queue")))
    assert client_of(desk.cast.person("registrar")).get(desk.at("paper")).status_code == 200
    assert client_of(desk.cast.person("township_leader")).get(desk.at("paper")).status_code == 404


def test_a_draft_is_seen_by_the_unit_that_writes_it(desk: PaperDesk) -> None:
    desk.write()
    assert "（签发后编号）" in desk.case_page()
    assert "（签发后编号）" not in desk.case_page("township_officer")


@pytest.mark.parametrize("role", ["class_teacher", "township_officer", "village_cadre"])
def test_others_do_not_write_it(desk: PaperDesk, role: str) -> None:
    assert "劝学通知书" not in desk.menu(role)
    desk.write(role, 403)
    assert not Paper.objects.exists()


def test_the_next_school_does_not_find_the_case(desk: PaperDesk) -> None:
    desk.write("registrar", 404, there=True)


def test_a_second_one_waits_until_the_first_is_served(desk: PaperDesk) -> None:
    desk.write()
    assert "劝学通知书" not in desk.menu()
    assert "已经有一份劝学通知书在办" in desk.refused()
    assert Paper.objects.count() == 1
    client_of(desk.cast.person("registrar")).post(desk.at("act", "drop"), {"reason": "写重了"})
    assert "劝学通知书" in desk.menu()
    assert "已撤销" not in desk.case_page()


def test_none_is_written_for_a_child_that_is_back(desk: PaperDesk, on: Any) -> None:
    desk.write()
    desk.revise(联系电话=PHONE)
    do(desk.cast, desk.case, Act.RETURN, "registrar", date(2025, 9, 19))
    assert desk.menu() == []
    assert "学生已经返校或者个案已经销号" in desk.send()
    assert "学生已经返校或者个案已经销号" in desk.refused()


def test_a_kind_that_nobody_knows_is_not_found(desk: PaperDesk) -> None:
    registrar = client_of(desk.cast.person("registrar"))
    url = reverse("write_paper", args=[desk.case.number, "nothing"])
    assert registrar.post(url).status_code == 404
    assert registrar.get(url).status_code == 405


def test_the_guardian_is_chosen_and_the_phone_is_one(desk: PaperDesk) -> None:
    child = desk.case.child
    child.guardians.create(position=2, name="黄川", relation="外祖父", is_guardian=False)
    desk.write()
    for typed, words in (
        ({"监护人姓名": "隔壁老王"}, "隔壁老王"),
        ({"联系电话": "abc"}, "请填写电话号码，例如：0883-1234567。"),
        ({"联系人": "长" * 101}, "100"),
    ):
        assert words in page(desk.revise(**{"联系电话": PHONE, **typed}), 422)
    desk.revise(监护人姓名="黄川", 联系电话=PHONE)
    assert desk.paper.values["与学生关系"] == "外祖父"
    shown = desk.read()
    assert "黄川：" in shown
    assert "外祖父" in shown
