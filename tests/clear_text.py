"""Finds the tables in which something stands in clear."""

import json
from collections.abc import Iterator

from django.db import connection


def tables_with(*secrets: str) -> set[str]:
    """The tables in which one of these stands in clear, as text or within JSON."""
    forms = [form.encode() for one in secrets for form in (one, json.dumps(one)[1:-1])]
    return {name for name, rows in _tables() if any(form in rows for form in forms)}


def _tables() -> Iterator[tuple[str, bytes]]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            with cursor.copy(f'COPY "{table}" TO STDOUT') as copy:
                yield table, b"".join(bytes(piece) for piece in copy)
