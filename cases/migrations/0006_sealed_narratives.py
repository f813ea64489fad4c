"""What people told of a case in their own words is sealed; codes and days stay as they are."""

import json
from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn
from foundation.resealing import rewrite, seal_column

_OF_CONTACT = ("place", "participants", "met", "content", "next_step")
# The fields of evidence that were words when this migration was written.
_WORDS = frozenset(
    (*_OF_CONTACT, "contact_tried", "note", "received_by", "evidence_note", "opinion")
)
_TOLD = ProtectedColumn("cases_caseevent", "told")
_EVENTS = "SELECT id, uuid, data FROM cases_caseevent WHERE data ?| array[{}]"
_SEAL = """
    UPDATE cases_caseevent old SET told_sealed = new.told, data = new.data::jsonb
    FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS new (id, told, data) WHERE old.id = new.id
"""


def seal_narratives(schema_editor: Any) -> None:
    """Seal what events and contacts tell."""
    tables = ("cases_caseevent", "cases_contact")
    with schema_editor.connection.cursor() as cursor, reopened(cursor, *tables):
        for table in tables:
            cursor.execute(f"UPDATE {table} SET uuid = gen_random_uuid()")
        for name in _OF_CONTACT:
            seal_column(cursor, "cases_contact", name)
        seal_column(cursor, "cases_caseevent", "text")
        names = ", ".join(f"'{name}'" for name in sorted(_WORDS))
        rewrite(cursor, _EVENTS.format(names), _event, _SEAL)


def _event(pk: int, uuid: Any, data: Any) -> tuple[int, str, str]:
    said = json.loads(data) if isinstance(data, str) else data
    told = {name: value for name, value in said.items() if name in _WORDS}
    rest = {name: value for name, value in said.items() if name not in _WORDS}
    sealed = _TOLD.seal(json.dumps(told, ensure_ascii=False, sort_keys=True), uuid)
    return pk, sealed, json.dumps(rest, ensure_ascii=False)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_swept_days"),
    ]

    operations = [
        *(
            migrations.AddField(model, "uuid", models.UUIDField(default=uuid4, editable=False))
            for model in ("caseevent", "contact")
        ),
        migrations.AddField("caseevent", "text_sealed", models.TextField(blank=True)),
        migrations.AddField("caseevent", "told_sealed", models.TextField(blank=True)),
        *(
            migrations.AddField("contact", f"{name}_sealed", models.TextField(blank=True))
            for name in ("place", "met", "next_step")
        ),
        *(
            migrations.AddField(
                "contact",
                f"{name}_sealed",
                models.TextField(default=""),
                preserve_default=False,
            )
            for name in ("participants", "content")
        ),
        RunOnDatabase(seal_narratives),
        migrations.RemoveField("caseevent", "text"),
        *(migrations.RemoveField("contact", name) for name in _OF_CONTACT),
    ]
