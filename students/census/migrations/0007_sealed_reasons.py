"""Why a roster is returned and an exemption revoked is sealed: it tells of illnesses."""

from typing import Any
from uuid import uuid4

from django.db import migrations, models
from django.db.models import Q

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column


def seal_reasons(schema_editor: Any) -> None:
    """Seal the words of each step and each revocation."""
    tables = ("census_handoverstep", "census_exemption")
    with schema_editor.connection.cursor() as cursor, reopened(cursor, *tables):
        for table, name in (
            ("census_handoverstep", "words"),
            ("census_exemption", "revoke_reason"),
        ):
            cursor.execute(f"UPDATE {table} SET uuid = gen_random_uuid()")
            seal_column(cursor, table, name)


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0006_reasons_of_catchments"),
    ]

    operations = [
        migrations.AddField(
            "handoverstep", "uuid", models.UUIDField(default=uuid4, editable=False)
        ),
        migrations.AddField("handoverstep", "words_sealed", models.TextField(blank=True)),
        migrations.AddField("exemption", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField("exemption", "revoke_reason_sealed", models.TextField(blank=True)),
        migrations.RemoveConstraint("handoverstep", "a_return_gives_its_reasons"),
        RunOnDatabase(seal_reasons),
        migrations.RemoveField("handoverstep", "words"),
        migrations.RemoveField("exemption", "revoke_reason"),
        migrations.AddConstraint(
            "handoverstep",
            models.CheckConstraint(
                condition=~Q(act="return") | ~Q(words_sealed=""), name="a_return_gives_its_reasons"
            ),
        ),
    ]
