"""What a teacher remarks of a change in the daily report is sealed: it tells of illnesses."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import settle
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column

_TABLE = "roster_reportline"


def seal_remarks(schema_editor: Any) -> None:
    """Seal the remark of each line."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_TABLE} SET uuid = gen_random_uuid()")
        seal_column(cursor, _TABLE, "remark")
        settle(cursor)


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0025_rows_left_out"),
    ]

    operations = [
        migrations.AddField("reportline", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField("reportline", "remark_sealed", models.TextField(blank=True)),
        RunOnDatabase(seal_remarks),
        migrations.RemoveField("reportline", "remark"),
    ]
