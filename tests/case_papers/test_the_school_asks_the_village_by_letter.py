"""The act that asks the village writes the letter; the head signs it, and the village signs for it
on its phone. The village's time does not wait for the signature (F03, R5)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Dispatch
from cases.papers.index import materials_of
from foundation.papers.models import Paper
from tests.browsing import client_of, page
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import a_case, deadline, reach
from tests.cast import Cast, make_child

D2, ASKED, NEXT = date(2025, 9, 13), date(2025, 9, 16), date(2025, 9, 17)
WISH = "请今晚再去一次家里，问清楚在哪里务工。"


@pytest.fixture
def case(cast: Cast) -> Case:
    child = make_child(cast.here, guardians=({"name": "张父", "relation": "父亲"},))
    found = a_case(cast, child)
    reach(cast, found, "D2")
    return found


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    on(ASKED)
    return PaperDesk(cast, case, "asking", "registrar", "head_teacher")


def _act(desk: PaperDesk, role: str, act: str, **data: Any) -> str:
    desk.case.refresh_from_db()
    client = client_of(desk.cast.person(role))
    sent = {"version": desk.case.version, "occurred_on": ASKED.isoformat(), **data}
    answer = client.post(reverse("act", args=[desk.case.number, act]), sent, follow=True)
    assert answer.status_code == 200, answer.context["form"].errors
    return page(answer)


def _ask(desk: PaperDesk) -> str:
    return _act(desk, "registrar", "ask_village", content=WISH)


def test_one_move_of_the_school_writes_the_letter_and_starts_the_village_s_time(
    desk: PaperDesk,
) -> None:
    told = _ask(desk)
    assert "协助劝返请求函已写好，送校长签发" in told
    assert desk.paper.state == "waiting"
    desk.case.refresh_from_db()
    assert (desk.case.stage, deadline(desk.case, "answer").day0) == ("D3", ASKED)
    assert "待签发" in desk.case_page("village_cadre")
    text = desk.read("head_teacher")
    for words in ("东村村民委员会：", "张小明", "张父（父亲）", WISH):
        assert words in text


def test_the_village_signs_for_the_signed_letter_and_the_school_sees_it(desk: PaperDesk) -> None:
    _ask(desk)
    desk.sign()
    assert desk.paper.number == "东镇中学协〔2025〕1号"
    assert "未签收，今天送出" in desk.case_page()
    village = client_of(desk.cast.person("village_cadre"))
    assert f'href="{desk.at("paper")}"' in page(village.get("/"))
    assert WISH in page(village.get(desk.at("paper")))
    assert "已签收。" in page(village.post(desk.at("receive"), follow=True))
    assert "9月16日签收" in desk.case_page()
    assert "东村村民委员会签收协助劝返请求函" in desk.case_page()
    assert Dispatch.objects.get(case=desk.case).received_on == ASKED


def test_the_file_of_the_case_has_the_letter_once_with_its_receipt(desk: PaperDesk) -> None:
    _ask(desk)
    assert _in_the_file(desk) == [("协助劝返请求", "送东村村民委员会，未签收")]
    desk.sign()
    assert _in_the_file(desk) == [("协助劝返请求函", "送东村村民委员会，未签收")]
    client_of(desk.cast.person("village_cadre")).post(desk.at("receive"))
    assert _in_the_file(desk) == [("协助劝返请求函", "送东村村民委员会，2025年9月16日签收")]


def _in_the_file(desk: PaperDesk) -> list[tuple[str, str]]:
    return [(one.title, one.note) for one in materials_of(desk.case) if "请求" in one.title]


def test_a_receipt_taken_back_is_open_again_on_the_case(desk: PaperDesk) -> None:
    _ask(desk)
    desk.sign()
    village = client_of(desk.cast.person("village_cadre"))
    village.post(desk.at("receive"))
    village.post(desk.at("act", "unreceive"), {"reason": "按错了"})
    assert "未签收，今天送出" in desk.case_page()
    assert Dispatch.objects.get(case=desk.case).received_on is None


def test_an_answer_signs_for_the_letter(desk: PaperDesk) -> None:
    _ask(desk)
    desk.sign()
    told = {"met": "祖母", "note": "当晚入户，向祖母说明情况。"}
    data = {"visited": "on", "answer_result": "no_effect", **told}
    _act(desk, "village_cadre", "answer", **data)
    assert desk.paper.sendings.get().received_on == ASKED
    assert "已办理，视为签收" in desk.case_page()


def test_before_the_act_no_letter_is_written(desk: PaperDesk) -> None:
    assert "协助劝返请求函" not in desk.menu()
    assert "请先在个案里办理" in desk.refused()
    assert not Paper.objects.exists()


def test_a_letter_that_was_given_up_is_written_anew_for_the_same_request(desk: PaperDesk) -> None:
    _ask(desk)
    head = client_of(desk.cast.person("head_teacher"))
    head.post(desk.at("act", "return"), {"reason": "地址不对"})
    client_of(desk.cast.person("registrar")).post(desk.at("act", "drop"), {"reason": "重写"})
    assert "协助劝返请求函" in desk.menu()
    desk.write()
    desk.send()
    desk.sign()
    assert Dispatch.objects.get(case=desk.case).paper == desk.paper
    assert "协助劝返请求函" not in desk.menu()


def test_another_village_and_township_find_nothing(desk: PaperDesk) -> None:
    _ask(desk)
    desk.sign()
    for role in ("village_cadre", "township_officer"):
        stranger = client_of(desk.cast.person(role, there=True))
        assert stranger.get(desk.at("paper")).status_code == 404
        assert stranger.post(desk.at("receive")).status_code == 404
