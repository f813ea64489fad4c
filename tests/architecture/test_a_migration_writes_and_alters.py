"""A migration that rewrites rows of a filled database may alter the same table after it."""

from typing import Any

from django.db import connection, transaction

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from tests.cast import make_cast

HOLDERS = "accounts_post"  # its checks of foreign keys wait for the end of the transaction


def _point_elsewhere(cursor: Any) -> None:
    cursor.execute(f"UPDATE {HOLDERS} SET granted_by_id = (SELECT min(id) FROM accounts_post)")


def _rewrite(schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {HOLDERS} DISABLE TRIGGER USER")
        _point_elsewhere(cursor)


def _as_owner() -> Any:
    make_cast()
    cursor = connection.cursor()
    cursor.execute("RESET ROLE")
    return cursor


def test_rows_are_written_then_the_table_is_altered(own_database: str) -> None:
    cursor = _as_owner()
    with connection.schema_editor() as editor:
        RunOnDatabase(_rewrite).database_forwards("accounts", editor, None, None)
        editor.execute(f"ALTER TABLE {HOLDERS} ADD COLUMN altered integer")
    cursor.execute(f"SELECT count(altered), count(*) > 1 FROM {HOLDERS}")
    assert cursor.fetchone() == (0, True)


def test_the_triggers_of_a_table_come_back_after_its_rows_are_written(own_database: str) -> None:
    cursor = _as_owner()
    with transaction.atomic(), reopened(cursor, HOLDERS):
        _point_elsewhere(cursor)
    cursor.execute(
        "SELECT bool_and(tgenabled = 'O') FROM pg_trigger WHERE tgrelid = %s::regclass", [HOLDERS]
    )
    assert cursor.fetchone() == (True,)
