"""Ten senders wait for one locked class: each is told calmly, the others go on meanwhile."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from deploy.application import THREADS
from foundation.accounts.actions import shift_clock
from foundation.accounts.models import Person
from kongchuo.web import limits
from students.attendance.models import RollCall, Submission
from tests.architecture.access import TABLE
from tests.browsing import client_of
from tests.cast import Cast, Side, make_cast, make_child
from tests.databases import hang_up, server
from tests.e2e.site import environment, web

NINE = datetime.combine(date(2025, 9, 12), datetime.min.time(), ZoneInfo("Asia/Shanghai"))
CALM = "系统正在维护或暂时繁忙"
TOKEN = "b" * 32
WAITERS = 10
QUEUE = 12  # nothing is ordered
PLAIN = "django.contrib.staticfiles.storage.StaticFilesStorage"  # nothing is collected
WAITING = """
SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'
"""

Answer = tuple[int, str]


class Sender:
    """A teacher's phone, which sends the whole class present."""

    def __init__(self, url: str, person: Person, side: Side) -> None:
        self.place, self.path = urlsplit(url).netloc, f"/roll/{side.school_class.pk}/"
        session = client_of(person).cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = f"kc_session={session}; kc_csrf={TOKEN}"

    def send(self, uuid: str) -> Answer:
        """Send the roll under this number; status and words of the answer."""
        fields = {"uuid": uuid, "version": "0", "session": "d", "go": "all"}
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
        kind = "application/x-www-form-urlencoded"
        return asked(
            self.place, "POST", self.path, body, {"Cookie": self.cookies, "Content-Type": kind}
        )

    def look(self) -> Answer:
        """Open the page of the class."""
        return asked(self.place, "GET", self.path, None, {"Cookie": self.cookies})


def asked(place: str, *what: Any) -> Answer:
    there = http.client.HTTPConnection(place, timeout=60)
    there.request(*what)
    answer = there.getresponse()
    return answer.status, answer.read().decode()


@contextmanager
def held(name: str, side: Side) -> Iterator["psycopg.Connection[Any]"]:
    """Somebody holds the row of the class."""
    with server(name) as there, there.transaction():
        there.execute(
            "SELECT 1 FROM roster_schoolclass WHERE id = %s FOR NO KEY UPDATE",
            [side.school_class.pk],
        )
        yield there


@pytest.fixture
def committed(own_database: str) -> Cast:
    cast = make_cast()
    shift_clock(NINE.replace(hour=9) - timezone.now())
    for side in (cast.here, cast.there):
        make_child(side)
    return cast


def test_ten_wait_for_a_class_and_the_others_go_on(own_database: str, committed: Cast) -> None:
    env = {**environment(own_database, QUEUE), "STATICFILES_BACKEND": PLAIN}
    teacher, other = (committed.person("class_teacher", there) for there in (False, True))
    uuids = [str(uuid4()) for _ in range(WAITERS)]
    with web(env, THREADS) as url, ThreadPoolExecutor(WAITERS) as pool:
        waiter = Sender(url, teacher, committed.here)
        assert waiter.look()[0] == http.client.OK
        with held(own_database, committed.here) as there:
            waiting = [pool.submit(waiter.send, uuid) for uuid in uuids]
            _until_all_wait(there, own_database, waiting)
            assert Sender(url, other, committed.there).send(str(uuid4()))[0] == http.client.FOUND
            assert asked(waiter.place, "GET", "/healthz/")[0] == http.client.OK
            answers = [one.result() for one in waiting]
        assert {status for status, _ in answers} == {503}
        assert all(CALM in words and "刚才的提交没有办成" in words for _, words in answers)
        assert not RollCall.objects.filter(school_class=committed.here.school_class).exists()
        # The same number again: once it is written, and once it had arrived already.
        assert [waiter.send(uuids[0])[0] for _ in range(2)] == [http.client.FOUND] * 2
        _end_connections(own_database)
        assert asked(waiter.place, "GET", "/healthz/")[0] == http.client.OK
    sent = Submission.objects.filter(roll_call__school_class=committed.here.school_class)
    assert sent.count() == 1


def _until_all_wait(
    there: "psycopg.Connection[Any]", name: str, sent: list[Future[Answer]]
) -> None:
    """On a busy machine the first is answered before the last begins to wait."""
    for _ in range(600):
        row = there.execute(WAITING, [name]).fetchone()
        if row and row[0] + sum(one.done() for one in sent) >= WAITERS:
            return
        time.sleep(0.05)
    raise AssertionError("they do not wait for the class")


def _end_connections(name: str) -> None:
    """As a restart of the database does."""
    with server() as there:
        there.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
    hang_up()  # ours was among them


def test_a_connection_of_a_page_has_the_limits_of_the_design(db: None) -> None:
    found = {}
    at = connection.get_connection_params()
    at["options"] = limits.as_options(limits.PAGE)
    with psycopg.connect(**{k: v for k, v in at.items() if k != "cursor_factory"}) as there:
        for name in limits.PAGE:
            (found[name],) = there.execute(f"SHOW {name}").fetchone() or ("",)
    assert found == {
        "lock_timeout": "3s",
        "statement_timeout": "4s",
        "idle_in_transaction_session_timeout": "1min",
    }


def test_the_pages_with_time_for_a_report_exist() -> None:
    assert {row.name for row in TABLE} >= limits.REPORT_PAGES


@pytest.mark.parametrize(("address", "longer"), [("/returns/", True), ("/inbox/", False)])
def test_only_a_report_page_has_fifteen_seconds_and_gives_them_back(
    cast: Cast, settings: Any, count_queries: Any, address: str, longer: bool
) -> None:
    settings.SERVES_PAGES = True
    client = client_of(cast.person("county_desk"))
    with count_queries(connection) as seen:
        assert client.get(address).status_code == http.client.OK
    told = [q["sql"] for q in seen if "statement_timeout" in q["sql"]]
    expected = ["SET statement_timeout = 15000", "SET statement_timeout = 4000"]
    assert told == (expected if longer else [])
