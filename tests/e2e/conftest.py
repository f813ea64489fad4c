"""The browser, the county it visits, and one window a person."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connections
from playwright.sync_api import Browser, Page, sync_playwright

from foundation.accounts.models import Person
from tests.cast import PASSWORD, Cast, make_cast
from tests.e2e.site import Site, collect_static, own_database, processes

# The browser's driver keeps an event loop in this thread; our own queries are still in order.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

BROWSER = os.environ.get("KONGCHUO_BROWSER", "/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")
OFFLINE = ("--disable-background-networking", "--disable-component-update", "--disable-sync")
PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
PC = {"viewport": {"width": 1366, "height": 900}}
SHOTS = os.environ.get("KONGCHUO_SHOTS", "")
# Each county's numbers of the queue's server, one for each runner.
SHARED, ALONE = 9, 5


@dataclass
class County:
    """The running county and the people in it."""

    site: Site
    database: str
    cast: Cast = field(init=False)


@pytest.fixture(scope="package")
def shared_county(
    django_db_setup: None, empty_county: str, django_db_blocker: Any
) -> Iterator[County]:
    """A county for every file that makes its own classes and counts nothing else."""
    with _running(SHARED, empty_county, django_db_blocker) as made:
        yield made


@pytest.fixture(scope="module")
def county(shared_county: County, django_db_blocker: Any) -> Iterator[County]:
    """The running county. A file that needs one to itself says so (``county_alone``)."""
    with _connected_to(shared_county, django_db_blocker):
        yield shared_county


@pytest.fixture(scope="module")
def county_alone(
    django_db_setup: None, empty_county: str, django_db_blocker: Any
) -> Iterator[County]:
    """A county in which nothing happened but what the file does."""
    with (
        _running(ALONE, empty_county, django_db_blocker) as made,
        _connected_to(made, django_db_blocker),
    ):
        yield made


@pytest.fixture(scope="module")
def county_from_nothing(
    django_db_setup: None, empty_county: str, django_db_blocker: Any
) -> Iterator[County]:
    """A site on which no county has been opened: nobody has an account."""
    with (
        _running(ALONE, empty_county, django_db_blocker, peopled=False) as made,
        _connected_to(made, django_db_blocker),
    ):
        yield made


@contextmanager
def _running(
    first_queue: int, template: str, blocker: Any, peopled: bool = True
) -> Iterator[County]:
    """A fresh database, with the cast in it unless told otherwise, a web server and a worker."""
    name = f"{settings.TEST_DATABASE}_browser_{first_queue}"
    with own_database(name, template, first_queue) as env:
        collect_static(env)
        with processes(env) as url:
            made = County(Site(url, env), name)
            if peopled:
                with _connected_to(made, blocker):
                    made.cast = make_cast()
                    Person.objects.update(password=make_password(PASSWORD))
            yield made


@contextmanager
def _connected_to(county: County, blocker: Any) -> Iterator[None]:
    """While it lasts, the test itself reads and writes the browser's county."""
    with blocker.unblock():
        before = {alias: _swap(alias, county.database) for alias in ("default", "progress")}
        try:
            yield
        finally:
            for alias, name in before.items():
                _swap(alias, name)


def _swap(alias: str, name: str) -> str:
    connection = connections[alias]
    connection.close()
    before: str = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = name
    return before


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium without a window."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=BROWSER, args=[*QUIET, *OFFLINE], headless=True
        )
        yield opened
        opened.close()


@pytest.fixture(autouse=True)
def _connections_of_this_county(county: County, browser: Browser) -> None:
    """While the browser's driver keeps its loop, Django has connections apart for it: what is left
    there of the file before leads to a database that is gone."""
    connections.close_all()


@pytest.fixture(scope="module")
def sign_in(county: County, browser: Browser) -> Iterator[Callable[..., Page]]:
    """``sign_in(role, phone=True)``: the person's own window, signed in once."""
    windows: dict[str, Page] = {}

    def open_window(role: str, phone: bool = False) -> Page:
        if role not in windows:
            context = browser.new_context(**(PHONE if phone else PC), locale="zh-CN")
            context.set_default_timeout(20_000)
            page = context.new_page()
            page.goto(f"{county.site.url}/accounts/login/")
            page.fill("input[name=login]", county.cast.person(role).username)
            page.fill("input[name=password]", PASSWORD)
            page.click("button:has-text('登录')")
            page.wait_for_url(lambda url: "/accounts/login/" not in url)
            page.wait_for_selector("h1")
            windows[role] = page
        return windows[role]

    yield open_window
    for window in windows.values():
        window.context.close()


@pytest.fixture(scope="module")
def shot() -> Callable[[Page, str], None]:
    """``shot(page, name)``: a picture for who asked for pictures, otherwise nothing."""

    def take(page: Page, name: str) -> None:
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)

    return take


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if "e2e" in str(item.path):
            item.add_marker(pytest.mark.browser)
