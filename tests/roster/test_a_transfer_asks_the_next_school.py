"""A transfer out of the county waits for its proof: the school asks the next one (T16)."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.papers.models import Paper, Reply
from students.roster.models import Change
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.doers import CHINA
from tests.roster.changing import FRI, let_go, record

LATER = FRI + timedelta(days=4)


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    """``on(day)``: from now on it is ten o'clock of that day."""

    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(10), CHINA))

    move(FRI)
    return move


@pytest.fixture
def change(cast: Cast, on: Any) -> Change:
    child = make_child(cast.here)
    return record(cast, "transfer_out", child, outside_school="邻县一中", outside_place="邻县")


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("registrar"))


def _write(client: Client, change: Change) -> str:
    return page(client.post(reverse("changes:certify", args=[change.pk]), follow=True))


def _page(client: Client, change: Change) -> str:
    return page(client.get(reverse("changes:change", args=[change.pk])))


def _signed(cast: Cast, desk: Client, change: Change) -> Paper:
    _write(desk, change)
    paper = Paper.objects.get()
    form = desk.get(reverse("papers:revise", args=[paper.pk])).context["form"]
    typed = {"联系电话": "0883-1234567", "回函地址": "东镇人民路1号"}
    sent = {key: typed.get(one.name, form[key].value()) for key, one in form.names.items()}
    revised = desk.post(reverse("papers:revise", args=[paper.pk]), sent)
    assert revised.status_code == 302, revised.context["form"].errors
    assert "已送签。" in page(desk.post(reverse("papers:send", args=[paper.pk]), follow=True))
    head, url = client_of(cast.person("head_teacher")), reverse("papers:paper", args=[paper.pk])
    head.post(reverse("papers:sign", args=[paper.pk]), {"seen": head.get(url).context["seen"]})
    paper.refresh_from_db()
    return paper


def _reply(desk: Client, paper: Paper, answer: str, day: date = LATER) -> None:
    sent = {"answer": answer, "day": day.isoformat(), "by": "邻县一中教务处"}
    answered = desk.post(reverse("papers:reply", args=[paper.pk]), sent)
    assert answered.status_code == 302


def test_the_letter_knows_school_and_pupil_and_is_signed_by_the_head(
    cast: Cast, change: Change, desk: Client
) -> None:
    assert "写核实函" in _page(desk, change)
    text = _write(desk, change)
    for words in ("邻县一中：", "张小明", "据转学登记，该生转入贵校就读"):
        assert words in text
    assert "写核实函" not in _page(desk, change)
    assert "已经有一份核实函在办" in _write(desk, change)
    assert Paper.objects.count() == 1


def test_without_a_reply_the_change_tells_since_when(
    cast: Cast, change: Change, desk: Client, on: Any
) -> None:
    paper = _signed(cast, desk, change)
    assert paper.number == "东镇中学转核〔2025〕1号"
    on(LATER)
    assert "未回函，发出4天" in _page(desk, change)
    _reply(desk, paper, "there")
    text = _page(desk, change)
    assert "回函：在读" in text
    assert "没有在收函学校就读" not in text


def test_a_school_that_does_not_have_the_pupil_stands_on_the_change(
    cast: Cast, change: Change, desk: Client, on: Any
) -> None:
    paper = _signed(cast, desk, change)
    on(LATER)
    _reply(desk, paper, "unknown")
    words = "东镇中学转核〔2025〕1号的回函是“查无此人”，学生没有在收函学校就读"
    assert words in _page(desk, change)
    desk.post(reverse("papers:act", args=[paper.pk, "unreply"]), {"reason": "登记错函"})
    text = _page(desk, change)
    assert words not in text
    assert "未回函，发出4天" in text


def test_of_a_transfer_within_the_county_no_letter_is_written(cast: Cast, on: Any) -> None:
    change = let_go(cast, make_child(cast.here))
    desk = client_of(cast.person("registrar"))
    assert "写核实函" not in _page(desk, change)
    answer = desk.post(reverse("changes:certify", args=[change.pk]))
    assert answer.status_code == 403
    assert not Reply.objects.exists()
