"""Writes rows by the hundred thousand: ids in one go, COPY, and one UPDATE for many rows.

Values go to the columns as they are; a model's save is not called.
"""

import gc
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import orjson
from django.db import connection, models
from django.db.models.expressions import RawSQL

Values = Sequence[Any]
Model = type[models.Model]
Item = TypeVar("Item")


def take_ids(model: Model, number: int) -> list[int]:
    """Reserve this number of new ids of the model's table."""
    if not number:
        return []
    pk = model._meta.pk
    assert pk is not None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(counter)) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, %s)::regclass AS counter OFFSET 0) AS once",
            [number, model._meta.db_table, pk.column],
        )
        return list(cursor.fetchone()[0])


def copy_in(model: Model, fields: Sequence[str], rows: Iterable[Values]) -> None:
    """Add rows by COPY. Fields without a database default must all be named."""
    columns = ", ".join(_column(model, name) for name in fields)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update_rows(model: Model, fields: Sequence[str], rows: Sequence[Values]) -> int:
    """Set fields of many rows, each given as (id, values …); returns how many rows changed."""
    if not rows:
        return 0
    table, pk = model._meta.db_table, _column(model, "pk")
    names = [_column(model, name) for name in fields]
    kinds = ", ".join(f"{_column(model, name)} {_kind(model, name)}" for name in ("pk", *fields))
    sets = ", ".join(f"{name} = new.{name}" for name in names)
    old, new = (", ".join(f"{side}.{name}" for name in names) for side in ("old", "new"))
    statement = (
        f'UPDATE "{table}" old SET {sets} FROM json_to_recordset(%s) AS new ({kinds})'
        f" WHERE old.{pk} = new.{pk} AND ({old}) IS DISTINCT FROM ({new})"
    )
    keys = [_field(model, name).column for name in ("pk", *fields)]
    told = orjson.dumps([dict(zip(keys, row, strict=True)) for row in rows]).decode()
    with connection.cursor() as cursor:
        cursor.execute(statement, [told])
        return int(cursor.rowcount)


def as_json(items: Sequence[Any]) -> str:
    """A list as JSON text for COPY; a shortcut for the empty list, the usual case."""
    return orjson.dumps(items).decode() if items else "[]"


def _column(model: Model, name: str) -> str:
    return f'"{_field(model, name).column}"'


def _kind(model: Model, name: str) -> str:
    kind = _field(model, name).db_type(connection)
    return str(kind).split("(", maxsplit=1)[0]  # a value too long for varchar(60) is told, not cut


def _field(model: Model, name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


def each(values: Collection[Any], kind: str) -> RawSQL:
    """For ``__in``: a list of any length as one parameter, and a set for the planner."""
    return RawSQL(
        f"SELECT unnest(string_to_array(%s, ',')::{kind}[])", [",".join(map(str, values))]
    )


def check_keys() -> None:
    """Check foreign keys with each statement from now on, not at the commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The items in order; a thread makes the next one while the caller uses the current one.

    The maker may not touch the database, whose connections belong to one thread each. Its errors
    are raised here.
    """
    end = object()
    with ThreadPoolExecutor(1) as maker:
        coming = maker.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = maker.submit(next, items, end)
            yield cast(Item, item)


@contextmanager
def uncollected() -> Iterator[None]:
    """Turn the garbage collector off: so many rows hold no cycles, and the search is slow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
