"""An address with a NUL is not there; what is refused leaves one line in the log."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string

from tests.browsing import client_of, page
from tests.cast import Cast

LOST = "没有找到这个页面或这条记录"


@pytest.mark.parametrize(
    "address", ["/cases/%00/", "/cases/cases/%00/", "/%00", "/inbox/?page=%00", "/roster/?q=%00甲"]
)
def test_an_address_with_a_nul_is_not_there(cast: Cast, address: str) -> None:
    assert LOST in page(client_of(cast.person("registrar")).get(address), 404)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """The lines of the log as the handler of the settings writes them."""
    log = logging.getLogger("django.request")
    found: list[str] = []

    class Written(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.extend(self.format(record).splitlines())

    handler = Written()
    configured: Any = settings.LOGGING
    for name in configured["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(configured["filters"][name]["()"])())
    log.addHandler(handler)
    yield found
    log.removeHandler(handler)


def test_a_refusal_leaves_one_line_with_its_reason_and_number(cast: Cast, lines) -> None:
    answer = client_of(cast.person("class_teacher")).get("/calendars/days/")
    assert answer.status_code == 403
    assert len(lines) == 1
    assert answer["X-Request-Id"] in lines[0]


def test_an_error_of_ours_keeps_its_trace(cast: Cast, lines, monkeypatch) -> None:
    def broken(viewer: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr("foundation.messaging.views.Message.objects.visible_to", broken)
    client = client_of(cast.person("registrar"), raise_request_exception=False)
    assert client.get("/inbox/").status_code == 500
    assert len(lines) > 2
    assert "ZeroDivisionError" in lines[-1]


def test_who_has_not_signed_in_finds_no_nul_either(client: Client) -> None:
    assert LOST in page(client.get("/cases/%00/"), 404)


def test_a_very_long_address_is_told_in_our_words(cast: Cast) -> None:
    told = page(client_of(cast.person("registrar")).get("/cases/", {"q": "张" * 500}), 414)
    assert "地址太长" in told


def test_who_is_signed_in_keeps_menu_and_help_on_a_page_that_is_not_there(cast: Cast) -> None:
    told = page(client_of(cast.person("registrar")).get("/nowhere/"), 404)
    assert 'href="/help/"' in told
    assert "名册" in told
    assert "返回工作台" in told
    assert "名册" not in page(Client().get("/nowhere/"), 404)
