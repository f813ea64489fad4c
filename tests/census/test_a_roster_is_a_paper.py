"""六年级学生名册交接单 as a numbered paper: sent, signed, received or returned (T14)."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from foundation.accounts.models import Person
from students.census.models import Entrant, Handover
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.census.steps import (
    SPRING,
    Primary,
    a_leaver,
    hand_over,
    make_primary,
    paper_of,
    sign,
)

NOON_IN_SPRING = "2026-06-15 04:00:00+00:00"


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school of our township."""
    return make_primary(cast.here)


@pytest.fixture(autouse=True)
def _spring() -> Iterator[None]:
    """Noon of a day in June."""
    with time_machine.travel(NOON_IN_SPRING, tick=False):
        yield


def registrar(primary: Primary) -> Client:
    """The primary school's registrar at the browser."""
    return client_of(Person.objects.get(pk=primary.registrar.person_id))


def test_grade_6_goes_over_with_two_signatures(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    sender, receiver = registrar(primary), client_of(cast.person("registrar"))
    sender.post("/census/handover/", {"otherwise": cast.here.school.pk})
    made = Handover.objects.get()
    row = made.rows.get()
    assert "李六年" not in page(receiver.get("/census/handover/"))
    assert receiver.get(f"/census/handover/{made.pk}/").status_code == 404
    note = {f"exception-{row.pk}": "with_parents", f"remark-{row.pk}": "浙江"}
    sender.post(f"/census/handover/{made.pk}/describe/", note)
    sender.post(f"/census/handover/{made.pk}/send/")
    made.refresh_from_db()
    paper = f"/papers/{made.paper_id}/"
    assert receiver.get(paper).status_code == 404
    head = client_of(Person.objects.get(pk=primary.head.person_id))
    seen = head.get(paper).context["seen"]
    signed = head.post(f"{paper}sign/", {"seen": seen}, follow=True)
    assert "已签发：东镇小学交接〔2026〕1号" in page(signed)
    assert "随父母外出就读" in page(receiver.get(f"/census/handover/{made.pk}/"))
    assert "东镇小学交接〔2026〕1号" in page(receiver.get("/papers/received/"))
    assert "待签收的文书" in page(receiver.get("/"))
    text = page(receiver.get(paper))
    for words in ("李六年", "共1人", "随父母外出就读", "浙江", "移交学校", "接收学校"):
        assert words in text
    assert "已签收。" in page(receiver.post(f"{paper}receive/", follow=True))
    made.refresh_from_db()
    assert made.state == Handover.ACCEPTED
    assert Entrant.objects.get().school == cast.here.school
    assert "已签收" in page(sender.get(f"/census/handover/{made.pk}/"))
    assert "撤回签收</a>" not in page(receiver.get(paper))
    again = receiver.post(f"{paper}unreceive/", {"reason": "按错了"})
    assert "不能撤回签收" in page(again, 422)
    voided = head.post(f"{paper}void/", {"reason": "漏了一个班"})
    assert "接收学校已经签收" in page(voided, 422)
    assert made.state == Handover.ACCEPTED


def test_the_receiver_returns_a_roster_with_its_reasons(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    made, receiver = hand_over(cast, primary), client_of(cast.person("registrar"))
    refuse = f"/papers/{made.paper_id}/refuse/"
    assert refuse in page(receiver.get(f"/papers/{made.paper_id}/"))
    page(receiver.post(refuse, {}), 422)
    page(registrar(primary).post(refuse, {"reason": "缺2班"}), 403)
    receiver.post(refuse, {"reason": "缺2班"})
    sender = registrar(primary)
    assert "缺2班" in page(sender.get(f"/census/handover/{made.pk}/"))
    assert "缺2班" in page(sender.get("/papers/"))  # the ledger says why the number is void
    assert "已作废" in page(sender.get(f"/papers/{made.paper_id}/"))
    late = receiver.post(f"/papers/{made.paper_id}/receive/", follow=True)
    assert "不能签收" in page(late)
    sender.post("/census/handover/", {"otherwise": cast.here.school.pk})
    anew = Handover.objects.get(state=Handover.DRAFT)
    assert paper_of(sign(primary, anew)).number == "东镇小学交接〔2026〕2号"


def test_a_roster_changes_no_more_while_the_head_has_it(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    sender = registrar(primary)
    sender.post("/census/handover/", {"otherwise": cast.here.school.pk})
    made = Handover.objects.get()
    row = made.rows.get()
    sender.post(f"/census/handover/{made.pk}/send/")
    again = sender.post(f"/census/handover/{made.pk}/send/")
    assert "不能修改" in page(again, 422)
    note = {f"exception-{row.pk}": "with_parents", f"remark-{row.pk}": "浙江"}
    refused = sender.post(f"/census/handover/{made.pk}/describe/", note, follow=True)
    assert "名册已送校长签发" in page(refused)
    made.refresh_from_db()
    paper = f"/papers/{made.paper_id}/"
    a_leaver(cast.here, primary, "赵六年")
    sender.post("/census/handover/", {"otherwise": cast.here.school.pk})  # one child more
    head = client_of(Person.objects.get(pk=primary.head.person_id))
    seen = head.get(paper).context["seen"]
    assert "送签以后名册改过" in page(head.post(f"{paper}sign/", {"seen": seen}, follow=True))
    head.post(f"{paper}return/", {"reason": "少一个学生"})
    assert "校长已退回" in page(sender.get(f"/census/handover/{made.pk}/"))
    sender.post(f"/census/handover/{made.pk}/describe/", note)
    sender.post(f"/census/handover/{made.pk}/send/")
    seen = head.get(paper)
    assert "赵六年" in page(seen)
    assert "浙江" in page(seen)
    head.post(f"{paper}sign/", {"seen": seen.context["seen"]})
    made.refresh_from_db()
    assert (made.state, made.steps.count()) == (Handover.SENT, 1)


def test_a_roster_voided_before_its_receipt_is_prepared_anew(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    made, sender = hand_over(cast, primary), registrar(primary)
    head = client_of(Person.objects.get(pk=primary.head.person_id))
    head.post(f"/papers/{made.paper_id}/void/", {"reason": "漏了一个班"})
    text = page(sender.get(f"/census/handover/{made.pk}/"))
    assert "移交方作废" in text
    assert "漏了一个班" in text
    assert not Entrant.objects.exists()
    sender.post("/census/handover/", {"otherwise": cast.here.school.pk})
    assert Handover.objects.filter(state=Handover.DRAFT).count() == 1


def test_a_roster_signed_before_rosters_were_papers_is_read_and_signed_for(
    cast: Cast, primary: Primary
) -> None:
    a_leaver(cast.here, primary)
    sender, receiver = registrar(primary), client_of(cast.person("registrar"))
    sender.post("/census/handover/", {"otherwise": cast.here.school.pk})
    made = Handover.objects.get()
    made.steps.create(act="sign", day=SPRING, post=primary.registrar)
    Handover.objects.update(state=Handover.SENT)
    text = page(receiver.get(f"/census/handover/{made.pk}/"))
    assert f"/census/handover/{made.pk}/accept/" in text
    receiver.post(f"/census/handover/{made.pk}/accept/")
    printed = page(sender.get(f"/census/handover/{made.pk}/paper/"))
    assert printed.count("日期：2026年6月15日") == 2
    assert "共<strong>1</strong>人" in printed
    assert Entrant.objects.get().school == cast.here.school


def test_a_numbered_roster_is_signed_for_in_one_place_only(cast: Cast, primary: Primary) -> None:
    a_leaver(cast.here, primary)
    made, receiver = hand_over(cast, primary), client_of(cast.person("registrar"))
    for act in ("accept", "return"):
        answer = receiver.post(f"/census/handover/{made.pk}/{act}/", {"reason": "缺2班"})
        assert (answer.status_code, answer["Location"]) == (302, f"/papers/{made.paper_id}/")
    made.refresh_from_db()
    assert made.state == Handover.SENT


def test_the_central_school_prepares_a_roster_and_the_school_sends_it(
    cast: Cast, primary: Primary
) -> None:
    a_leaver(cast.here, primary)
    central = client_of(cast.person("central_school"))
    central.post(
        "/census/handover/", {"school": primary.school.pk, "otherwise": cast.here.school.pk}
    )
    made = Handover.objects.get()
    assert "由学校送校长签发" in page(central.get(f"/census/handover/{made.pk}/"))
    assert central.post(f"/census/handover/{made.pk}/send/").status_code == 403
    assert sign(primary, made).state == Handover.SENT
