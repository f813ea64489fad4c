"""One small demo county for all tests of this package; each test's changes are taken back."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import override_settings

from cases.models import Case
from foundation import clock
from foundation.accounts.models import Unit
from kongchuo.demo.dates import DEMO_DAY
from kongchuo.demo.founding import demo_county
from kongchuo.demo.register import ClassRow, register_of
from kongchuo.demo.stories import STORIES, Story


@pytest.fixture(scope="package")
def _loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The county in an open transaction, so that the next package finds the database empty."""
    with django_db_blocker.unblock(), override_settings(CLOCK_MAY_SHIFT=True):
        around = transaction.atomic()
        around.__enter__()
        call_command("load_demo", "--pupils=200")
        connection.check_constraints()
    with override_settings(CLOCK_MAY_SHIFT=True):
        yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        around.__exit__(None, None, None)


@pytest.fixture
def county(_loaded: None, db: None) -> Unit:
    """The county's own unit, the clock standing on the morning of the tour."""
    clock.forget()
    unit = demo_county()
    assert unit is not None
    return unit


@pytest.fixture
def rows(county: Unit) -> list[ClassRow]:
    """Its classes."""
    return register_of(county, DEMO_DAY)


def story(words: str) -> Story:
    """The story whose description begins with the words."""
    return next(one for one in STORIES if one.what.startswith(words))


def child_of(rows: list[ClassRow], words: str) -> int:
    """The child of that story."""
    wanted = story(words)
    return next(child for row in rows for child, one in row.story_of.items() if one == wanted)


def case_of(rows: list[ClassRow], words: str) -> Case:
    """The newest case of that story's child."""
    return Case.objects.filter(child_id=child_of(rows, words)).latest("pk")


def class_of(rows: list[ClassRow], key: tuple[str, int, int]) -> ClassRow:
    """The class with the key."""
    return next(row for row in rows if row.key == key)


def days(month: int, day: int) -> date:
    """A day of the demo's autumn."""
    return date(2025, month, day)
