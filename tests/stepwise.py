"""Make a database by the migrations that were squashed: ``python -m tests.stepwise NAME``."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import django
from django.db.migrations.loader import MigrationLoader

from tests.databases import as_owner, make_migrated

_load = MigrationLoader.load_disk


def _load_replaced(loader: MigrationLoader) -> None:
    _load(loader)
    found = loader.disk_migrations.items()
    loader.disk_migrations = {key: made for key, made in found if not made.replaces}


@contextmanager
def without_squashed() -> Iterator[None]:
    """No squashed migration is found meanwhile."""
    with patch.object(MigrationLoader, "load_disk", _load_replaced):
        yield


if __name__ == "__main__":
    django.setup()
    as_owner()
    with without_squashed():
        make_migrated(sys.argv[1])
