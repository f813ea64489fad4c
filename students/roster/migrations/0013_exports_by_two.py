"""Exports of many full numbers wait for a second person; those ordered before do not."""

import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    """The decision is a row that nobody changes."""

    dependencies = [
        ("accounts", "0010_limits_of_a_person"),
        # The last of "0001_squashed_0012_rows_of_a_preview_have_fewer_indexes", by its own name: a
        # database half way has it.
        ("roster", "0012_rows_of_a_preview_have_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="rosterexport",
            name="needs_second",
            field=models.BooleanField(default=False, verbose_name="须两人办理"),
        ),
        migrations.CreateModel(
            name="ExportDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("agreed", "已同意"), ("refused", "未同意")],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="办理时间")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "export",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="roster.rosterexport",
                    ),
                ),
            ],
        ),
        append_only("roster_exportdecision"),
    ]
