"""What is recorded of talks and visits is sealed."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column


def seal_narratives(schema_editor: Any) -> None:
    """Seal the words of every step."""
    with schema_editor.connection.cursor() as cursor, reopened(cursor, "watch_step"):
        cursor.execute("UPDATE watch_step SET uuid = gen_random_uuid()")
        seal_column(cursor, "watch_step", "text")


class Migration(migrations.Migration):
    dependencies = [
        ("watch", "0001_watch"),
    ]

    operations = [
        migrations.AddField("step", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField(
            "step", "text_sealed", models.TextField(default=""), preserve_default=False
        ),
        RunOnDatabase(seal_narratives),
        migrations.RemoveField("step", "text"),
    ]
