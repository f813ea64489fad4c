"""The database of the tests: the serving role reads and writes it, its owner only made it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.signals import connection_created
from django.test.utils import CaptureQueriesContext

from foundation import clock
from tests.cast import Cast, make_cast

_serving = False


def pytest_configure(config: pytest.Config) -> None:
    """Connect as the owner, so that the test database can be made; SET ROLE follows."""
    # Pages are tested without the collected files; the browser tests have them.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES["staticfiles"]["BACKEND"] = plain
    owner = settings.DATABASES["owner"]
    for alias in ("default", "progress"):
        settings.DATABASES[alias].update(USER=owner["USER"], PASSWORD=owner["PASSWORD"])


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
        _serving = True
        connection.close()
    yield
    _serving = False
    with django_db_blocker.unblock():
        connection.close()


@pytest.fixture(autouse=True)
def _fresh_clock() -> None:
    """No test sees the clock shift of another."""
    clock.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """A county, two townships, their schools, villages and people (tests/cast.py)."""
    return make_cast()


@pytest.fixture
def count_queries() -> type[CaptureQueriesContext]:
    """``with count_queries(connection) as seen``."""
    return CaptureQueriesContext
