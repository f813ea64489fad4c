"""An address that only the server itself opens is told of, on the console and beside the slips."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from tests.browsing import page
from tests.opening.steps import COUNTY, address

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
