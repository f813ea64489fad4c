"""What a school names as proof of a closure is sealed; the outcome stays a code."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column


def seal_notes(schema_editor: Any) -> None:
    """Seal the proof of every request for closure."""
    with schema_editor.connection.cursor() as cursor, reopened(cursor, "cases_closure"):
        cursor.execute("UPDATE cases_closure SET uuid = gen_random_uuid()")
        seal_column(cursor, "cases_closure", "evidence_note")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_counted_standings"),
    ]

    operations = [
        migrations.AddField("closure", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField(
            "closure",
            "evidence_note_sealed",
            models.TextField(default=""),
            preserve_default=False,
        ),
        RunOnDatabase(seal_notes),
        migrations.RemoveField("closure", "evidence_note"),
    ]
