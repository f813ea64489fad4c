"""辍学学生劝返清单 (T13): counts, three name lists and six signature lines of a township's term."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.papers.kinds.returned_list import SIGNERS
from cases.policy import Act
from foundation.papers.models import Paper
from tests.browsing import client_of, page
from tests.cases.steps import a_case, do, reach
from tests.cast import Cast, make_child

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 10)
URL = reverse("returned_list")


def _confirmed(cast: Cast, name: str) -> Case:
    """A dropout as the head teacher confirmed it, after a visit."""
    case = a_case(cast, make_child(cast.here, name))
    reach(cast, case, "D4")
    visit = {"method": "visit", "met": "祖母"}
    do(cast, case, Act.CONTACT, "class_teacher", date(2025, 9, 26), **visit)
    ground = {"ground": "working", "content": "已随亲戚外出务工，家人确认。"}
    return do(cast, case, Act.CONFIRM_DROPOUT, "head_teacher", date(2025, 9, 29), **ground)


@pytest.fixture
def clerk(cast: Cast, on: Any) -> Client:
    """Of three cases one is a dropout, one was and came back, one never was."""
    _confirmed(cast, "张小明")
    back = _confirmed(cast, "李小红")
    a_case(cast, make_child(cast.here, "王小刚"))
    do(cast, back, Act.RETURN, "registrar", date(2025, 9, 30), placement="other_class")
    on(DAY)
    return client_of(cast.person("township_officer"))


def test_the_page_counts_and_names_them(clerk: Client) -> None:
    shown = page(clerk.get(URL))
    assert "2025—2026学年" in shown
    assert "辍学 2 人，已返校 1 人，未返校 1 人（截至 2025年10月10日）" in shown
    assert "王小刚" not in shown
    assert shown.count("李小红") == 2
    assert page(clerk.get(reverse("papers:ledger"))).count(URL) == 1


def test_the_list_is_drafted_signed_and_printed(cast: Cast, clerk: Client) -> None:
    clerk.post(URL, {"term": "2025-09-01"})
    paper = Paper.objects.get()
    own = reverse("papers:paper", args=[paper.pk])
    page(clerk.post(reverse("papers:send", args=[paper.pk]), follow=True))
    head = client_of(cast.person("township_leader"))
    seen = head.get(own).context["seen"]
    head.post(reverse("papers:sign", args=[paper.pk]), {"seen": seen})
    assert "待上传签字扫描件" in page(head.get(own))  # six sign the printed one
    printed = page(clerk.post(reverse("papers:print"), {"pk": paper.pk}))
    assert "东政劝返清〔2025〕1号" in printed
    assert "有义务教育阶段辍学学生2人（附一）" in printed
    assert "已劝返1人（附二），未返校1人（附三）。" in printed
    for signer in SIGNERS:
        assert signer in printed


def test_a_list_that_changed_is_drafted_anew(cast: Cast, clerk: Client) -> None:
    clerk.post(URL)
    away = Case.objects.get(child__name="张小明")
    do(cast, away, Act.REVERT_DROPOUT, "county_desk", DAY)
    paper = Paper.objects.get()
    told = page(clerk.post(reverse("papers:send", args=[paper.pk]), follow=True))
    assert "起草以后名单有变化，请撤销后重新起草。" in told


def test_one_list_of_a_term_at_a_time(clerk: Client) -> None:
    clerk.post(URL)
    assert "已经有一份在办" in page(clerk.post(URL, follow=True))
    assert Paper.objects.count() == 1


@pytest.mark.parametrize("role", ["registrar", "head_teacher", "village_cadre", "bureau_leader"])
def test_others_do_not_open_it(cast: Cast, role: str) -> None:
    assert client_of(cast.person(role)).get(URL).status_code == 403
