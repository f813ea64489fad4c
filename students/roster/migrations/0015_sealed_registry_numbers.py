"""Registry numbers are sealed, as ID numbers are: 学籍号 is "G" and the ID number.

The fingerprints of import rows held the number too, and could be guessed from: they are keyed now.
"""

from typing import Any
from uuid import uuid4

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn, digest
from foundation.resealing import rewrite

_OF_CHILD = ProtectedColumn("roster_child", "registry_no", "registry")
_OF_FORMER = ProtectedColumn("roster_formernumber", "registry_no", "registry")
_CHILDREN = "SELECT id, uuid, registry_no FROM roster_child WHERE registry_no <> ''"
_EVENTS = """
    SELECT pgh_id, child.uuid, event.registry_no FROM roster_childevent event
    JOIN roster_child child ON child.id = event.pgh_obj_id WHERE event.registry_no <> ''
"""
_FORMER = "SELECT id, uuid, registry_no FROM roster_formernumber"
_SEAL = """
    UPDATE {table} old SET registry_no_sealed = new.sealed, registry_no_digest = new.digest
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (id, sealed, digest)
    WHERE old.{key} = new.id
"""
_PRINTS = """SELECT id, seen, "left" FROM roster_importrow WHERE seen <> '' OR "left" <> ''"""
_KEYED = """
    UPDATE roster_importrow old SET seen = new.seen, "left" = new.was
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (id, seen, was) WHERE old.id = new.id
"""


def seal_numbers(schema_editor: Any) -> None:
    """Seal the numbers of children, of their history and of former numbers."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("UPDATE roster_formernumber SET uuid = gen_random_uuid()")
        with reopened(cursor, "roster_child", "roster_childevent"):
            _seal(cursor, "roster_child", "id", _OF_CHILD, _CHILDREN)
            _seal(cursor, "roster_childevent", "pgh_id", _OF_CHILD, _EVENTS)
        _seal(cursor, "roster_formernumber", "id", _OF_FORMER, _FORMER)
        rewrite(cursor, _PRINTS, _keyed, _KEYED)


def _seal(cursor: Any, table: str, key: str, column: ProtectedColumn, query: str) -> None:
    def row(pk: int, uuid: Any, plain: str) -> tuple[int, str, str]:
        return pk, column.seal(plain, uuid), column.digest(plain)

    rewrite(cursor, query, row, _SEAL.format(table=table, key=key))


def _keyed(pk: int, seen: str, left: str) -> tuple[int, str, str]:
    return pk, digest(seen, "fingerprint"), digest(left, "fingerprint")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_trusted_phones"),
        ("roster", "0014_classes_opened_by_an_import"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name="child", name="update_update"),
        migrations.RemoveConstraint("child", "one_child_a_registry_number"),
        migrations.RemoveConstraint("formernumber", "a_former_number_once"),
        migrations.RemoveIndex("formernumber", "children_by_former_number"),
        *(
            migrations.AddField(model, f"registry_no_{name}", field)
            for model in ("child", "childevent")
            for name, field in (
                ("digest", models.CharField(blank=True, max_length=64)),
                ("sealed", models.TextField(blank=True)),
            )
        ),
        migrations.AddField(
            "formernumber", "registry_no_digest",
            models.CharField(default="", max_length=64), preserve_default=False,
        ),
        migrations.AddField(
            "formernumber", "registry_no_sealed",
            models.TextField(default=""), preserve_default=False,
        ),
        migrations.AddField("formernumber", "uuid", models.UUIDField(null=True)),
        RunOnDatabase(seal_numbers),
        migrations.AlterField(
            "formernumber", "uuid", models.UUIDField(default=uuid4, editable=False, unique=True)
        ),
        migrations.RemoveField("child", "registry_no"),
        migrations.RemoveField("childevent", "registry_no"),
        migrations.RemoveField("formernumber", "registry_no"),
        migrations.AddIndex(
            "formernumber",
            models.Index(fields=["registry_no_digest"], name="children_by_former_number"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='child',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_childevent" ("address_digest", "address_sealed", "boards", "born_on", "county_id", "ethnicity", "home_region", "home_township_id", "home_village_id", "id", "id_no_digest", "id_no_sealed", "id_type", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_no_digest", "registry_no_sealed", "sex") SELECT old_values."address_digest", old_values."address_sealed", old_values."boards", old_values."born_on", old_values."county_id", old_values."ethnicity", old_values."home_region", old_values."home_township_id", old_values."home_village_id", old_values."id", old_values."id_no_digest", old_values."id_no_sealed", old_values."id_type", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."registry_no_digest", old_values."registry_no_sealed", old_values."sex" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address_digest" IS DISTINCT FROM (new_values."address_digest") OR old_values."address_sealed" IS DISTINCT FROM (new_values."address_sealed") OR old_values."boards" IS DISTINCT FROM (new_values."boards") OR old_values."born_on" IS DISTINCT FROM (new_values."born_on") OR old_values."county_id" IS DISTINCT FROM (new_values."county_id") OR old_values."ethnicity" IS DISTINCT FROM (new_values."ethnicity") OR old_values."home_region" IS DISTINCT FROM (new_values."home_region") OR old_values."home_township_id" IS DISTINCT FROM (new_values."home_township_id") OR old_values."home_village_id" IS DISTINCT FROM (new_values."home_village_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."id_no_digest" IS DISTINCT FROM (new_values."id_no_digest") OR old_values."id_no_sealed" IS DISTINCT FROM (new_values."id_no_sealed") OR old_values."id_type" IS DISTINCT FROM (new_values."id_type") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."registry_no_digest" IS DISTINCT FROM (new_values."registry_no_digest") OR old_values."registry_no_sealed" IS DISTINCT FROM (new_values."registry_no_sealed") OR old_values."sex" IS DISTINCT FROM (new_values."sex")) ) AS old_values, _pgh_attached_context; RETURN NULL;', hash='75deedb09b1895720b60188630b0f9e4f87f31ad', level='STATEMENT', operation='UPDATE', pgid='pgtrigger_update_update_108da', referencing='REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ', table='roster_child', when='AFTER')),
        ),
        migrations.AddConstraint(
            "child",
            models.UniqueConstraint(
                condition=models.Q(("registry_no_digest", ""), _negated=True),
                fields=("county", "registry_no_digest"),
                name="one_child_a_registry_number",
            ),
        ),
        migrations.AddConstraint(
            "formernumber",
            models.UniqueConstraint(
                fields=("child", "registry_no_digest"), name="a_former_number_once"
            ),
        ),
    ]  # fmt: skip
