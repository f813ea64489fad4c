"""延缓入学证明, 休学证明, 复学证明 and the application forms before them (T09, domain 3.8)."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.days import ONE_DAY
from foundation.messaging.models import Message
from foundation.papers import acts
from foundation.papers.models import Paper
from students.roster.changes.acts.suspensions import approve_suspension
from students.roster.models import Change, Child
from tests.browsing import client_of
from tests.cast import Cast, make_child
from tests.doers import CHINA
from tests.roster.changing import FRI, by, let_go, record, suspend

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(FRI, time(10), CHINA))


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("township_officer"))


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("registrar"))


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def _certify(client: Client, change: Change) -> Any:
    return client.post(reverse("changes:certify", args=[change.pk]), follow=True)


def _page(client: Client, change: Change) -> str:
    return _text(client.get(reverse("changes:change", args=[change.pk])))


def _applied(cast: Cast, child: Child) -> Change:
    return record(cast, "suspension", child, until=UNTIL, reason="10")


def test_the_township_certifies_a_suspension_that_is_filed(cast: Cast, clerk: Client) -> None:
    change = suspend(cast, make_child(cast.here), FRI, UNTIL)
    assert "开具证明" in _page(clerk, change)
    answer = _certify(clerk, change)
    assert "已起草休学证明，请核对后送签。" in _text(answer)
    assert "期限自2025年9月12日起至2026年3月4日止" in _text(answer)

    paper = acts.send_to_sign(by(cast, "township_officer", FRI), Paper.objects.get())
    head = by(cast, "township_leader", FRI)
    acts.look(head, paper)
    assert acts.sign(head, paper).number == "东政休学〔2025〕1号"
    assert "东政休学〔2025〕1号" in _page(clerk, change)


def test_the_school_hears_of_the_certificate_and_finds_its_number(
    cast: Cast, clerk: Client, desk: Client
) -> None:
    change = suspend(cast, make_child(cast.here), FRI, UNTIL)
    _certify(clerk, change)
    paper = acts.send_to_sign(by(cast, "township_officer", FRI), Paper.objects.get())
    head = by(cast, "township_leader", FRI)
    acts.look(head, paper)
    acts.sign(head, paper)
    letter = Message.objects.get(key__startswith="certificate:")
    assert (letter.to_unit, letter.title) == (
        cast.here.school.unit,
        "休学证明已签发，可以通知监护人领取",
    )
    assert letter.url == reverse("changes:change", args=[change.pk])
    assert "东政休学〔2025〕1号" in _page(desk, change)


def test_it_is_not_certified_before_the_county_has_filed_it(cast: Cast, clerk: Client) -> None:
    change = _applied(cast, make_child(cast.here))
    approve_suspension(by(cast, "township_officer", FRI), change.pk, "诊断证明齐全，同意休学")
    assert "开具证明" not in _page(clerk, change)
    assert "办结以后才开具证明" in _text(_certify(clerk, change))
    assert not Paper.objects.exists()


def test_a_change_has_one_certificate(cast: Cast, clerk: Client) -> None:
    change = suspend(cast, make_child(cast.here), FRI, UNTIL)
    _certify(clerk, change)
    assert "开具证明" not in _page(clerk, change)
    assert "一项异动只开一份" in _text(_certify(clerk, change))
    assert Paper.objects.count() == 1


def test_a_certificate_given_up_may_be_drafted_anew(cast: Cast, clerk: Client) -> None:
    change = suspend(cast, make_child(cast.here), FRI, UNTIL)
    _certify(clerk, change)
    acts.drop(by(cast, "township_officer", FRI), Paper.objects.get(), "日期写错，重新起草")
    assert "已起草休学证明" in _text(_certify(clerk, change))


def test_the_school_does_not_certify_a_suspension(cast: Cast, desk: Client) -> None:
    change = suspend(cast, make_child(cast.here), FRI, UNTIL)
    assert "开具证明" not in _page(desk, change)
    assert _certify(desk, change).status_code == 403


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (UNTIL - ONE_DAY, "提前结束休学"),
        (UNTIL, "提前结束休学"),
        (UNTIL + ONE_DAY, "休学期满"),
    ],
)
def test_the_school_certifies_a_return(
    cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch, day: date, told: str
) -> None:
    child = make_child(cast.here)
    suspend(cast, child, FRI, UNTIL)
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(10), CHINA))
    change = record(cast, "return", child, day, to_class_id=cast.here.school_class.pk)
    answer = _text(_certify(desk, change))
    assert f"{told}，已于{day.year}年{day.month}月{day.day}日回到" in answer
    assert Paper.objects.get().unit == cast.here.school.unit


def test_other_changes_have_no_certificate(cast: Cast, desk: Client) -> None:
    change = let_go(cast, make_child(cast.here))
    page = _page(desk, change)
    assert "开具证明" not in page
    assert "打印申请表" not in page


def test_the_form_is_printed_before_the_guardian_signs_it(cast: Cast, desk: Client) -> None:
    child = make_child(cast.here)
    args = [child.pk, "suspension"]
    form = _text(desk.get(reverse("changes:record", args=args)))
    address = reverse("changes:application_of", args=args)
    assert f'href="{address}"' in form
    page = _text(desk.get(address))
    assert "义务教育阶段学生休学申请表" in page
    assert child.name in page
    assert "县教育局意见" in page


def test_a_pupil_of_another_school_has_no_form_here(cast: Cast, desk: Client) -> None:
    child = make_child(cast.there)
    answer = desk.get(reverse("changes:application_of", args=[child.pk, "suspension"]))
    assert answer.status_code == 404


def test_a_form_of_an_entrant_is_blank(cast: Cast, desk: Client) -> None:
    address = reverse("changes:application_blank")
    assert f'href="{address}"' in _text(desk.get(reverse("changes:defer")))
    page = _text(desk.get(address))
    assert "义务教育阶段学生延缓入学申请表" in page
    assert "应入学时间" in page


def test_the_filed_form_bears_both_opinions(cast: Cast, clerk: Client) -> None:
    change = suspend(cast, make_child(cast.here), FRI, UNTIL)
    page = _text(clerk.get(reverse("changes:application", args=[change.pk])))
    assert "诊断证明齐全，同意休学（2025年9月12日）" in page
    assert "备案1号（2025年9月12日）" in page
    assert "2025年9月12日至2026年3月4日" in page
