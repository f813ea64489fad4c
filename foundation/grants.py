"""Rights of the serving database role. Only migrations call these functions.

The owner migrates; the serving role reads, adds and changes rows. It may delete only in the named
tables of sign-in, and cannot change an append-only table (design 4, Databases).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.migrations import RunSQL

_GUARD = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END$$
"""

_KEEPER = """
CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'table % keeps what was written', TG_TABLE_NAME; END$$
"""


def serve_everything() -> RunSQL:
    """Let the serving role read, add and change rows of this and every later table."""
    return _sql(
        'GRANT USAGE ON SCHEMA public TO "{role}"',
        'GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO "{role}"',
        'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        ' GRANT SELECT, INSERT, UPDATE ON TABLES TO "{role}"',
        'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO "{role}"',
    )


def may_delete(*tables: str) -> RunSQL:
    """Let the serving role delete rows of these tables: sessions and counters, no facts."""
    return _sql(*(f'GRANT DELETE ON {table} TO "{{role}}"' for table in tables))


def append_only(*tables: str) -> RunSQL:
    """Nobody changes, deletes or truncates rows of these tables, the owner included."""
    statements = [_GUARD.replace("{", "{{").replace("}", "}}")]
    for table in tables:
        statements += [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{{role}}"',
        ]
    return _sql(*statements)


def keep(table: str, *columns: str) -> RunSQL:
    """These columns keep the value with which the row was written."""
    return refuse(table, "kept", _changed(columns))


def write_once(table: str, *columns: str) -> RunSQL:
    """These columns are filled once; a value never changes again."""
    changed = (f"(OLD.{c} IS NOT NULL AND OLD.{c} IS DISTINCT FROM NEW.{c})" for c in columns)
    return refuse(table, "once", " OR ".join(changed))


def freeze(table: str, when: str) -> RunSQL:
    """A row for which ``when``, a condition on OLD, holds never changes again."""
    return refuse(table, "frozen", f"({when}) AND OLD IS DISTINCT FROM NEW")


def refuse(table: str, name: str, when: str) -> RunSQL:
    """No update for which ``when``, a condition on OLD and NEW, holds."""
    return _sql(
        _KEEPER.replace("{", "{{").replace("}", "}}"),
        f"CREATE TRIGGER {table}_{name} BEFORE UPDATE ON {table}"
        f" FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse_rewriting()",
    )


@contextmanager
def reopened(cursor: Any, *tables: str) -> Iterator[None]:
    """No trigger of these tables fires meanwhile: a migration writes the same facts otherwise.

    The migration's transaction locks the tables.
    """
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    settle(cursor)
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def settle(cursor: Any) -> None:
    """Check now what waits for the end of the transaction.

    PostgreSQL alters no table while checks of its changed rows are waiting.
    """
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)


def _sql(*statements: str) -> RunSQL:
    """No RunPython: it would render every model anew, and none is needed here."""
    filled = tuple(statement.format(role=settings.SERVING_ROLE) for statement in statements)
    return RunSQL(filled, RunSQL.noop)
