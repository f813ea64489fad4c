"""限期复学通知书 of the county bureau: 基教股 drafts and serves it, 局领导 signs it."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from foundation import clock
from foundation.accounts.actions import Refused
from foundation.papers import acts as papers
from foundation.papers.models import Paper
from tests.browsing import client_of
from tests.cases.orders import doer, drafted, entry
from tests.cases.steps import a_case, at, do, reach, stage
from tests.cast import Cast, make_child

DAY = date(2025, 9, 29)


@pytest.fixture
def case(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Case:
    """At the township, with enough attempts for an order."""
    monkeypatch.setattr(clock, "now", lambda: at(DAY, 10))
    case = a_case(cast, make_child(cast.here, guardians=({"name": "张父", "relation": "父亲"},)))
    reach(cast, case, "D4")
    for day in (25, 26, 28):
        talked = date(2025, 9, day)
        do(cast, case, Act.CONTACT, "township_officer", talked, method="visit")
    return case


@pytest.fixture
def paper(cast: Cast, case: Case) -> Paper:
    """Drafted by the bureau, waiting for its leader."""
    desk = doer(cast, "county_desk", DAY)
    return papers.send_to_sign(desk, drafted(cast, case, DAY, "county_desk"))


def test_the_leader_reads_what_he_signs_in_his_queue(cast: Cast, case: Case, paper: Paper) -> None:
    leader = client_of(cast.person("bureau_leader"))
    own, queue = reverse("papers:paper", args=[paper.pk]), reverse("papers:queue")
    assert "待签发的文书" in leader.get("/").content.decode()
    assert own in leader.get(queue).content.decode()
    page = leader.get(own)
    assert case.child.name in page.content.decode()
    signed = leader.post(f"{own}sign/", {"seen": page.context["seen"]}, follow=True)
    assert "已签发：甲县教育体育局教限〔2025〕1号" in signed.content.decode()
    assert "登记送达" not in signed.content.decode()
    assert "下载 PDF" in signed.content.decode()


def test_the_leader_has_no_paper_of_a_township_in_his_queue(cast: Cast, case: Case) -> None:
    sent = papers.send_to_sign(doer(cast, "township_officer", DAY), drafted(cast, case, DAY))
    leader = client_of(cast.person("bureau_leader"))
    assert "没有待签发的文书" in leader.get(reverse("papers:queue")).content.decode()
    assert leader.get(reverse("papers:paper", args=[sent.pk])).status_code == 403


def test_the_desk_serves_it_and_the_week_begins(cast: Cast, case: Case, paper: Paper) -> None:
    leader, desk = doer(cast, "bureau_leader", DAY), doer(cast, "county_desk", DAY)
    signed = papers.sign(leader, papers.look(leader, paper))
    papers.serve(desk, signed, entry(DAY))
    assert stage(case) == "D5"


def test_township_and_county_have_one_in_hand_at_a_time(
    cast: Cast, case: Case, paper: Paper
) -> None:
    with pytest.raises(Refused, match="已经有一份限期复学通知书（甲县教育体育局）在办"):
        drafted(cast, case, DAY)
    clerk = client_of(cast.person("township_officer"))
    page = clerk.get(reverse("case_order", args=[case.number]), follow=True).content.decode()
    assert "这件个案的限期复学通知书由甲县教育体育局办理" in page
    assert "由该单位签发和送达" in page


def test_the_desk_begins_it_from_the_papers_of_the_case(cast: Cast, case: Case) -> None:
    desk = client_of(cast.person("county_desk"))
    page = desk.get(reverse("case", args=[case.number])).content.decode()
    assert reverse("case_order", args=[case.number]) in page
    form = desk.get(reverse("case_order", args=[case.number]))
    assert "监护人姓名" in form.content.decode()
