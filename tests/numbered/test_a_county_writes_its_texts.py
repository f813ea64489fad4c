"""文书文本 and 文号代字: from a day on; wrong fields are named; what was signed stays."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.papers.models import NumberWord, PaperText
from foundation.papers.reading import words_on
from tests.browsing import client_of
from tests.cast import Cast
from tests.doers import CHINA
from tests.numbered.help import DAY, NOTE, signed

LATER = date(2025, 10, 8)
BODY = "请于{限期日}前送{学生姓名}到校，{监护人姓名}。"
TEXT = {
    "title": "责令到校通知书",
    "addressee": "",
    "body": BODY,
    "note": "",
    "valid_from": "2025-10-08",
    "source": "县教体发〔2025〕9号",
    "reason": "统一格式",
}


@pytest.fixture(autouse=True)
def _that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime.combine(DAY, time(10), CHINA))


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("county_desk"))


def _edit(desk: Client, **typed: str) -> Any:
    return desk.post(reverse("papers:edit_text", args=["note"]), TEXT | typed, follow=True)


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_text_is_in_force_from_its_day(cast: Cast, desk: Client) -> None:
    answer = _edit(desk)
    assert "已登记，从生效日期起签发的文书用新的文本" in _text(answer)
    assert "将要生效" in _text(answer)
    assert words_on(cast.county.pk, NOTE, DAY).title == "限期到校通知书"
    assert words_on(cast.county.pk, NOTE, LATER).title == "责令到校通知书"
    assert PaperText.objects.get().recorded_by == cast.person("county_desk")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f"{BODY}{{班主任}}", "没有“{班主任}”这个项目"),
        ("请送{学生姓名}到校，{监护人姓名}。", "缺少“{限期日}”"),
        (f"{BODY}{{", "花括号没有成对"),
    ],
)
def test_a_text_with_a_wrong_field_is_refused_by_name(
    cast: Cast, desk: Client, body: str, words: str
) -> None:
    answer = _edit(desk, body=body)
    assert answer.status_code == 422
    assert words in _text(answer)
    assert not PaperText.objects.exists()


def test_the_preview_shows_the_text_and_what_is_wrong_and_writes_nothing(
    cast: Cast, desk: Client
) -> None:
    typed = TEXT | {"body": "{学生姓名}{班主任}"}
    answer = _text(desk.post(reverse("papers:preview_text", args=["note"]), typed))
    assert "张小某" in answer
    assert "没有“{班主任}”这个项目" in answer
    assert "缺少“{限期日}”" in answer
    assert not PaperText.objects.exists()


def test_a_day_gone_by_and_a_text_unchanged_are_refused(cast: Cast, desk: Client) -> None:
    assert "生效日期不能早于今天" in _text(_edit(desk, valid_from="2025-09-11"))
    _edit(desk)
    assert "没有变更" in _text(_edit(desk))


def test_what_is_not_in_force_yet_is_corrected_and_withdrawn(cast: Cast, desk: Client) -> None:
    _edit(desk)
    assert "已更正" in _text(_edit(desk, title="责令返校通知书"))
    row = PaperText.objects.get(revision=2)
    answer = desk.post(
        reverse("papers:withdraw_text", args=[row.pk]), {"reason": "文件撤销"}, follow=True
    )
    assert "已撤回，仍按原来的文本" in _text(answer)
    assert words_on(cast.county.pk, NOTE, LATER).title == "限期到校通知书"
    again = desk.post(reverse("papers:withdraw_text", args=[row.pk]), {"reason": "文件撤销"})
    assert "已经更正或撤回" in _text(again)


def test_what_is_in_force_is_not_withdrawn(cast: Cast, desk: Client) -> None:
    _edit(desk, valid_from="2025-09-12")
    row = PaperText.objects.get()
    answer = desk.post(reverse("papers:withdraw_text", args=[row.pk]), {"reason": "文件撤销"})
    assert "已经生效，不能撤回" in _text(answer)


def test_the_text_that_the_system_came_with_stands_first_and_is_read(
    cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = reverse("papers:text", args=["note"])
    assert "系统自带的文本（现行）" in _text(desk.get(page))
    _edit(desk)
    shown = desk.get(page)
    assert shown.context["own"]["state"] == "现行"
    later = datetime.combine(LATER, time(10), CHINA)
    monkeypatch.setattr(clock, "now", lambda: later)
    shown = desk.get(page)
    assert shown.context["own"]["state"] == "以前"
    told = _text(shown)
    assert "2025-10-08起的文本（现行）" in told
    assert "逾期不到校的，将依法处理。" in told.split("系统自带的文本（以前）")[1]
    assert told.index("2025-10-08起的文本") < told.index("系统自带的文本")


def test_the_words_of_a_number_are_set_from_a_day(cast: Cast, desk: Client) -> None:
    told = {"valid_from": "2025-09-12", "source": "东政办〔2025〕1号", "reason": "按机关代字"}
    place = reverse("papers:words")
    desk.post(place, {"of": f"unit:{cast.here.township.pk}", "word": "东府", **told})
    desk.post(place, {"of": "kind:note", "word": "催限", **told})
    assert signed(cast).number == "东府催限〔2025〕1号"
    assert NumberWord.objects.count() == 2
    taken = desk.post(place, {"of": f"unit:{cast.there.township.pk}", "word": "东府", **told})
    assert "已经是东镇人民政府的代字" in _text(taken)
    wrong = desk.post(place, {"of": "kind:note", "word": "教 限", **told})
    assert "代字用1至8个汉字或字母" in _text(wrong)


def test_nobody_but_the_county_s_desk_writes_texts(cast: Cast) -> None:
    head = client_of(cast.person("township_leader"))
    assert head.get(reverse("papers:texts")).status_code == 403
    assert head.post(reverse("papers:edit_text", args=["note"]), TEXT).status_code == 403
