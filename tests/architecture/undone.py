"""A request whose rows are taken back, and which tables it wrote before: one trip to the server.

A block of Django's own takes three, and to count before and after each request costs as much as
many a refusal. What was counted after one request is the number before the next, and the savepoint
to which one is taken back is the next one's, too.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

BEFORE = "SAVEPOINT asked"
AFTER = "ROLLBACK TO SAVEPOINT asked"
END = "RELEASE SAVEPOINT asked"
# The server's own count, which a rollback does not take back. To log the statements instead would
# make each request a slower one: logged statements are not planned once (foundation/prepared.py).
WRITTEN = """
    SELECT relname, written FROM pg_class, LATERAL (
        SELECT pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
            + pg_stat_get_xact_tuples_deleted(oid) AS written
    ) WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND written > 0
"""
Counts = dict[str, int]  # rows written to each table so far in the present transaction


class Undone:
    """Takes back what is written within its blocks; all stand in one open transaction."""

    def __init__(self) -> None:
        self.counts: Counts | None = None  # unknown after what was not watched
        self.stands = False  # whether there is a savepoint to go back to

    def forget(self) -> None:
        """What is written from now on, outside of the blocks, is not taken back."""
        self.counts = None
        if self.stands:
            _send(END)
        self.stands = False

    @contextmanager
    def block(self, is_watched: bool) -> Iterator[set[str]]:
        """The set has, after a watched block, the tables that were written within it."""
        written: set[str] = set()
        before = (self.counts or _counts("")) if is_watched else {}
        after: Counts = {}
        if not self.stands:
            _send(BEFORE)
            self.stands = True
        try:
            yield written
        finally:
            transaction.set_rollback(False)
            if is_watched:
                after = _counts(AFTER)
            else:
                _send(AFTER)
            self.counts = after or None
        written |= {table for table in after if after[table] != before.get(table)}


def _counts(then: str) -> Counts:
    """Rows written by whatever statement, and a further statement in the same trip."""
    with connection.cursor() as cursor:
        cursor.execute(f"{WRITTEN}; {then}" if then else WRITTEN)
        return dict(cursor.fetchall())


def _send(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
