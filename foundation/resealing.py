"""What migrations need to seal columns that lay in clear, in a filled database."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from foundation.protected import ProtectedColumn

_AT_ONCE = 5_000
_SEAL = """
    UPDATE {table} old SET {name}_sealed = new.sealed
    FROM unnest(%s::bigint[], %s::text[]) AS new (id, sealed) WHERE old.id = new.id
"""


def seal_column(cursor: Any, table: str, name: str) -> None:
    """Seal a text column into ``<name>_sealed``; every row with a text has its uuid by then."""
    column = ProtectedColumn(table, name)

    def row(pk: int, uuid: Any, plain: str) -> tuple[int, str]:
        return pk, column.seal(plain, uuid)

    query = f"SELECT id, uuid, {name} FROM {table} WHERE {name} <> ''"
    rewrite(cursor, query, row, _SEAL.format(table=table, name=name))


def rewrite(cursor: Any, query: str, made: Callable[..., Sequence[Any]], statement: str) -> None:
    """Read all rows, make new ones, and write them some thousand at a time, column by column."""
    cursor.execute(query)
    for rows in _by_thousands(cursor.fetchall()):
        columns = zip(*(made(*row) for row in rows), strict=True)
        cursor.execute(statement, [list(column) for column in columns])


def _by_thousands(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[at : at + _AT_ONCE] for at in range(0, len(rows), _AT_ONCE))


def write_anew(*tables: str) -> Callable[[Any], None]:
    """For a migration that is not atomic: a dropped column stays in the rows until then."""

    def run(schema_editor: Any) -> None:
        with schema_editor.connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
                if cursor.fetchone():
                    cursor.execute(f"VACUUM FULL {table}")

    return run
