"""What the primary school remarks of a leaver is sealed: it tells of illnesses."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column

_TABLE = "census_handoverrow"


def seal_remarks(schema_editor: Any) -> None:
    """Seal the remark of each row, of signed rosters, too."""
    with schema_editor.connection.cursor() as cursor, reopened(cursor, _TABLE):
        cursor.execute(f"UPDATE {_TABLE} SET uuid = gen_random_uuid()")
        seal_column(cursor, _TABLE, "remark")


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0003_an_entry_is_taken_back"),
    ]

    operations = [
        migrations.AddField("handoverrow", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField("handoverrow", "remark_sealed", models.TextField(blank=True)),
        RunOnDatabase(seal_remarks),
        migrations.RemoveField("handoverrow", "remark"),
    ]
