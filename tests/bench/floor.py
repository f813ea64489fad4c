"""The floor of a burst: the same rows as bare INSERTs into a copy of the county before it."""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.bench.burst import Burst, Cpu, send_all
from tests.bench.durable import County, cpu_of
from tests.e2e.site import database

Row = tuple[Any, ...]
_LENGTHENED = sql.SQL(
    " ON CONFLICT (child_id, started_on) DO UPDATE SET last_missed_on = excluded.last_missed_on,"
    " halves = excluded.halves"
)
Statement = tuple[sql.Composed, Row]

# Each table that a submission writes: its rows of the burst, the number of their roll call first.
_ROLL_OF_CASE = """(SELECT max(absence.roll_call_id) FROM attendance_absence absence
    WHERE absence.child_id = c.child_id)"""
WRITTEN = {
    "attendance_rollcall": "SELECT id, t.* FROM attendance_rollcall t WHERE day = %(today)s",
    "attendance_submission": """SELECT t.roll_call_id, t.* FROM attendance_submission t
        JOIN attendance_rollcall call ON call.id = t.roll_call_id WHERE call.day = %(today)s""",
    "attendance_absence": """SELECT t.roll_call_id, t.* FROM attendance_absence t
        WHERE t.day = %(today)s""",
    "attendance_absencespell": """SELECT absence.roll_call_id, t.* FROM attendance_absencespell t
        JOIN attendance_absence absence USING (child_id)
        WHERE absence.day = %(today)s AND t.updated_at >= %(began)s""",
    "accounts_auditevent": """SELECT t.object_id, t.* FROM accounts_auditevent t
        WHERE t.verb = 'call_roll' AND t.at >= %(began)s""",
    "cases_case": f"""SELECT {_ROLL_OF_CASE}, c.* FROM cases_case c
        WHERE c.opened_on = %(today)s""",
    "cases_deadline": f"""SELECT {_ROLL_OF_CASE}, t.* FROM cases_deadline t
        JOIN cases_case c ON c.id = t.case_id WHERE c.opened_on = %(today)s""",
    "cases_caseevent": f"""SELECT {_ROLL_OF_CASE}, t.* FROM cases_caseevent t
        JOIN cases_case c ON c.id = t.case_id WHERE t.id > %(last_event)s""",
    "messaging_message": f"""SELECT {_ROLL_OF_CASE}, t.* FROM messaging_message t
        JOIN cases_caseevent event ON t.key LIKE 'event:' || event.id || ':%%'
        JOIN cases_case c ON c.id = event.case_id WHERE event.id > %(last_event)s""",
}


@contextmanager
def copied(county: County, name: str) -> Iterator[str]:
    """A copy of the county as it stands now; nobody else may be connected. Yields its address."""
    owner = county.connections.owner
    original = sql.Identifier(urlsplit(owner).path.strip("/"))
    with psycopg.connect(county.admin, autocommit=True) as server:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), original)
        server.execute(made)
        yield database(owner, name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows_of(owner: str, **facts: object) -> list[list[Statement]]:
    """The statements of each submission of the burst, in the order in which they may run."""
    found: dict[int, list[Statement]] = defaultdict(list)
    with psycopg.connect(owner) as server:
        for table, select in WRITTEN.items():
            rows = server.execute(select, facts)
            assert rows.description is not None
            insert = _insert(table, [column.name for column in rows.description[1:]])
            for roll, *values in rows:
                found[roll].append((insert, tuple(_bound(value) for value in values)))
    return list(found.values())


def _insert(table: str, columns: list[str]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(columns))
    insert = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
    parts = [insert.format(sql.Identifier(table), names, places)]
    if table == "attendance_absencespell":  # the one row that may be there already
        parts.append(sql.Composed([_LENGTHENED]))
    return sql.Composed(parts)


def _bound(value: Any) -> Any:
    return Jsonb(value) if isinstance(value, dict) else value


def insert_all(county: County, address: str, submissions: list[list[Statement]]) -> Burst:
    """Each submission's rows in one transaction of their own, on as many connections."""
    kept = threading.local()
    opened: list[psycopg.Connection[Any]] = []

    def insert(statements: list[Statement]) -> None:
        if not hasattr(kept, "server"):
            kept.server = psycopg.connect(address)
            opened.append(kept.server)
        for statement, values in statements:
            kept.server.execute(statement, values)
        kept.server.commit()

    try:
        server: Cpu = partial(cpu_of, county.postmaster)
        return send_all(submissions, insert, {"client": time.process_time, "database": server})
    finally:
        for one in opened:
            one.close()
