"""The notes of changes are sealed: that of a suspension tells of an illness."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column


def seal_notes(schema_editor: Any) -> None:
    """Seal the note of each change and the words of each of its events."""
    tables = ("roster_change", "roster_changeevent")
    with schema_editor.connection.cursor() as cursor, reopened(cursor, *tables):
        for table in tables:
            cursor.execute(f"UPDATE {table} SET uuid = gen_random_uuid()")
        seal_column(cursor, "roster_change", "note")
        seal_column(cursor, "roster_changeevent", "text")


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0016_plain_numbers_are_gone"),
    ]

    operations = [
        *(
            migrations.AddField(model, "uuid", models.UUIDField(default=uuid4, editable=False))
            for model in ("change", "changeevent")
        ),
        migrations.AddField("change", "note_sealed", models.TextField(blank=True)),
        migrations.AddField("changeevent", "text_sealed", models.TextField(blank=True)),
        RunOnDatabase(seal_notes),
        migrations.RemoveField("change", "note"),
        migrations.RemoveField("changeevent", "text"),
    ]
