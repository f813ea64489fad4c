"""What is told of an illness is sealed: the note of an absence, the reason of a leave slip.

The reason stood in the audit row of the slip too; it stays in the slip alone.
"""

from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column


def seal_narratives(schema_editor: Any) -> None:
    """Seal notes and reasons, and take the reasons out of the audit."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("UPDATE attendance_absence SET uuid = gen_random_uuid() WHERE note <> ''")
        cursor.execute("UPDATE attendance_leaveslip SET uuid = gen_random_uuid()")
        seal_column(cursor, "attendance_absence", "note")
        seal_column(cursor, "attendance_leaveslip", "reason")
        with reopened(cursor, "accounts_auditevent"):
            cursor.execute("UPDATE accounts_auditevent SET reason = '' WHERE verb = 'record_slip'")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_trusted_phones"),
        ("attendance", "0008_counted_rules"),
    ]
    run_before = [
        ("accounts", "0022_sealed_reasons_of_the_audit"),  # it reads the plain column
    ]

    operations = [
        migrations.AddField("absence", "uuid", models.UUIDField(editable=False, null=True)),
        migrations.AddField("absence", "note_sealed", models.TextField(blank=True)),
        migrations.AddField("leaveslip", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField(
            "leaveslip", "reason_sealed", models.TextField(default=""), preserve_default=False
        ),
        RunOnDatabase(seal_narratives),
        migrations.RemoveField("absence", "note"),
        migrations.RemoveField("leaveslip", "reason"),
    ]
