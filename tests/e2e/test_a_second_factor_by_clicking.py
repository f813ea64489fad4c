"""The second factor in a real browser: banner, drawing, first code, and the next sign-in by it."""

import base64
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils import timezone
from playwright.sync_api import Page, expect

from foundation.accounts.actions import remove_factor
from foundation.accounts.audit import Origin
from foundation.accounts.models import Person
from tests.cast import PASSWORD
from tests.e2e.conftest import PC, PHONE, County

DRAWN = "img => img.complete && img.naturalWidth > 0"


def code(key: str, steps: int = 0) -> str:
    """What the app shows, some steps of 30 seconds from now."""
    app = TOTP(base64.b32decode(key.replace(" ", "")), 6, SHA1(), 30)
    return app.generate(int(time.time()) + 30 * steps).decode()


@pytest.fixture
def officer(county: County) -> Iterator[Person]:
    """A township's officer, who has no factor again when the test is over: files share a county."""
    person = county.cast.person("township_officer")
    yield person
    remove_factor(person, Origin(person.pk), "换手机", timezone.now())


def test_an_officer_sets_it_on_the_phone_and_signs_in_by_it(
    officer: Person, county: County, sign_in: Callable[..., Page], shot: Callable[[Page, str], None]
) -> None:
    page = sign_in("township_officer", phone=True)
    expect(page.locator(".banner", has_text="动态码")).to_contain_text("以前设好")
    page.click("text=去设置")
    drawing = page.locator("img[alt='供验证器扫描的二维码']")
    assert drawing.evaluate(DRAWN)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, "factor-360")
    _look(page, shot, "factor-1280")
    key = page.locator("form kbd").inner_text()
    page.fill("input[name=code]", code(key))
    page.click("button:has-text('完成设置')")
    expect(page.locator("main")).to_contain_text("动态码已设好")
    expect(page.locator(".banner", has_text="动态码")).to_have_count(0)
    shot(page, "factor-set-360")
    page.goto(f"{county.site.url}/accounts/logout/")
    page.click("main button:has-text('退出登录')")
    page.fill("input[name=login]", officer.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("button:has-text('登录')")
    expect(page.locator("h1")).to_have_text("输入动态码")
    shot(page, "code-360")
    _look(page, shot, "code-1280")
    # Of a later step than the first, as each counts once; it holds too if the step ends meanwhile.
    page.fill("input[name=code]", code(key, 1))
    page.click("button:has-text('登录')")
    expect(page.locator("h1")).not_to_have_text("输入动态码")
    assert page.goto(f"{county.site.url}/inbox/").status == 200  # type: ignore[union-attr]


def _look(page: Page, shot: Callable[[Page, str], None], name: str) -> None:
    """The same page on a screen of 1280, for who asked for pictures."""
    before: Any = PHONE["viewport"]
    page.set_viewport_size({"width": 1280, "height": PC["viewport"]["height"]})
    shot(page, name)
    page.set_viewport_size(before)
