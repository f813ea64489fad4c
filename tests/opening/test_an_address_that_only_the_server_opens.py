"""An address that only the server itself opens is told of, on the console and beside the slips."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from tests.browsing import page
from tests.opening.steps import (
    COUNTY,
    POSTS,
    TYPED,
    address,
    found_county,
    mark_of,
    signed_in,
    workbook,
    written,
)

pytestmark = pytest.mark.django_db


def printed(at: str) -> str:
    out = io.StringIO()
    call_command("opening_address", at=at, stdout=out)
    return out.getvalue()


def test_the_console_says_how_another_computer_opens_it() -> None:
    assert "HOST=" in printed("http://127.0.0.1:8000")
    words = printed("http://10.20.3.5:8000")
    assert "http://10.20.3.5:8000/opening/start/" in words
    assert "HOST=" not in words


@pytest.mark.parametrize(("host", "is_told"), [("localhost", True), ("testserver", False)])
def test_slips_that_bear_such_an_address_are_not_to_be_handed_out(host: str, is_told: bool) -> None:
    words = page(Client(HTTP_HOST=host).post(address(), COUNTY))
    assert ("只有服务器本机能打开" in words) is is_told
    assert f"http://{host}/" in words


@pytest.mark.parametrize(("host", "is_told"), [("localhost", True), ("testserver", False)])
def test_it_is_told_before_the_address_is_used_up(host: str, is_told: bool) -> None:
    client, at = Client(HTTP_HOST=host), address()
    for words in (page(client.get(at)), page(client.post(at, TYPED))):
        assert ("只有服务器本机能打开" in words) is is_told
        assert ("这一个没有用掉" in words) is is_told
    assert page(client.get(at))


def test_it_is_told_before_slips_are_shown_once() -> None:
    slips = found_county()
    first, second = (signed_in(login, slips[login]) for login in sorted(slips))
    written(first, workbook())
    for client in (first, second):
        client.defaults["HTTP_HOST"] = "localhost"
    assert "只有服务器本机能打开" in page(second.get(POSTS))
    shown = page(second.post(POSTS, {"mark": mark_of(second)}, follow=True))
    path = shown.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert "确认县级任职" in path
    assert "/staff/" not in path  # his first look at 人员 would be refused, and the slips gone
    assert "只有服务器本机能打开" in page(first.get("/staff/slips/"))  # his post has woken
