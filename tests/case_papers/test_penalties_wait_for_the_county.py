"""P19: until the county turns it on with a legal basis, nothing of T05 to T07 is seen."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case
from cases.papers.kinds.penalties import APPLICATION, DECISION, NOTICE, PENALTIES, REMINDER
from foundation.accounts.models import Parameter
from tests.browsing import client_of, page
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import reach, stage
from tests.cast import Cast
from tests.files.samples import photo

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 10)
BASIS = "《某省义务教育条例》第四十条"
URL = "/parameters/penalty_module/"
PAPER = {"source": "县政府常务会议纪要〔2025〕9号", "reason": "县政府常务会议议定"}
TYPED = {
    "联系电话": "0883-1234567",
    "违法事实": "经限期仍未送子女返校。",
    "法律依据": BASIS,
    "处罚内容": "警告。",
}
REMEDIES = {"复议机关": "甲县人民政府", "受诉法院": "甲县人民法院"}
TITLES = {one.kind.title for one in PENALTIES}


@pytest.fixture
def late(cast: Cast, case: Case, on: Any) -> Case:
    """The order was served, its week is over."""
    reach(cast, case, "D6")
    on(DAY)
    return case


def _change(cast: Cast, **typed: str) -> str:
    """The county's desk changes the parameter; what the page says then."""
    desk = client_of(cast.person("county_desk"))
    sent = {**PAPER, "valid_from": f"{DAY}", **typed}
    answer = desk.post(f"{URL}change/", {**sent, "step": "preview"})
    seen = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    if seen is None:
        return page(answer, 422)
    confirmed = {**sent, "step": "confirm", "seen": seen[1]}
    return page(desk.post(f"{URL}change/", confirmed, follow=True))


@pytest.fixture
def turned_on(cast: Cast, late: Case) -> Case:
    assert "已登记" in _change(cast, is_on="True", basis=BASIS)
    return late


def _desk(cast: Cast, case: Case, kind: str) -> PaperDesk:
    return PaperDesk(cast, case, kind, "township_officer", "township_leader")


def _serve(desk: PaperDesk, day: date) -> None:
    at = {"method": "direct", "day": f"{day}", "time": "10:00", "place": "东村三组家中"}
    who = {"first_server": "经办人甲", "second_server": "村干部乙", "received_by": "张父"}
    clerk = client_of(desk.cast.person("township_officer"))
    proof = SimpleUploadedFile("回证.jpg", photo(), "image/jpeg")
    page(clerk.post(desk.at("serve"), {**at, **who, "proofs": [proof]}, follow=True))
    assert desk.paper.served_on == day


@pytest.mark.usefixtures("turned_on")
@pytest.mark.parametrize(
    ("role", "offered"),
    [("registrar", False), ("township_officer", True), ("county_desk", True)],
)
def test_only_who_has_such_papers_may_filter_by_them(cast: Cast, role: str, offered: bool) -> None:
    ledger = client_of(cast.person(role)).get(reverse("papers:ledger"))
    choices = {title for _, title in ledger.context["filter"].filters["kind"].extra["choices"]}
    assert (choices >= TITLES) is offered
    assert bool(TITLES & choices) is offered


def test_while_it_is_off_nothing_of_it_is_seen(cast: Cast, late: Case) -> None:
    desk = _desk(cast, late, NOTICE)
    assert not TITLES & set(desk.menu())
    county = client_of(cast.person("county_desk"))
    shown = [desk.case_page(), page(county.get(reverse("papers:texts")))]
    shown += [page(county.get(reverse(f"papers:{name}"))) for name in ("ledger", "words")]
    assert not [title for title in TITLES for words in shown if title in words]
    assert county.get(reverse("papers:text", args=[NOTICE])).status_code == 404
    assert "本县没有开通" in desk.refused()
    assert "不开通" in page(county.get("/parameters/"))


@pytest.mark.parametrize("basis", ["", "义务教育法", "《义务教育法》"])
def test_it_is_not_turned_on_without_a_legal_basis(cast: Cast, late: Case, basis: str) -> None:
    assert "请写明法律依据" in _change(cast, is_on="True", basis=basis)
    assert not Parameter.objects.filter(code="P19", value=basis).exists()


def test_it_is_not_turned_on_without_a_paper_of_the_county(cast: Cast, late: Case) -> None:
    assert "请填写来源文件和文号" in _change(cast, is_on="True", basis=BASIS, source="")


def test_the_form_suggests_no_basis(cast: Cast, late: Case) -> None:
    form = client_of(cast.person("county_desk")).get(f"{URL}change/").context["form"]
    assert (form.initial["is_on"], form.initial["basis"]) == ("False", "")


def test_turned_on_it_tells_its_basis_and_is_turned_off_again(
    cast: Cast, turned_on: Case, on: Any
) -> None:
    county = client_of(cast.person("county_desk"))
    assert f"开通。依据：{BASIS}" in page(county.get("/parameters/"))
    assert "行政处罚事先告知书" in page(county.get(reverse("papers:texts")))
    desk = _desk(cast, turned_on, NOTICE)
    assert "行政处罚事先告知书" in desk.menu()
    _change(cast, is_on="False")
    assert "行政处罚事先告知书" not in desk.menu()


def test_notice_decision_reminder_court_one_after_the_other(
    cast: Cast, turned_on: Case, on: Any
) -> None:
    notice, decision, reminder, court = (
        _desk(cast, turned_on, one) for one in (NOTICE, DECISION, REMINDER, APPLICATION)
    )
    assert "请先送达行政处罚事先告知书" in decision.refused()
    notice.write()
    values = notice.paper.values
    assert (values["法律依据"], values["处罚内容"], values["违法事实"]) == ("", "", "")
    assert "还缺少：联系电话、违法事实、法律依据、处罚内容。" in notice.send()
    notice.revise(**TYPED)
    notice.send()
    assert "已签发：东政罚告〔2025〕1号" in notice.sign()
    assert "2025年9月30日送达东政教限〔2025〕1号" in notice.printed()
    _serve(notice, DAY)
    _serve(decision.signed(**TYPED, **REMEDIES), DAY)
    assert "6个月内向甲县人民法院提起行政诉讼" in decision.printed()
    assert "请先送达催告书" in court.refused()
    _serve(reminder.signed(联系电话="0883-1234567"), DAY)
    assert "本机关东政罚决〔2025〕1号已经送达" in reminder.printed()
    on(date(2025, 10, 20))
    assert "催告书送达未满10日，2025年10月20日以后才能申请强制执行。" in court.refused()
    on(date(2025, 10, 21))
    told = {"受理法院": "东县人民法院", "申请事项": "强制执行上述决定。", "法律依据": BASIS}
    court.signed(联系电话="0883-1234567", **told)
    printed = court.printed()
    assert "附：案卷目录" in printed
    for words in ("东政教限〔2025〕1号", "东政罚决〔2025〕1号", "东政催〔2025〕1号", "送达回证"):
        assert words in printed
    assert stage(turned_on) == "D6"


def test_before_the_meeting_stage_none_is_written(cast: Cast, case: Case, on: Any) -> None:
    reach(cast, case, "D4")
    on(DAY)
    _change(cast, is_on="True", basis=BASIS)
    assert "转入乡镇会商以后才能办理" in _desk(cast, case, NOTICE).refused()


@pytest.mark.parametrize("role", ["registrar", "head_teacher"])
def test_the_school_writes_none(cast: Cast, turned_on: Case, role: str) -> None:
    desk = _desk(cast, turned_on, NOTICE)
    assert not TITLES & set(desk.menu(role))
    desk.write(role, 403)
