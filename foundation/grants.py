"""Rights of the serving database role. Only migrations call these functions.

The owner migrates; the serving role reads, adds and changes rows. It may delete only in the named
tables of sign-in, and cannot change an append-only table (design 4, Databases).
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.migrations import RunPython

_GUARD = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME; END$$
"""


def serve_everything() -> RunPython:
    """Let the serving role read, add and change rows of all tables, later ones included."""
    return _sql(
        'GRANT USAGE ON SCHEMA public TO "{role}"',
        'GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO "{role}"',
        'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        ' GRANT SELECT, INSERT, UPDATE ON TABLES TO "{role}"',
        'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO "{role}"',
    )


def may_delete(*tables: str) -> RunPython:
    """Let the serving role delete rows of these tables, which hold sessions and counters only."""
    return _sql(*(f'GRANT DELETE ON {table} TO "{{role}}"' for table in tables))


def append_only(*tables: str) -> RunPython:
    """Forbid everybody, the owner included, to change, delete or truncate rows of these tables."""
    statements = [_GUARD.replace("{", "{{").replace("}", "}}")]
    for table in tables:
        statements += [
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
            f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{{role}}"',
        ]
    return _sql(*statements)


def _sql(*statements: str) -> RunPython:
    def apply(apps: Any, schema_editor: Any) -> None:
        for statement in statements:
            schema_editor.execute(statement.format(role=settings.SERVING_ROLE), params=None)

    backwards: Callable[[Any, Any], None] = RunPython.noop
    return RunPython(apply, backwards)
