"""The cast, made once a runner and put back for each test: the same rows, the same ids.

To make it by the acts of the product costs a tenth of a second, of which two thousand tests would
pay three minutes.
"""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from tests.cast import Cast, make_cast


@dataclass(frozen=True)
class Repeated:
    """What the making wrote, table by table as COPY reads it, and who was made."""

    rows: dict[str, bytes]
    cast: bytes

    def again(self) -> Cast:
        """Into the present transaction, which holds none of it."""
        with connection.cursor() as cursor:
            for table, content in self.rows.items():
                with cursor.copy(f'COPY "{table}" FROM STDIN') as copy:
                    copy.write(content)
        cast: Cast = pickle.loads(self.cast)
        return cast


def remember() -> Repeated:
    """Make the cast, keep what was written, and take it back."""
    with transaction.atomic():
        before = dict(_filled())
        cast = make_cast()
        after = dict(_filled())
        grown = {table for table in after.keys() & before if after[table] != before[table]}
        assert not grown, f"rows among others: {grown}"
        rows = {table: _content(table) for table in after if table not in before}
        transaction.set_rollback(True)
    return Repeated(rows, pickle.dumps(cast))


def _filled() -> Iterator[tuple[str, int]]:
    """Every table with rows in it, and how many."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if count := cursor.fetchone()[0]:
                yield table, count


def _content(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
        return b"".join(bytes(piece) for piece in copy)
