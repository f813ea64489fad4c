"""双报告 (F04): one report to township, office and county, each with its receipt; due when the
child is 疑似辍学 or the case comes to the township; then a supplement under the same number."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, Deadline
from cases.policy import Act
from foundation.papers.models import Paper
from tests.browsing import client_of, page
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import a_case, deadline, do, reach, stage, sweep_on
from tests.cast import Cast, make_child

EVE, DUE, LATE = date(2025, 9, 17), date(2025, 9, 18), date(2025, 9, 19)
AT_D3, REPORTED = date(2025, 9, 19), date(2025, 9, 22)
ADDRESSEES = ("township_officer", "education_office", "county_desk")
On = Callable[[date], None]


@pytest.fixture
def case(cast: Cast) -> Case:
    father = {"name": "张父", "relation": "父亲", "phone": "13800000000"}
    child = make_child(cast.here, guardians=(father,), address="东村三组")
    found = a_case(cast, child)
    reach(cast, found, "D2")
    return found


@pytest.fixture
def desk(cast: Cast, case: Case, on: On) -> PaperDesk:
    on(EVE)
    return PaperDesk(cast, case, "report", "registrar", "head_teacher")


def _report_township(desk: PaperDesk, day: date) -> str:
    desk.case.refresh_from_db()
    client = client_of(desk.cast.person("registrar"))
    sent = {"cause": "02", "content": "村里入户两次，没有见到人。", "next_step": "请乡镇约谈家长。"}
    sent |= {"version": str(desk.case.version), "occurred_on": day.isoformat()}
    answer: Any = client.post(
        reverse("act", args=[desk.case.number, "report_township"]), sent, follow=True
    )
    assert answer.status_code == 200, answer.context["form"].errors
    return page(answer)


def _receive(desk: PaperDesk, role: str) -> str:
    client = client_of(desk.cast.person(role))
    assert desk.paper.number in page(client.get(reverse("papers:received")))
    return page(client.post(desk.at("receive"), follow=True))


def _queue(desk: PaperDesk, state: str) -> str:
    client = client_of(desk.cast.person("registrar"))
    return page(client.get(reverse("duties"), {"due": state}))


def test_it_is_due_on_the_day_the_child_is_suspected(desk: PaperDesk, on: On) -> None:
    row = deadline(desk.case, "dual_report")
    assert (row.day0, row.due_on) == (date(2025, 9, 10), DUE)
    name = "书面报告乡镇、镇教管办和县教育局"
    assert name in _queue(desk, "soon")
    on(DUE)
    assert name in _queue(desk, "today")
    sweep_on(LATE)
    on(LATE)
    assert name in _queue(desk, "overdue")


def test_a_missed_report_is_told_to_the_county(desk: PaperDesk) -> None:
    sweep_on(date(2025, 9, 22))
    assert deadline(desk.case, "dual_report").told_on == LATE


@pytest.mark.parametrize("day", [EVE, DUE, LATE], ids=["the day before", "the day", "a day late"])
def test_the_signature_meets_the_duty_and_moves_no_stage(
    desk: PaperDesk, on: On, day: date
) -> None:
    if day == LATE:
        sweep_on(day)
    on(day)
    before = stage(desk.case)
    desk.signed()
    row = deadline(desk.case, "dual_report")
    assert (row.met_on, row.due_on) == (day, DUE)
    assert stage(desk.case) == before


def test_one_paper_tells_the_five_facts_and_three_units_sign_for_it(desk: PaperDesk) -> None:
    desk.signed(辍学原因="厌学")
    text = desk.read()
    for words in ("张小明", "张父（父亲）", "13800000000", "东村三组", "厌学", "尚无劝返记录"):
        assert words in text
    assert desk.paper.number == "东镇中学报〔2025〕1号"
    assert "未签收，今天送出" in desk.case_page()
    for count, role in enumerate(ADDRESSEES, start=1):
        assert "已签收。" in _receive(desk, role)
        words = f"{count}/3 已签收" if count < 3 else "已签收"
        assert words in desk.case_page()
    assert Paper.objects.count() == 1


def test_at_the_township_a_supplement_goes_under_the_same_number(desk: PaperDesk, on: On) -> None:
    desk.signed()
    sweep_on(AT_D3)
    on(REPORTED)
    assert "书面报告送校长签发" in _report_township(desk, REPORTED)
    assert stage(desk.case) == "D4"
    more = PaperDesk(desk.cast, desk.case, "report_more", "registrar", "head_teacher")
    more.sign()
    assert more.paper.number == "东镇中学报〔2025〕1号（补1）"
    text = more.read()
    for words in ("东镇中学报〔2025〕1号报告的学生", "没有见到人", "请乡镇约谈家长"):
        assert words in text
    assert {one.paper_id for one in desk.case.dispatches.all()} == {more.paper.pk}
    for role in ADDRESSEES:
        assert "已签收。" in _receive(more, role)
    assert {one.received_on for one in desk.case.dispatches.all()} == {REPORTED}


def test_without_an_earlier_report_the_step_to_the_township_writes_it(
    desk: PaperDesk, on: On
) -> None:
    sweep_on(AT_D3)
    on(REPORTED)
    _report_township(desk, REPORTED)
    assert (stage(desk.case), desk.paper.state) == ("D4", "waiting")
    assert deadline(desk.case, "dual_report").met_on is None
    desk.sign()
    assert deadline(desk.case, "dual_report").met_on == REPORTED
    assert {one.paper_id for one in desk.case.dispatches.all()} == {desk.paper.pk}


def test_a_report_that_waits_for_the_head_serves_the_step_to_the_township(
    desk: PaperDesk, on: On
) -> None:
    desk.write()
    desk.send()
    sweep_on(AT_D3)
    on(REPORTED)
    _report_township(desk, REPORTED)
    assert Paper.objects.count() == 1
    assert {one.paper_id for one in desk.case.dispatches.all()} == {desk.paper.pk}


def test_a_void_report_is_owed_again_on_its_day(desk: PaperDesk) -> None:
    desk.signed()
    head = client_of(desk.cast.person("head_teacher"))
    head.post(desk.at("act", "void"), {"reason": "家长姓名写错"})
    row = deadline(desk.case, "dual_report")
    assert (row.is_open, row.due_on) == (True, DUE)
    assert "辍学情况书面报告" in desk.menu()


def test_a_case_that_comes_to_the_township_earlier_has_it_due_at_once(cast: Cast, on: On) -> None:
    early = date(2025, 9, 15)
    found = a_case(cast, make_child(cast.here, "李小红"))
    sweep_on(date(2025, 9, 13))
    on(early)
    desk = PaperDesk(cast, found, "report", "registrar", "head_teacher")
    do(cast, found, Act.ASK_VILLAGE, "registrar", early)
    _report_township(desk, early)
    row = Deadline.objects.owed().get(case=found, code="dual_report")
    assert (stage(found), row.due_on) == ("D4", early)


def test_another_township_and_its_office_find_nothing(desk: PaperDesk) -> None:
    desk.signed()
    for role in ("township_officer", "education_office", "village_cadre", "registrar"):
        stranger = client_of(desk.cast.person(role, there=True))
        assert stranger.get(desk.at("paper")).status_code == 404
    assert client_of(desk.cast.person("village_cadre")).get(desk.at("paper")).status_code == 404


def test_a_second_signing_of_the_same_unit_is_refused_in_words(desk: PaperDesk) -> None:
    desk.signed()
    _receive(desk, "township_officer")
    told = page(
        client_of(desk.cast.person("township_leader")).post(desk.at("receive"), follow=True)
    )
    assert "不用重复签收" in told
