"""The notes of memberships in special groups are sealed, with their history."""

from typing import Any

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn
from foundation.resealing import rewrite, seal_column

_COLUMN = ProtectedColumn("roster_groupspell", "note")
_FORMER = """
    SELECT event.pgh_id, spell.uuid, event.note FROM roster_groupspellevent event
    JOIN roster_groupspell spell ON spell.id = event.pgh_obj_id WHERE event.note <> ''
"""
_SEAL = """
    UPDATE roster_groupspellevent old SET note_sealed = new.sealed
    FROM unnest(%s::bigint[], %s::text[]) AS new (id, sealed) WHERE old.pgh_id = new.id
"""


def seal_notes(schema_editor: Any) -> None:
    """Seal the notes of memberships, and those of their former values."""
    tables = ("roster_groupspell", "roster_groupspellevent")
    with schema_editor.connection.cursor() as cursor, reopened(cursor, *tables):
        seal_column(cursor, "roster_groupspell", "note")
        rewrite(cursor, _FORMER, _former, _SEAL)


def _former(pk: int, uuid: Any, plain: str) -> tuple[int, str]:
    return pk, _COLUMN.seal(plain, uuid)


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0018_plain_notes_are_gone"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger("groupspell", "update_update"),
        migrations.AddField("groupspell", "note_sealed", models.TextField(blank=True)),
        migrations.AddField("groupspellevent", "note_sealed", models.TextField(blank=True)),
        RunOnDatabase(seal_notes),
        migrations.RemoveField("groupspell", "note"),
        migrations.RemoveField("groupspellevent", "note"),
        pgtrigger.migrations.AddTrigger(
            "groupspell",
            pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_groupspellevent" ("basis_digest", "basis_sealed", "child_id", "end_reason", "ends_on", "evidence_id", "group", "id", "kind", "note_sealed", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "starts_on", "voided_on") SELECT old_values."basis_digest", old_values."basis_sealed", old_values."child_id", old_values."end_reason", old_values."ends_on", old_values."evidence_id", old_values."group", old_values."id", old_values."kind", old_values."note_sealed", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."recorded_by_id", old_values."source", old_values."starts_on", old_values."voided_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."basis_digest" IS DISTINCT FROM (new_values."basis_digest") OR old_values."basis_sealed" IS DISTINCT FROM (new_values."basis_sealed") OR old_values."child_id" IS DISTINCT FROM (new_values."child_id") OR old_values."end_reason" IS DISTINCT FROM (new_values."end_reason") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."evidence_id" IS DISTINCT FROM (new_values."evidence_id") OR old_values."group" IS DISTINCT FROM (new_values."group") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."note_sealed" IS DISTINCT FROM (new_values."note_sealed") OR old_values."recorded_by_id" IS DISTINCT FROM (new_values."recorded_by_id") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."voided_on" IS DISTINCT FROM (new_values."voided_on")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="a87744a28af9ce88a32e42c65ed92d3f0f92fd8c",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_09916",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="roster_groupspell",
                    when="AFTER",
                ),
            ),
        ),
    ]
