"""What a page answers to what cannot be: it says why and what to do, and nothing is written."""

from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.papers import acts
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, Service
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.files.samples import photo
from tests.numbered.help import DAY, NOTE, VALUES, by, drafted, sent, signed

RECEIPT = {
    "method": "direct",
    "day": "2025-09-12",
    "time": "09:30",
    "place": "东村五组",
    "first_server": "李干部",
    "second_server": "王老师",
    "received_by": "张父",
}


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(DAY, time(10), CHINA))


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("township_officer"))


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("township_leader"))


def _served(clerk: Client, paper: Paper, **said: Any) -> str:
    proof = SimpleUploadedFile("回证.jpg", photo(), "image/jpeg")
    sent = RECEIPT | {"proofs": [proof]} | said
    answer = clerk.post(reverse("papers:serve", args=[paper.pk]), sent)
    assert (answer.status_code, Service.objects.count()) == (422, 0)
    return str(answer.content.decode())


def test_nothing_is_served_before_it_is_signed(cast: Cast, clerk: Client) -> None:
    assert "这份文书草稿，不能送达" in _served(clerk, drafted(cast))
    assert "这份文书待签发，不能送达" in _served(clerk, sent(cast))


def test_a_void_number_is_not_served(cast: Cast, clerk: Client) -> None:
    paper = acts.void(by(cast, "township_leader"), signed(cast), "监护人写错了")
    assert "这份文书已作废，不能送达" in _served(clerk, paper)
    page = clerk.get(reverse("papers:paper", args=[paper.pk])).content.decode()
    assert "登记送达" not in page


@pytest.mark.parametrize("name", ["serve", "perform", "void"])
def test_a_form_that_a_void_paper_refuses_is_not_opened(
    cast: Cast, head: Client, name: str
) -> None:
    paper = acts.void(by(cast, "township_leader"), signed(cast), "监护人写错了")
    url = reverse("papers:paper", args=[paper.pk])
    answer = head.get(f"{url}{name}/", follow=True)
    assert answer.redirect_chain[-1][0] == url
    assert "这份文书已作废，不能" in answer.content.decode()


def test_a_scan_that_is_no_picture_is_refused(cast: Cast, clerk: Client) -> None:
    scan = SimpleUploadedFile("回证.jpg", b"this is no picture", "image/jpeg")
    assert "只收照片" in _served(clerk, signed(cast), proofs=[scan])


def test_of_two_heads_the_second_is_told_that_it_is_signed(cast: Cast, head: Client) -> None:
    paper = sent(cast)
    seen = head.get(reverse("papers:paper", args=[paper.pk])).context["seen"]
    answers = [
        head.post(reverse("papers:sign", args=[paper.pk]), {"seen": seen}, follow=True)
        for _ in range(2)
    ]
    assert "已签发：东政限〔2025〕1号" in answers[0].content.decode()
    assert "这份文书已签发，不能签发" in answers[1].content.decode()
    paper.refresh_from_db()
    assert (paper.seq, paper.moves.filter(move="sign").count()) == (1, 1)


def test_a_number_that_another_kind_has_used_is_refused(
    cast: Cast, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed(cast)
    monkeypatch.setitem(KINDS, "other", replace(NOTE, code="other", title="另一类通知书"))
    clerk = by(cast, "township_officer")
    draft = acts.draft(clerk, "other", cast.here.township, acts.About("case", "1"), VALUES)
    paper = acts.send_to_sign(clerk, draft)
    seen = head.get(reverse("papers:paper", args=[paper.pk])).context["seen"]
    answer = head.post(reverse("papers:sign", args=[paper.pk]), {"seen": seen}, follow=True)
    assert "文号“东政限〔2025〕1号”已经用过" in answer.content.decode()
    paper.refresh_from_db()
    assert (paper.number, paper.state) == ("", "waiting")
