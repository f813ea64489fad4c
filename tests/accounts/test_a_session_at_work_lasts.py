"""A session ends after its time of idleness; in use, it is prolonged now and then (S58)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import OpenSession
from tests.browsing import client_of
from tests.cast import Cast

IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
SOON = timedelta(seconds=30)


@pytest.fixture
def browser(cast: Cast) -> Client:
    return client_of(cast.person("class_teacher"))


def _used(browser: Client, ago: timedelta) -> OpenSession:
    """The session after one request, last prolonged that long ago."""
    OpenSession.objects.update(expire_date=timezone.now() + IDLE - ago)
    browser.get("/")
    return OpenSession.objects.get()


def _is_fresh(session: OpenSession) -> bool:
    return session.expire_date > timezone.now() + IDLE - SOON


def test_within_a_tenth_of_its_time_nothing_is_written(browser: Client) -> None:
    assert not _is_fresh(_used(browser, IDLE / 10 - SOON))


def test_after_a_tenth_of_its_time_it_is_prolonged(browser: Client) -> None:
    assert _is_fresh(_used(browser, IDLE / 10 + SOON))


def test_shortly_before_the_end_it_still_lasts_and_is_prolonged(browser: Client) -> None:
    assert _is_fresh(_used(browser, IDLE - SOON))


def test_after_its_time_the_person_signs_in_again(browser: Client) -> None:
    OpenSession.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    answer = browser.get("/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
