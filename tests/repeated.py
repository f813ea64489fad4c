"""What is made once and put back for each test: the same rows, the same ids.

To make the cast by the acts of the product costs a tenth of a second, of which two thousand tests
would pay three minutes; a month with its return costs a second.
"""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import connection, transaction

Made = TypeVar("Made")


@dataclass(frozen=True)
class Repeated(Generic[Made]):
    """What the making wrote, as statements that write it once more, and what it told."""

    statements: str
    told: bytes

    def again(self) -> Made:
        """Into the present transaction, which holds none of it."""
        with connection.cursor() as cursor:
            cursor.execute(self.statements)
        return self.tell()

    def tell(self) -> Made:
        """What the making told, where its rows stand already."""
        told: Made = pickle.loads(self.told)
        return told


def remember(make: Callable[[], Made]) -> Repeated[Made]:
    """Make it in an empty database, keep what was written, and take it back."""
    with transaction.atomic():
        before = dict(_filled())
        made = make()
        after = dict(_filled())
        grown = {table for table in after.keys() & before if after[table] != before[table]}
        assert not grown, f"rows among others: {grown}"
        statements = "; ".join(_insert(table) for table in after if table not in before)
        transaction.set_rollback(True)
    return Repeated(statements, pickle.dumps(made))


def _filled() -> Iterator[tuple[str, int]]:
    """Every table with rows in it, and how many."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            if count := cursor.fetchone()[0]:
                yield table, count


def _insert(table: str) -> str:
    """One statement for all rows of a table; all tables are written in one go to the server."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [table])
        columns = [f'"{name}"' for (name,) in cursor.fetchall()]
        values = ", ".join(f"quote_nullable({column}::text)" for column in columns)
        cursor.execute(f"SELECT '(' || concat_ws(', ', {values}) || ')' FROM \"{table}\"")
        rows = ", ".join(row for (row,) in cursor.fetchall())
    return f'INSERT INTO "{table}" ({", ".join(columns)}) VALUES {rows}'


_COLUMNS = """
    SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum
"""
