"""Every rule that the migrations gave a table stands in the database they made.

PostgreSQL drops a trigger together with a column that it names, and says nothing.
"""

import re

import pgtrigger
import pytest
from django.db import connection
from django.db.migrations import Migration, RunSQL
from django.db.migrations.loader import MigrationLoader

Rule = tuple[str, str]  # table, trigger

_TRIGGER = re.compile(r"\b(CREATE|DROP) TRIGGER (?:IF EXISTS )?(\w+)\b.*?\bON (\w+)", re.DOTALL)


def _statements(migration: Migration) -> list[str]:
    found: list[str] = []
    for operation in migration.operations:
        if isinstance(operation, RunSQL):
            sql = operation.sql
            found += [sql] if isinstance(sql, str) else [str(one) for one in sql]
    return found


def promised() -> set[Rule]:
    """The triggers that the migrations make and do not drop, in the order of their running."""
    loader = MigrationLoader(connection)
    rules: set[Rule] = set()
    for key in loader.graph.leaf_nodes():
        for step in loader.graph.forwards_plan(key):
            for statement in _statements(loader.graph.nodes[step]):
                for verb, trigger, table in _TRIGGER.findall(statement):
                    (rules.add if verb == "CREATE" else rules.discard)((table, trigger))
    return rules


def standing() -> set[Rule]:
    """The triggers of the database that fire."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        return {(table, trigger) for table, trigger in cursor.fetchall()}


@pytest.mark.django_db
def test_none_was_lost_with_a_column() -> None:
    rules = promised()
    assert ("roster_classpost", "roster_classpost_kept") in rules
    assert len(rules) > 30
    assert rules - standing() == set()


@pytest.mark.django_db
def test_the_history_s_triggers_stand_too() -> None:
    wanted = {
        (model._meta.db_table, trigger.get_pgid(model)) for model, trigger in pgtrigger.registered()
    }
    assert wanted
    assert wanted - standing() == set()


@pytest.mark.django_db
def test_a_lost_one_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE cases_closure DROP COLUMN evidence_note_sealed CASCADE")
    assert promised() - standing() == {("cases_closure", "cases_closure_kept")}
