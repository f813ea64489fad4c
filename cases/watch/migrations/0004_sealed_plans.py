"""Signs and measures of the ledger are sealed, with their history; a step repeats neither."""

from typing import Any
from uuid import uuid4

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn
from foundation.resealing import rewrite, seal_column

_WORDS = ("signs", "measures")
_FORMER = """
    SELECT event.pgh_id, entry.uuid, event.{name} FROM watch_entryevent event
    JOIN watch_entry entry ON entry.id = event.pgh_obj_id WHERE event.{name} <> ''
"""
_SEAL = """
    UPDATE watch_entryevent old SET {name}_sealed = new.sealed
    FROM unnest(%s::bigint[], %s::text[]) AS new (id, sealed) WHERE old.pgh_id = new.id
"""


def seal_plans(schema_editor: Any) -> None:
    """Seal the words of entries and of their former values, and take them out of the steps."""
    tables = ("watch_entry", "watch_entryevent", "watch_step")
    with schema_editor.connection.cursor() as cursor, reopened(cursor, *tables):
        cursor.execute("UPDATE watch_entry SET uuid = gen_random_uuid()")
        for name in _WORDS:
            seal_column(cursor, "watch_entry", name)
            _seal_former(cursor, name)
        cursor.execute("UPDATE watch_step SET data = data - 'signs' - 'measures'")


def _seal_former(cursor: Any, name: str) -> None:
    column = ProtectedColumn("watch_entry", name)

    def row(pk: int, uuid: Any, plain: str) -> tuple[int, str]:
        return pk, column.seal(plain, uuid)

    rewrite(cursor, _FORMER.format(name=name), row, _SEAL.format(name=name))


def _sealed(model: str, name: str) -> migrations.AddField:
    field = models.TextField(default="")
    return migrations.AddField(model, f"{name}_sealed", field, preserve_default=False)


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0003_plain_narratives_are_gone"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger("entry", "update_update"),
        migrations.AddField("entry", "uuid", models.UUIDField(default=uuid4, editable=False)),
        *(_sealed(model, name) for model in ("entry", "entryevent") for name in _WORDS),
        RunOnDatabase(seal_plans),
        *(
            migrations.RemoveField(model, name)
            for model in ("entry", "entryevent")
            for name in _WORDS
        ),
        pgtrigger.migrations.AddTrigger(
            "entry",
            pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "watch_entryevent" ("child_id", "ending", "ends_on", "helper_id", "id", "measures_sealed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "risks", "school_class_id", "school_id", "signs_sealed", "starts_on", "version") SELECT old_values."child_id", old_values."ending", old_values."ends_on", old_values."helper_id", old_values."id", old_values."measures_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."risks", old_values."school_class_id", old_values."school_id", old_values."signs_sealed", old_values."starts_on", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."child_id" IS DISTINCT FROM (new_values."child_id") OR old_values."ending" IS DISTINCT FROM (new_values."ending") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."helper_id" IS DISTINCT FROM (new_values."helper_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."measures_sealed" IS DISTINCT FROM (new_values."measures_sealed") OR old_values."risks" IS DISTINCT FROM (new_values."risks") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."school_class_id" IS DISTINCT FROM (new_values."school_class_id") OR old_values."signs_sealed" IS DISTINCT FROM (new_values."signs_sealed") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."version" IS DISTINCT FROM (new_values."version")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="2452584005e73c3a8b847d62e90d09b269f10749",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_75dbb",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="watch_entry",
                    when="AFTER",
                ),
            ),
        ),
    ]
