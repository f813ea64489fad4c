"""One small demo county for all tests of this package; each test's changes are taken back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import override_settings

from foundation import clock
from foundation.accounts.models import Unit
from kongchuo.demo.county.classes import DemoClass, classes_on
from kongchuo.demo.county.dates import DEMO_DAY
from kongchuo.demo.county.founding import demo_county
from kongchuo.demo.rolls import absences
from tests.demo.county.ran import noted

# So many more stay away that a county of 200 pupils has cases beside the visitor's township, which
# follows its script alone. Without them the habits of the offices would never run (habits.py).
_TRUANT = {True: 1e-2, False: 4e-3}


@pytest.fixture(scope="package")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The county in an open transaction, so that the next package finds the database empty."""
    with django_db_blocker.unblock(), override_settings(CLOCK_MAY_SHIFT=True):
        _as_owner("VACUUM ANALYZE")
        around = transaction.atomic()
        around.__enter__()
        try:
            _load()
        except BaseException:
            _take_back(around)  # or every test after it would find rows
            raise
    with override_settings(CLOCK_MAY_SHIFT=True):
        yield
    with django_db_blocker.unblock():
        _take_back(around)


def _load() -> None:
    with noted(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(absences, "_TRUANT", _TRUANT)
        call_command("load_demo", "--pupils=200")
    connection.check_constraints()
    _as_owner("ANALYZE")


def _take_back(around: transaction.Atomic) -> None:
    transaction.set_rollback(True)
    around.__exit__(None, None, None)


def _as_owner(statement: str) -> None:
    """What autovacuum would do within minutes of a load.

    The tests before have left empty pages in every table, and the planner takes a table that was
    empty for one that stays so: the demo would be read in five minutes instead of half a one.
    """
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(statement)
        cursor.execute(f'SET ROLE "{settings.SERVING_ROLE}"')


@pytest.fixture
def county(_loaded: None, db: None) -> Unit:
    """The county's own unit, the clock standing on the morning of the tour."""
    clock.forget()
    unit = demo_county()
    assert unit is not None
    return unit


@pytest.fixture
def rows(county: Unit) -> list[DemoClass]:
    """Its classes."""
    return classes_on(county, DEMO_DAY)
