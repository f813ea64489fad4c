"""While the database is away, starting or full, every page says so calmly, and health says 503."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from kongchuo.web.errors import is_passing
from tests.browsing import page
from tests.cast import make_cast
from tests.databases import hang_up, server

CALM = "系统正在维护或暂时繁忙"
STARTING = b"SFATAL\0C57P03\0Mthe database system is starting up\0\0"


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def _away(name: str) -> Iterator[None]:
    with _answered_at(_free_port()):
        yield


@contextmanager
def _starting(name: str) -> Iterator[None]:
    """A server that says to everybody what PostgreSQL says while it reads its log."""
    with socket.create_server(("127.0.0.1", 0)) as there:
        threading.Thread(target=_put_off, args=[there], daemon=True).start()
        with _answered_at(there.getsockname()[1]):
            yield


def _put_off(there: socket.socket) -> None:
    while True:
        try:
            asking, _ = there.accept()
        except OSError:
            return
        with asking:
            while length := asking.recv(4):
                (code,) = struct.unpack("!i", asking.recv(struct.unpack("!i", length)[0] - 4)[:4])
                if code != 3 << 16:  # it asks for encryption first
                    asking.sendall(b"N")
                    continue
                asking.sendall(b"E" + struct.pack("!i", len(STARTING) + 4) + STARTING)
                break


@contextmanager
def _full(name: str) -> Iterator[None]:
    hang_up()
    with server() as there:
        there.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 0')
        try:
            yield
        finally:
            there.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1')


@contextmanager
def _answered_at(port: int) -> Iterator[None]:
    hang_up()
    place = connections["default"].settings_dict
    before = {"HOST": place["HOST"], "PORT": place["PORT"]}
    place.update(HOST="127.0.0.1", PORT=port)
    try:
        yield
    finally:
        hang_up()
        place.update(before)


Trouble = Callable[[str], Any]


def test_every_page_is_503_with_the_chinese_page_and_health_names_the_part(
    own_database: str,
) -> None:
    cast = make_cast()
    client = Client(raise_request_exception=False)
    client.force_login(cast.person("registrar"), backend=settings.AUTHENTICATION_BACKENDS[1])
    for trouble in (_away, _starting, _full):
        with trouble(own_database):
            for address in ("/", "/accounts/login/", "/cases/cases/", "/nothing/"):
                answer = client.get(address)
                assert CALM in page(answer, 503), (trouble, address)
                assert answer["Retry-After"] == "5"
            assert "刚才的提交没有办成" in page(client.post("/inbox/read/"), 503)
            assert "数据库" in page(client.get("/healthz/"), 503)
            assert "数据库 (database): 数据库没有应答" in page(client.get("/readyz/"), 503)
    assert page(client.get("/healthz/")) == "ok"
    assert CALM not in page(client.get("/inbox/"))


def test_a_queue_that_is_away_is_named_and_pages_go_on(
    client: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(settings, "CELERY_BROKER_URL", f"redis://127.0.0.1:{_free_port()}/0")
    words = page(client.get("/readyz/"), 503)
    assert "数据库 (database): ok" in words
    assert "队列 (queue): 队列没有应答" in words
    assert page(client.get("/healthz/")) == "ok"


def test_whoever_holds_a_row_for_too_long_is_503_and_an_error_of_ours_is_500(db: None) -> None:
    def told(error: Exception) -> bool:
        with pytest.raises(Exception) as caught, connections["default"].wrap_database_errors:
            raise error
        return is_passing(caught.value)

    passing = (
        psycopg.errors.LockNotAvailable,
        psycopg.errors.QueryCanceled,
        psycopg.errors.IdleInTransactionSessionTimeout,
        psycopg.errors.AdminShutdown,
        psycopg.errors.TooManyConnections,
    )
    assert all(told(error()) for error in passing)
    ours = (psycopg.errors.UniqueViolation, psycopg.errors.UndefinedTable, ValueError)
    assert not any(told(error()) for error in ours)
