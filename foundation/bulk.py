"""Rows by the hundred thousand: ids in one go, COPY in, and one UPDATE for many rows.

The values are those of the columns, as the database takes them; a model's save is not asked.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg.types.json import Jsonb

Values = Sequence[Any]
Model = type[models.Model]


def take_ids(model: Model, number: int) -> list[int]:
    """So many fresh ids of the model's table."""
    if not number:
        return []
    pk = model._meta.pk
    assert pk is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, pk.column, number],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_in(model: Model, fields: Sequence[str], rows: Iterable[Values]) -> None:
    """Add rows with these fields; every field without a default of the database must be named."""
    columns = ", ".join(_column(model, name) for name in fields)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update_rows(model: Model, fields: Sequence[str], rows: Sequence[Values]) -> int:
    """Set these fields of many rows, each given as (id, values …); how many really changed."""
    if not rows:
        return 0
    table, pk = model._meta.db_table, _column(model, "pk")
    names = [_column(model, name) for name in fields]
    kinds = ", ".join(f"%s::{_kind(model, name)}[]" for name in ("pk", *fields))
    sets = ", ".join(f"{name} = new.{name}" for name in names)
    old, new = (", ".join(f"{side}.{name}" for name in names) for side in ("old", "new"))
    statement = (
        f'UPDATE "{table}" old SET {sets} FROM unnest({kinds}) AS new ({pk}, {", ".join(names)})'
        f" WHERE old.{pk} = new.{pk} AND ({old}) IS DISTINCT FROM ({new})"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
        return int(cursor.rowcount)


def as_json(value: Any) -> Jsonb:
    """A value of a JSON column."""
    return Jsonb(value)


def _column(model: Model, name: str) -> str:
    return f'"{_field(model, name).column}"'


def _kind(model: Model, name: str) -> str:
    kind = _field(model, name).db_type(connection)
    return str(kind).split("(", maxsplit=1)[0]  # an array of varchar(60) would cut silently


def _field(model: Model, name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)
