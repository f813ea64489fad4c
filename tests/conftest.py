"""The database of the tests: the serving role reads and writes it, its owner only made it."""

import gc
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from typing import Any, TypeVar

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.backends.signals import connection_created
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck
from hypothesis import settings as examples
from hypothesis.internal import constants_ast
from hypothesis.internal.conjecture import providers

from foundation import clock
from foundation.protected import keyring
from tests import forked
from tests.cast import Cast, make_cast
from tests.databases import ALIASES, as_owner, drop, hang_up, make_migrated, server
from tests.repeated import Repeated, remember
from tests.sharing import Sharing, place_of
from tests.standing import may_stand, note
from tests.walks import WHOLE

Made = TypeVar("Made")

_serving = False
MINED = "is_local_module_file"
# To look for garbage each 700 objects took a tenth of the time. None is looked for while tests are
# collected.
SELDOM = (50_000, 20, 20)
gc.disable()
# A test never asserts a time, on a busy machine neither. The same examples come each time, so that
# a change fails for what it changed; `make test-long` looks for new ones.
examples.register_profile(
    "house",
    deadline=None,
    derandomize=not WHOLE,
    suppress_health_check=[HealthCheck.too_slow],
)
examples.load_profile("house")
if not WHOLE:
    # Each runner would read all our sources for numbers and words to try: four seconds.
    for each in (constants_ast, providers):
        setattr(each, MINED, lambda path: False)


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
    as_owner()
    forked.install()


@pytest.hookimpl(optionalhook=True)  # there is no such hook where a single process runs
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    """Files side by side, but for those that share something dear."""
    return Sharing(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where files run side by side, the longest come first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: place_of(item.nodeid))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected lives to the end: no collection of garbage looks through it again."""
    note(session.items)
    gc.freeze()
    gc.enable()
    gc.set_threshold(*SELDOM)


def _serve(connection: Any, **kwargs: Any) -> None:
    if _serving:
        with connection.cursor() as cursor:
            cursor.execute(f'SET ROLE "{settings.SERVING_ROLE}"')


connection_created.connect(_serve)


@pytest.fixture(scope="session")
def empty_county(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: Any
) -> Iterator[str]:
    """The migrated database; nobody connects to it but to copy it.

    `make test` makes one for all runners (tests/migrated.py); otherwise each makes its own.
    """
    given = os.environ.get("KONGCHUO_TEST_TEMPLATE", "")
    own = f"{settings.TEST_DATABASE}_migrated"
    keep = request.config.getoption("reuse_db") and not request.config.getoption("create_db")
    with django_db_blocker.unblock(), server() as there:
        is_given = _is_there(there, given)
        if not is_given and not (keep and _is_there(there, own)):
            make_migrated(own)
    yield given if is_given else own
    if not is_given and not keep:
        with server() as there:
            drop(there, own)


def _is_there(there: "psycopg.Connection[Any]", name: str) -> bool:
    found = there.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
    return found.fetchone() is not None


@pytest.fixture(scope="session")
def django_db_setup(empty_county: str, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the migrated database for this runner; every connection to it serves."""
    global _serving
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(_copied(empty_county, settings.TEST_DATABASE))
            stack.enter_context(_connected_to(settings.TEST_DATABASE))
            _serving = True
            keyring()  # asks the database once a process: here, so that no test counts it
            hang_up()
        yield
        with django_db_blocker.unblock():
            _serving = False
            stack.close()


@pytest.fixture(autouse=True)
def _fresh_clock() -> None:
    """No test sees the clock shift of another."""
    clock.forget()


@pytest.fixture(scope="session")
def _repeated(django_db_setup: None, django_db_blocker: Any) -> Repeated[Cast]:
    with django_db_blocker.unblock():
        return remember(make_cast)


@pytest.fixture(scope="module")
def _stands(
    request: pytest.FixtureRequest, _repeated: Repeated[Cast], django_db_blocker: Any
) -> Iterator[bool]:
    """Whether the cast stands around the module's tests, each of which lies within (standing.py).

    Its foreign keys are checked once: what is deferred, each test would check at its end.
    """
    if not may_stand(request.node):
        yield False
        return
    with django_db_blocker.unblock(), transaction.atomic():
        _repeated.again()
        connection.check_constraints()
        yield True
        transaction.set_rollback(True)


@pytest.fixture
def cast(_repeated: Repeated[Cast], _stands: bool, db: None) -> Cast:
    """A county, two townships, their schools, villages and people (tests/cast.py)."""
    return _repeated.tell() if _stands else _repeated.again()


@pytest.fixture(scope="module")
def beside_cast(
    _stands: bool, _repeated: Repeated[Cast], django_db_blocker: Any
) -> Callable[[Callable[[Cast], Made]], Callable[[], Made]]:
    """``beside_cast(make)``: rows beside the cast that stand around all tests of the module.

    What comes of it tells anew what the making told, for one test to change as it likes.
    """

    def make_once(make: Callable[[Cast], Made]) -> Callable[[], Made]:
        assert _stands, "each test of the module must ask for the cast (standing.py)"
        with django_db_blocker.unblock():
            told = pickle.dumps(make(_repeated.tell()))
            connection.check_constraints()
        return lambda: pickle.loads(told)

    return make_once


@pytest.fixture
def committed_cast(own_database: str) -> Cast:
    """The same in a database that commits, seen by every connection."""
    return make_cast()


@pytest.fixture
def started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reader and decoder start as in a county: each time a Python of their own."""
    for module, name, start in forked.COUNTY:
        monkeypatch.setattr(module, name, start)


@pytest.fixture
def count_queries() -> type[CaptureQueriesContext]:
    """``with count_queries(connection) as seen``."""
    return CaptureQueriesContext


# --- a database of one's own -------------------------------------------------------------------

_numbers = count(1)


@pytest.fixture
def own_database(django_db_setup: None, empty_county: str, django_db_blocker: Any) -> Iterator[str]:
    """A database for one test that must commit: threads, two connections, a real worker.

    Every alias reads and writes it, every connection serves; it is dropped afterwards. To flush
    it instead would truncate what nobody may truncate. Not together with ``db`` or ``cast``. The
    yielded name is for another process's DATABASE_URL.
    """
    with (
        django_db_blocker.unblock(),
        _copied(empty_county, f"{settings.TEST_DATABASE}_{next(_numbers)}") as name,
        _connected_to(name),
    ):
        yield name


@contextmanager
def _copied(original: str, name: str) -> Iterator[str]:
    with server() as there:
        drop(there, name)
        there.execute(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield name
    finally:
        with server() as there:
            drop(there, name)


@contextmanager
def _connected_to(name: str) -> Iterator[None]:
    hang_up()
    before = {alias: connections[alias].settings_dict["NAME"] for alias in ALIASES}
    for alias in ALIASES:
        connections[alias].settings_dict["NAME"] = name
    try:
        yield
    finally:
        hang_up()
        for alias, former in before.items():
            connections[alias].settings_dict["NAME"] = former
