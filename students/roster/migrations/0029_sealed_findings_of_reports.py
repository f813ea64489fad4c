"""Why a line of the daily report is no change is sealed: it tells of illnesses."""

from typing import Any

from django.db import migrations, models

from foundation.grants import settle
from foundation.migrating import RunOnDatabase
from foundation.resealing import seal_column


def seal_reasons(schema_editor: Any) -> None:
    """Seal the reason of each line."""
    with schema_editor.connection.cursor() as cursor:
        seal_column(cursor, "roster_reportline", "dismissed")
        settle(cursor)


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0028_words_of_a_hukou"),
    ]

    operations = [
        migrations.AddField("reportline", "dismissed_sealed", models.TextField(blank=True)),
        RunOnDatabase(seal_reasons),
        migrations.RemoveField("reportline", "dismissed"),
    ]
