import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import keep, write_once

_SAID = ("case_id", "event_id", "ground", "level", "confirmed_on", "paper_id")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_away_again"),
        ("files", "0002_files"),
    ]

    operations = [
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ground", models.CharField(max_length=10, verbose_name="认定情形")),
                ("level", models.CharField(max_length=10, verbose_name="认定层级")),
                ("confirmed_on", models.DateField(verbose_name="认定日期")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="cases.case",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmation",
                        to="cases.caseevent",
                    ),
                ),
                (
                    "noted",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.caseevent",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "reverted",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.caseevent",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ground", "lost"), _negated=True),
                    ("paper__isnull", False),
                    _connector="OR",
                ),
                name="lost_needs_the_paper_of_the_police",
            ),
        ),
        keep("cases_confirmation", *_SAID),
        write_once("cases_confirmation", "noted_id", "reverted_id"),
    ]
