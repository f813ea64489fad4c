"""The teacher's own phone in the morning: the session is long over, and the class opens.

ux 5.2: two taps from the link to a full class, no password; everything else asks for it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from secrets import token_urlsafe
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from playwright.sync_api import Page

from foundation.accounts.actions import NewPhone, trust_phone
from foundation.accounts.audit import Origin
from foundation.accounts.door.phones import label_of
from foundation.accounts.models import TrustedPhone
from foundation.accounts.querysets import viewer_on
from students.attendance.models import RollCall
from tests.cast import PASSWORD
from tests.doers import doing
from tests.e2e import access
from tests.e2e.conftest import PHONE, County
from tests.e2e.morning import MONDAY, Classroom, Wire, drafts, make_classroom
from tests.e2e.signal_lost import EVERYBODY, arrived

WECHAT = (
    "Mozilla/5.0 (Linux; Android 12; V2049A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0"
    " Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.42"
)
REPEAT = 10 * 1024  # ux 5.2
LOGIN, PHONES = "/accounts/login/", "/accounts/phones/"
SIZE = 8


@pytest.fixture(autouse=True)
def _monday(county: County) -> None:
    county.site.move_to(MONDAY)


@pytest.fixture
def classroom(county: County) -> Classroom:
    made = make_classroom(county, SIZE)
    made.post.person.password = _password()
    made.post.person.save()
    return made


@cache
def _password() -> str:
    return make_password(PASSWORD)


@contextmanager
def a_phone(browser: Any, county: County, *before: str, **options: Any) -> Iterator[Page]:
    """A phone nobody has signed in on."""
    context = browser.new_context(
        **PHONE, user_agent=WECHAT, locale="zh-CN", base_url=county.site.url, **options
    )
    for script in before:
        context.add_init_script(script)
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.fixture
def page(browser: Any, county: County) -> Iterator[Page]:
    with a_phone(browser, county) as opened:
        yield opened


def sign_in(page: Page, classroom: Classroom, *, trusting: bool = True) -> None:
    page.goto(LOGIN)
    page.fill("input[name=login]", classroom.post.person.username)
    page.fill("input[name=password]", PASSWORD)
    if trusting:
        page.click("label:has-text('这是我本人的手机')")
    page.click("button:has-text('登录')")
    page.wait_for_selector("h1")


def forget_the_session(page: Page) -> None:
    """Half an hour later, or the next day."""
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def trust(page: Page, county: County, classroom: Classroom) -> None:
    """As it stands on a later morning: the phone keeps its token, and no session."""
    person, token = classroom.post.person, token_urlsafe(32)
    new = NewPhone(token, label_of(WECHAT), before="", days=30)
    viewer = viewer_on(person, MONDAY)
    trust_phone(
        doing(viewer, Origin(person.pk), now=timezone.now()), person, new, timezone.localdate()
    )
    name: str = settings.PHONE_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": token, "url": county.site.url, "httpOnly": True}]
    )


@pytest.fixture
def trusted(page: Page, county: County, classroom: Classroom) -> Page:
    """A phone that is trusted already."""
    trust(page, county, classroom)
    return page


def is_at_the_door(page: Page) -> bool:
    return page.url.partition("?")[0].endswith(LOGIN)


def test_a_full_class_is_sent_without_a_password(page: Page, classroom: Classroom) -> None:
    sign_in(page, classroom)
    assert "本机已设为点名免登录" in page.inner_text("main")
    forget_the_session(page)
    page.goto("/roll/")
    page.locator(EVERYBODY).tap()
    arrived(page, f"应到{SIZE} 实到{SIZE}")
    assert RollCall.objects.get(school_class=classroom.school_class).absent == 0
    assert not [one for one in page.context.cookies() if one["name"] == _session()]


def test_the_first_page_of_a_day_is_as_light_as_with_a_session(trusted: Page) -> None:
    trusted.goto("/roll/")
    TrustedPhone.objects.update(last_used_on=timezone.localdate() - timedelta(days=1))
    wire = Wire(trusted)
    wire.weaken()
    trusted.goto("/roll/")
    assert 0 < wire.received <= REPEAT, wire.addresses


def _session() -> str:
    return str(settings.SESSION_COOKIE_NAME)


def test_everything_else_asks_for_the_password(trusted: Page) -> None:
    for address in ("/", "/cases/", "/roster/", "/inbox/", PHONES, "/roll/slips/"):
        trusted.goto(address)
        assert is_at_the_door(trusted), address


def test_the_menu_says_that_there_is_more_behind_the_password(
    trusted: Page, classroom: Classroom
) -> None:
    trusted.goto(classroom.path)
    trusted.click("summary:has-text('我的')")
    assert trusted.locator(".menu-panel li a").all_inner_texts() == ["帮助", "登录后查看更多"]
    trusted.click(".menu-panel a:has-text('登录后查看更多')")
    assert is_at_the_door(trusted)


def test_without_the_tick_the_next_morning_asks_for_the_password(
    page: Page, classroom: Classroom
) -> None:
    sign_in(page, classroom, trusting=False)
    forget_the_session(page)
    page.goto("/roll/")
    assert is_at_the_door(page)


def test_signing_out_takes_the_trust_and_what_was_not_sent(
    trusted: Page, classroom: Classroom
) -> None:
    trusted.goto(classroom.path)
    trusted.evaluate("localStorage.setItem('kongchuo-roll:x', JSON.stringify({at: Date.now()}))")
    trusted.click("summary:has-text('我的')")
    trusted.click("button:visible:has-text('退出登录')")
    trusted.wait_for_url(f"**{LOGIN}")
    assert drafts(trusted) == []
    trusted.goto("/roll/")
    assert is_at_the_door(trusted)


def test_it_works_without_a_script(browser: Any, county: County, classroom: Classroom) -> None:
    with a_phone(browser, county, java_script_enabled=False) as page:
        sign_in(page, classroom)
        forget_the_session(page)
        page.goto("/roll/")
        page.click(EVERYBODY)
        arrived(page, f"应到{SIZE} 实到{SIZE}")


# --- for everybody ------------------------------------------------------------------------------


def the_door(page: Page, county: County, classroom: Classroom) -> None:
    page.goto(LOGIN)


def the_class(page: Page, county: County, classroom: Classroom) -> None:
    trust(page, county, classroom)
    page.goto(classroom.path)


def the_menu(page: Page, county: County, classroom: Classroom) -> None:
    the_class(page, county, classroom)
    page.click("summary:has-text('我的')")


def the_door_of_a_trusted_phone(page: Page, county: County, classroom: Classroom) -> None:
    trust(page, county, classroom)
    page.goto("/")


def the_way_out(page: Page, county: County, classroom: Classroom) -> None:
    trust(page, county, classroom)
    page.goto("/accounts/logout/")
    assert page.get_attribute("a:has-text('返回，不退出')", "href") == "/roll/"


def the_phones(page: Page, county: County, classroom: Classroom) -> None:
    trust(page, county, classroom)
    page.context.clear_cookies()
    sign_in(page, classroom)
    page.goto(PHONES)


PAGES = (the_door, the_class, the_menu, the_door_of_a_trusted_phone, the_way_out, the_phones)
SHOWN = pytest.mark.parametrize("show", PAGES)


@SHOWN
def test_a_reader_finds_nothing_serious(
    page: Page, county: County, classroom: Classroom, show, shot
) -> None:
    show(page, county, classroom)
    shot(page, f"phone-{show.__name__}")
    assert access.grave(page) == []
    assert access.small_targets(page, 44) == []
    assert access.cut_off(page) == []


@SHOWN
@pytest.mark.parametrize("script", [access.CARE, access.DOUBLE], ids=["care", "double"])
def test_large_letters_cut_nothing_off(
    browser: Any, county: County, classroom: Classroom, show, script: str, shot
) -> None:
    with a_phone(browser, county, script) as page:
        show(page, county, classroom)
        shot(page, f"phone-large-{show.__name__}-{len(script)}")
        assert access.cut_off(page) == []
        assert access.grave(page) == []


def test_phones_are_ended_from_their_list(page: Page, county: County, classroom: Classroom) -> None:
    the_phones(page, county, classroom)
    assert page.locator("h2").all_inner_texts() == ["微信 · 安卓手机"] * 2
    page.click("button:has-text('取消所有手机的免登录')")
    page.wait_for_selector("text=没有设为免登录的手机")
    forget_the_session(page)
    page.goto("/roll/")
    assert is_at_the_door(page)
