"""The days of the sweep, so that a late one dates what it finds by the day it was due."""

from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    """One table, which only grows."""

    dependencies = [
        ("cases", "0004_what_passed_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="SweptDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(unique=True, verbose_name="日期")),
                (
                    "recorded_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="记录时间"),
                ),
            ],
            options={"ordering": ["-day"]},
        ),
        append_only("cases_sweptday"),
    ]
