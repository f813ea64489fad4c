"""By which version of the counting rules the spells were counted."""

from django.db import migrations, models

from foundation.grants import append_only

# Where no roll was ever called nothing is left to be counted again.
NOTHING_TO_COUNT = """
INSERT INTO attendance_countedrule (version, counted_at)
SELECT 1, now() WHERE NOT EXISTS (SELECT FROM attendance_rollcall)
"""


class Migration(migrations.Migration):
    """One table, which only grows."""

    dependencies = [
        ("attendance", "0007_followed_roster"),  # of "0001_squashed_0007_followed_roster"
    ]

    operations = [
        migrations.CreateModel(
            name="CountedRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveIntegerField(unique=True, verbose_name="计数规则版本")),
                ("counted_at", models.DateTimeField(verbose_name="重算时间")),
            ],
        ),
        append_only("attendance_countedrule"),
        migrations.RunSQL(NOTHING_TO_COUNT, migrations.RunSQL.noop),
    ]
