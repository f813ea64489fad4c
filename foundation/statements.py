"""Keeps prepared statements of a connection over a rollback.

psycopg drops them all after each ROLLBACK, TO SAVEPOINT too, as a table made within would be gone.
We make no table where pages are served, and every answer of 404 rolls back: each page after it
would prepare and plan its dozen statements again. PostgreSQL itself looks after a plan whose table
has changed.
"""

from typing import Any

from django.db.backends.signals import connection_created
from psycopg._preparing import Prepare, PrepareManager
from psycopg.types.numeric import Int8Dumper

OWNER = "owner"  # makes and drops tables
MOST = 500  # statements of a connection; a page of ours asks about ten


class LastingStatements(PrepareManager):
    """Knows the statements of foundation/prepared.py alone, which ask to be prepared."""

    prepared_max = MOST

    def maybe_add_to_cache(self, query: Any, prep: Prepare, name: bytes) -> Any:
        """A statement that is not to be prepared is not counted either."""
        return None if prep is Prepare.NO else super().maybe_add_to_cache(query, prep, name)

    def validate(self, key: Any, prep: Prepare, name: bytes, results: Any) -> None:
        """Whatever came of this execution, the statement is there for the next one."""
        self._rotate()

    def clear(self) -> bool:
        """After a rollback: all stay."""
        return False


def listen() -> None:
    """From now on every connection but the owner's keeps its statements."""
    connection_created.connect(_make_lasting, dispatch_uid="foundation.statements")


def _make_lasting(connection: Any, **kwargs: Any) -> None:
    if connection.alias != OWNER:
        connection.connection._prepared = LastingStatements()
        # By its size a number would be sent as one of three types, each with a plan of its own.
        connection.connection.adapters.register_dumper(int, Int8Dumper)
