"""The reasons in the audit are sealed: of an act on a child they may tell of an illness."""

from typing import Any

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column

_TABLE = "accounts_auditevent"


def seal_reasons(schema_editor: Any) -> None:
    """Seal the reason of each row that has one."""
    with schema_editor.connection.cursor() as cursor, reopened(cursor, _TABLE):
        cursor.execute(f"UPDATE {_TABLE} SET uuid = gen_random_uuid() WHERE reason <> ''")
        seal_column(cursor, _TABLE, "reason")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0021_refusals_by_index"),
    ]

    operations = [
        migrations.AddField("auditevent", "uuid", models.UUIDField(editable=False, null=True)),
        migrations.AddField("auditevent", "reason_sealed", models.TextField(blank=True)),
        RunOnDatabase(seal_reasons),
        migrations.RemoveField("auditevent", "reason"),
    ]
