"""The cast, made once a module; and in a database that commits, for what happens at once."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Cast, make_cast


@pytest.fixture(scope="module")
def _standing_cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """Everybody, in a transaction around the module's tests; each test's own lies within it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_cast()
        transaction.set_rollback(True)


@pytest.fixture
def cast(_standing_cast: Cast, db: None) -> Cast:
    """Everybody as at the beginning. Not in a module with ``committed_cast``."""
    return deepcopy(_standing_cast)


@pytest.fixture
def committed_cast(own_database: str) -> Cast:
    """Everybody, seen by every connection."""
    return make_cast()
