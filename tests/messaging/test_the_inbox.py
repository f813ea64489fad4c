"""What the system told one's posts and units, until it is read."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.accounts.models import Unit
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message, ReadMark
from tests.browsing import client_of, page
from tests.cast import Cast

DAY = date(2025, 9, 12)


def tell(unit: Unit, title: str, day: date = DAY, **more: Any) -> Message:
    letter = Letter(f"{unit.pk}-{title}", unit.pk, title, "请及时办理", "/calendars/", day)
    post_letters([replace(letter, **more)], DAY)
    return Message.objects.latest("pk")


@pytest.fixture
def school(cast: Cast) -> Unit:
    return cast.here.school.unit


def inbox(cast: Cast, role: str = "registrar", query: str = "", there: bool = False) -> str:
    return page(client_of(cast.person(role, there)).get(f"/inbox/{query}"))


def test_a_unit_s_letter_reaches_everybody_who_reads_its_mail(cast: Cast, school: Unit) -> None:
    tell(school, "今日到期")
    assert "今日到期" in inbox(cast, "registrar")
    assert "今日到期" in inbox(cast, "head_teacher")


@pytest.mark.parametrize("role", ["class_teacher", "township_officer", "administrator"])
def test_it_reaches_nobody_else(cast: Cast, school: Unit, role: str) -> None:
    tell(school, "今日到期")
    assert "今日到期" not in inbox(cast, role, "?show=all")
    assert "今日到期" not in inbox(cast, "registrar", "?show=all", there=True)


def test_a_letter_to_a_post_reaches_its_holder_only(cast: Cast, school: Unit) -> None:
    tell(school, "请核对", to_post_id=cast.post("class_teacher").pk)
    assert "请核对" in inbox(cast, "class_teacher")
    assert "请核对" not in inbox(cast, "registrar")


def test_the_newest_stands_first(cast: Cast, school: Unit) -> None:
    tell(school, "第一条")
    tell(school, "第二条")
    words = inbox(cast)
    assert words.index("第二条") < words.index("第一条")


def test_a_late_letter_says_so(cast: Cast, school: Unit) -> None:
    tell(school, "昨日到期", date(2025, 9, 11))
    words = inbox(cast)
    assert "迟发" in words
    assert "原定9月11日发出，系统迟发" in words
    Message.objects.update(is_late=False)
    assert "迟发" not in inbox(cast)


def test_opening_a_letter_marks_it_read_and_leads_to_its_page(cast: Cast, school: Unit) -> None:
    letter = tell(school, "今日到期")
    answer = client_of(cast.person("registrar")).post(f"/inbox/{letter.pk}/open/")
    assert (answer.status_code, answer["Location"]) == (302, "/calendars/")
    assert "今日到期" not in inbox(cast)
    assert "今日到期" in inbox(cast, query="?show=all")


def test_reading_is_a_person_s_own(cast: Cast, school: Unit) -> None:
    letter = tell(school, "今日到期")
    client_of(cast.person("registrar")).post(f"/inbox/{letter.pk}/read/")
    assert "今日到期" not in inbox(cast, "registrar")
    assert "今日到期" in inbox(cast, "head_teacher")


def test_reading_twice_leaves_one_mark(cast: Cast, school: Unit) -> None:
    letter = tell(school, "今日到期")
    client = client_of(cast.person("registrar"))
    for _ in range(2):
        assert client.post(f"/inbox/{letter.pk}/read/")["Location"] == "/inbox/"
    assert ReadMark.objects.count() == 1


def test_a_get_marks_nothing(cast: Cast, school: Unit) -> None:
    letter = tell(school, "今日到期")
    client = client_of(cast.person("registrar"))
    for address in (f"/inbox/{letter.pk}/open/", f"/inbox/{letter.pk}/read/", "/inbox/read/"):
        assert client.get(address).status_code == 405
    inbox(cast)
    assert not ReadMark.objects.exists()


def test_all_are_marked_up_to_the_newest_the_page_showed(cast: Cast, school: Unit) -> None:
    tell(school, "早先")
    shown = tell(school, "刚才")
    tell(school, "其间到达")
    answer = client_of(cast.person("registrar")).post(
        "/inbox/read/", {"newest": shown.pk, "show": "all"}
    )
    assert answer["Location"] == "/inbox/?show=all"
    words = inbox(cast)
    assert "其间到达" in words
    assert "早先" not in words


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 40, "１２"])
def test_a_wrong_newest_marks_nothing_and_breaks_nothing(
    cast: Cast, school: Unit, newest: str
) -> None:
    tell(school, "今日到期")
    answer = client_of(cast.person("registrar")).post("/inbox/read/", {"newest": newest})
    assert answer.status_code == 302
    assert "今日到期" in inbox(cast) or newest == "１２"


def test_somebody_else_s_letter_is_not_there(cast: Cast, school: Unit) -> None:
    letter = tell(school, "今日到期")
    client = client_of(cast.person("registrar", there=True))
    for verb in ("open", "read"):
        other = page(client.post(f"/inbox/{letter.pk}/{verb}/"), 404)
        assert other == page(client.post(f"/inbox/999999999/{verb}/"), 404)
    assert not ReadMark.objects.exists()


@pytest.mark.parametrize("url", ["", "https://evil.example/", "//evil.example/", "javascript:x"])
def test_a_letter_leads_to_no_other_site(cast: Cast, school: Unit, url: str) -> None:
    letter = tell(school, "今日到期", url=url)
    answer = client_of(cast.person("registrar")).post(f"/inbox/{letter.pk}/open/")
    assert answer["Location"] == "/inbox/"


def test_a_long_inbox_has_pages_and_a_total(cast: Cast, school: Unit) -> None:
    for n in range(23):
        tell(school, f"第{n}条消息")
    assert "共 <strong>23</strong> 条" in inbox(cast)
    second = inbox(cast, query="?page=2")
    assert "第0条消息" in second
    assert "第22条消息" not in second
    assert "第0条消息" in inbox(cast, query="?per_page=50")


def test_an_empty_inbox_says_so(cast: Cast) -> None:
    assert "没有未读消息" in inbox(cast)
    assert "还没有消息" in inbox(cast, query="?show=all")


def test_the_number_of_queries_does_not_grow_with_the_letters(cast: Cast, school: Unit) -> None:
    client = client_of(cast.person("registrar"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client.get("/inbox/?per_page=100"))
        return len(seen)

    tell(school, "第一条")
    client.get("/inbox/")
    few = asked()
    for n in range(30):
        tell(school, f"第{n}条消息")
    assert asked() == few


def test_a_letter_with_a_key_is_written_once(cast: Cast, school: Unit) -> None:
    for _ in range(2):
        tell(school, "今日到期")
    assert Message.objects.count() == 1
