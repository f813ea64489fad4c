"""A signed paper goes to its addressees; each signs for it, sees it till then as 未签收, and may
take a mistaken receipt back."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.accounts.models import Unit
from foundation.messaging.models import Message
from foundation.papers import acts
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, PaperMove, Sending
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.numbered.help import DAY, by, kind_with, sent, signed

LATER = date(2025, 9, 15)


@dataclass
class Shown:
    """The day on which the pages are looked at."""

    day: date = DAY


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    moment = Shown()
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(moment.day, time(10), CHINA))
    return moment


@pytest.fixture
def addressed(cast: Cast, shown: Shown, monkeypatch: pytest.MonkeyPatch) -> list[Unit]:
    """The kind is sent to our village, our office, and once more to the office."""
    units = [cast.here.village, cast.here.office, cast.here.office]
    monkeypatch.setitem(KINDS, "note", kind_with(addressees=lambda paper: units))
    return units


@pytest.fixture
def village(cast: Cast) -> Client:
    return client_of(cast.person("village_cadre"))


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("township_officer"))


def _at(name: str, *args: Any) -> str:
    return reverse(f"papers:{name}", args=args)


def _text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.usefixtures("addressed")
def test_it_is_sent_when_it_is_signed_once_to_each_unit(cast: Cast, village: Client) -> None:
    waiting = sent(cast)
    assert not Sending.objects.exists()
    assert village.get(_at("paper", waiting.pk)).status_code == 404
    head = by(cast, "township_leader")
    paper = acts.sign(head, acts.look(head, waiting))
    units = {one.to_unit for one in paper.sendings.all()}
    assert units == {cast.here.village, cast.here.office}
    letter = Message.objects.get(to_unit=cast.here.village)
    assert (letter.title, letter.url) == ("限期到校通知书待签收", _at("paper", paper.pk))
    assert "张" not in letter.title + letter.body


@pytest.mark.usefixtures("addressed")
def test_the_village_finds_it_on_its_desk_and_signs_with_one_press(
    cast: Cast, village: Client
) -> None:
    paper = signed(cast)
    assert f'href="{_at("paper", paper.pk)}"' in _text(village.get("/"))
    assert "请于2025年9月22日前送张小明到校。" in _text(village.get(_at("paper", paper.pk)))
    told = _text(village.post(_at("receive", paper.pk), follow=True))
    assert "已签收。" in told
    assert f"2025年9月12日{cast.person('village_cadre').name}签收" in told
    desk = _text(village.get("/"))
    assert "待签收的文书" not in desk
    assert f'href="{_at("received")}"' in desk
    row = PaperMove.objects.get(move="receive")
    assert row.sending is not None
    assert (row.person, row.sending.to_unit) == (cast.person("village_cadre"), cast.here.village)


@pytest.mark.usefixtures("addressed")
def test_a_second_signing_is_refused_in_words(cast: Cast, village: Client) -> None:
    paper = signed(cast)
    village.post(_at("receive", paper.pk))
    told = _text(village.post(_at("receive", paper.pk), follow=True))
    assert f"这份文书9月12日已由{cast.person('village_cadre').name}签收，不用重复签收。" in told
    assert PaperMove.objects.filter(move="receive").count() == 1


@pytest.mark.usefixtures("addressed")
def test_the_sender_sees_who_has_not_signed_and_for_how_long(
    cast: Cast, shown: Shown, village: Client, clerk: Client
) -> None:
    paper = signed(cast)
    assert "未签收，今天送出" in _text(clerk.get(_at("paper", paper.pk)))
    shown.day = LATER
    assert "未签收，送出3天" in _text(clerk.get(_at("ledger"), {"state": "unreceived"}))
    village.post(_at("receive", paper.pk))
    assert "1/2 已签收，送出3天" in _text(clerk.get(_at("ledger")))
    page = _text(clerk.get(_at("paper", paper.pk)))
    assert "2025年9月15日" in page
    assert "未签收，送出3天" in page
    acts.receive(by(cast, "education_office", LATER), paper)
    assert paper.number not in _text(clerk.get(_at("ledger"), {"state": "unreceived"}))


@pytest.mark.usefixtures("addressed")
def test_a_mistaken_receipt_is_taken_back_with_its_reason(
    cast: Cast, village: Client, clerk: Client
) -> None:
    paper = signed(cast)
    form = _at("act", paper.pk, "unreceive")
    early = village.post(form, {"reason": "还没有看到"})
    assert "还没有签收这份文书" in _text(early)
    village.post(_at("receive", paper.pk))
    assert village.post(form, {"reason": ""}).status_code == 422
    told = _text(village.post(form, {"reason": "是邻村的函"}, follow=True))
    assert "文书回到未签收" in told
    assert "是邻村的函" in _text(clerk.get(_at("paper", paper.pk)))
    village.post(_at("receive", paper.pk))
    moves = PaperMove.objects.filter(sending__isnull=False).values_list("move", flat=True)
    assert list(moves) == ["receive", "unreceive", "receive"]


@pytest.mark.usefixtures("addressed")
def test_nobody_else_finds_it_and_nobody_else_signs(cast: Cast, clerk: Client) -> None:
    paper = signed(cast)
    for role in ("village_cadre", "education_office", "township_officer"):
        stranger = client_of(cast.person(role, there=True))
        assert stranger.get(_at("paper", paper.pk)).status_code == 404
        assert stranger.post(_at("receive", paper.pk)).status_code == 404
        assert paper.number not in _text(stranger.get(_at("received")))
    assert clerk.post(_at("receive", paper.pk)).status_code == 403
    stranger = client_of(cast.person("village_cadre", there=True))
    assert stranger.get(_at("act", paper.pk, "unreceive")).status_code == 404


@pytest.mark.usefixtures("addressed")
def test_a_void_paper_waits_for_nobody(cast: Cast, village: Client, clerk: Client) -> None:
    paper = acts.void(by(cast, "township_leader"), signed(cast), "发错了")
    assert "待签收的文书" not in _text(village.get("/"))
    assert "不能签收" in _text(village.post(_at("receive", paper.pk), follow=True))
    assert paper.number not in _text(clerk.get(_at("ledger"), {"state": "unreceived"}))
    letter = Message.objects.filter(to_unit=cast.here.village).latest("pk")
    assert letter.title == "限期到校通知书已作废，不用再办"


@pytest.mark.usefixtures("addressed")
def test_the_list_of_received_papers_has_the_waiting_ones_first(
    cast: Cast, village: Client
) -> None:
    first, second = signed(cast), signed(cast)
    village.post(_at("receive", first.pk))
    page = _text(village.get(_at("received")))
    assert page.index(second.number) < page.index(first.number)
    assert "张小明" not in page
    assert first.number not in _text(village.get(_at("received"), {"state": "waiting"}))
    assert (
        Paper.objects.get(pk=second.pk).sendings.get(to_unit=cast.here.village).received_on is None
    )
