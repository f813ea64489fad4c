"""Light and dark, wide and narrow: axe finds nothing serious, nothing scrolls sideways.

And the menu of a phone: by keyboard, without script, never over what has the focus (WCAG 2.4.11).
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import RequestFactory
from playwright.sync_api import Browser, Page

from foundation.accounts.viewer import NOBODY
from kongchuo.web import examples
from tests.cast import PASSWORD, ROLES
from tests.e2e import access
from tests.e2e.conftest import PHONE, County
from tests.e2e.morning import MONDAY, TUESDAY, Classroom, make_classroom

HANDHELD: dict[str, Any] = {**PHONE, "locale": "zh-CN", "java_script_enabled": False}
WIDE, NARROW = {"width": 1366, "height": 900}, {"width": 320, "height": 640}
PAGES = {
    "registrar": ["/", "/roster/", "/changes/", "/census/", "/watch/", "/staff/", "/mornings/"],
    "county_desk": ["/cases/", "/calendars/", "/parameters/", "/returns/", "/inbox/"],
    "administrator": ["/status/"],
    "security_officer": ["/people/"],
}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def classroom(county: County) -> Classroom:
    """Two were missing on Monday; it is Tuesday."""
    county.site.move_to(MONDAY)
    made = make_classroom(county, 6)
    made.call(MONDAY, *made.children[:2])
    county.site.move_to(TUESDAY)
    return made


@pytest.fixture
def phone_without_script(county: County, browser: Browser) -> Iterator[Page]:
    """A registrar's phone on which no script runs."""
    context = browser.new_context(**HANDHELD)
    page = context.new_page()
    page.goto(f"{county.site.url}/accounts/login/")
    page.fill("input[name=login]", county.cast.person("registrar").username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button:has-text('登录')")
    yield page
    context.close()


def faults(page: Page) -> list[str]:
    """What is wrong with the page as it stands, in both schemes and widths."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            where = f"{page.url} {scheme} {size['width']}"
            found += [f"{where}: {fault}" for fault in access.grave(page)]
            if page.evaluate(WIDER) > 0:
                found.append(f"{where}: scrolls sideways")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("role", PAGES)
def test_nothing_serious_on_the_pages_of(
    role: str, county: County, classroom: Classroom, sign_in: Callable[..., Page]
) -> None:
    page, found = sign_in(role), []
    for address in PAGES[role]:
        page.goto(county.site.url + address)
        found += faults(page)
    assert found == []


def test_nothing_serious_on_what_any_menu_opens(
    county: County, classroom: Classroom, sign_in: Callable[..., Page]
) -> None:
    """The desk of every role, and each other page once: by the first role that is led to it."""
    seen, found = {address for pages in PAGES.values() for address in pages}, []
    for role in ROLES:
        page = sign_in(role)
        page.goto(county.site.url)
        menu = page.eval_on_selector_all(".sitenav a", "all => all.map(one => one.pathname)")
        assert menu, f"{role} {page.url}: {page.inner_text('body')[:300]}"
        for address in ["/", *sorted({*menu} - seen)]:
            page.goto(county.site.url + address)
            found += [f"{role} {address}: {fault}" for fault in access.grave(page)]
        seen |= {*menu}
    assert found == []


def test_nothing_serious_before_the_sign_in(county: County, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{county.site.url}/accounts/login/")
    assert faults(page) == []
    page.close()


def test_nothing_serious_on_the_page_of_examples(county: County, browser: Browser) -> None:
    request: Any = RequestFactory().get("/examples/")
    request.viewer = NOBODY
    drawn = examples.page(request).content.decode()
    page = browser.new_page()
    page.route("**/examples/", lambda route: route.fulfill(body=drawn, content_type="text/html"))
    page.goto(f"{county.site.url}/examples/")
    assert faults(page) == []
    page.close()


def test_paper_is_light_for_who_asked_for_dark(
    county: County, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("registrar")
    page.goto(f"{county.site.url}/roster/")
    page.emulate_media(media="print", color_scheme="dark")
    ground, ink = page.evaluate(
        "[document.body, document.querySelector('h1')].map((one) => getComputedStyle(one))"
        ".map((style, at) => at ? style.color : style.backgroundColor)"
    )
    page.emulate_media(media="screen", color_scheme="light")
    assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(31, 31, 31)")


def test_nothing_scrolls_sideways_in_large_letters_on_a_small_phone(
    county: County, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("registrar")
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.goto(f"{county.site.url}/")
    page.evaluate(access.CARE)
    page.reload()
    found = page.evaluate(WIDER)
    page.evaluate("localStorage.clear()")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert found == 0


def test_the_menu_of_a_phone_works_without_script(
    county: County, phone_without_script: Page
) -> None:
    page = phone_without_script
    page.click(".dock summary")
    page.click(".dock-panel a:has-text('名册')")
    assert page.url == f"{county.site.url}/roster/"
    page.goto(f"{county.site.url}/changes/")
    page.click(".more summary")
    assert page.locator(".more-panel a").first.is_visible()


def test_nothing_covers_what_has_the_focus_on_a_phone(
    county: County, classroom: Classroom, browser: Browser, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("registrar")
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{county.site.url}/roster/")
    covered = []
    for _ in range(60):
        page.keyboard.press("Tab")
        on_page = page.evaluate("document.activeElement !== document.body")
        if on_page and not access.focus_is_seen(page):
            covered.append(page.evaluate("document.activeElement.outerHTML.slice(0, 80)"))
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    assert covered == []


def test_the_menu_closes_by_escape_and_the_focus_returns(
    county: County, sign_in: Callable[..., Page]
) -> None:
    page = sign_in("registrar")
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{county.site.url}/roster/")
    page.focus(".dock summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.dock-panel') !== null")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.querySelector('.dock-more').open")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
