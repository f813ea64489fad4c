"""The database of the tests: the serving role reads and writes it, its owner only made it."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.backends.signals import connection_created
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases
from hypothesis import HealthCheck
from hypothesis import settings as examples

from foundation import clock
from tests.cast import Cast
from tests.databases import drop
from tests.repeated import Repeated, remember

_serving = False
# A test never asserts a time, on a busy machine neither.
examples.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("house")


def pytest_configure(config: pytest.Config) -> None:
    """Connect as the owner, so that the test database can be made; SET ROLE follows.

    Where files run side by side, each runner has a database of its own.
    """
    if runner := os.environ.get("PYTEST_XDIST_WORKER"):
        settings.TEST_DATABASE += f"_{runner}"
    # Pages are tested without the collected files; the browser tests have them.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain
    settings.WHITENOISE_AUTOREFRESH = True  # each new client would look the collected files through
    owner = settings.DATABASES["owner"]
    for alias in ("default", "progress"):
        settings.DATABASES[alias].update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])


def pytest_collection_finish() -> None:
    """What was collected lives to the end: no collection of garbage looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Each run may name its own test database."""
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = settings.TEST_DATABASE


def _serve(connection: Any, **kwargs: Any) -> None:
    if _serving:
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{settings.SERVING_ROLE}"')


connection_created.connect(_serve)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the owner has made the tables, every connection serves."""
    global _serving
    with django_db_blocker.unblock():
        made = _make_what_nobody_asked_for()
        _serving = True
        _hang_up()
    yield
    _serving = False
    with django_db_blocker.unblock():
        _hang_up()
        teardown_databases(made, verbosity=0)


def _make_what_nobody_asked_for() -> list[Any]:
    """Without a test that names ``db`` there is no test database, and tests must never copy, much
    less write, the one of the settings."""
    if connection.settings_dict["NAME"] == settings.TEST_DATABASE:
        return []
    made: list[Any] = setup_databases(verbosity=0, interactive=False, aliases={"default": None})
    return made


@pytest.fixture(autouse=True)
def _fresh_clock() -> None:
    """No test sees the clock shift of another."""
    clock.forget()


@pytest.fixture(scope="session")
def _repeated(django_db_setup: None, django_db_blocker: Any) -> Repeated:
    with django_db_blocker.unblock():
        return remember()


@pytest.fixture
def cast(_repeated: Repeated, db: None) -> Cast:
    """A county, two townships, their schools, villages and people (tests/cast.py)."""
    return _repeated.again()


@pytest.fixture
def count_queries() -> type[CaptureQueriesContext]:
    """``with count_queries(connection) as seen``."""
    return CaptureQueriesContext


# --- a database of one's own -------------------------------------------------------------------

_ALIASES = ("default", "owner", "progress")
_numbers = count(1)


@pytest.fixture(scope="session")
def empty_county(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the migrated test database, made once; nobody connects to it but to copy it."""
    with django_db_blocker.unblock():
        _hang_up()
        original = connection.settings_dict["NAME"]
        with _copied(original, f"{original}_empty") as name:
            yield name


@pytest.fixture
def own_database(empty_county: str, django_db_blocker: Any) -> Iterator[str]:
    """A database for one test that must commit: threads, two connections, a real worker.

    Every alias reads and writes it, every connection serves; it is dropped afterwards. To flush
    it instead would truncate what nobody may truncate. Not together with ``db`` or ``cast``. The
    yielded name is for another process's DATABASE_URL.
    """
    with (
        django_db_blocker.unblock(),
        _copied(empty_county, f"{empty_county}_{next(_numbers)}") as name,
        _connected_to(name),
    ):
        yield name


@contextmanager
def _copied(original: str, name: str) -> Iterator[str]:
    with _server() as server:
        drop(server, name)
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield name
    finally:
        with _server() as server:
            drop(server, name)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    _hang_up()
    before = {alias: connections[alias].settings_dict["NAME"] for alias in _ALIASES}
    for alias in _ALIASES:
        connections[alias].settings_dict["NAME"] = name
    try:
        yield
    finally:
        _hang_up()
        for alias, former in before.items():
            connections[alias].settings_dict["NAME"] = former


def _hang_up() -> None:
    for alias in _ALIASES:
        connections[alias].close()


def _server() -> "psycopg.Connection[Any]":
    """The server as the owner of the databases, outside any of them."""
    owner = connections["default"].settings_dict
    return psycopg.connect(
        host=owner["HOST"],
        port=owner["PORT"] or 5432,
        user=owner["USER"],
        password=owner["PASSWORD"],
        dbname="postgres",
        autocommit=True,
    )
