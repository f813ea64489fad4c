"""The sheet of a paper as it was signed by hand."""

import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_emblem"),
        ("papers", "0006_replies"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
                (
                    "move",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="papers.papermove",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="papers.paper",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        append_only("papers_paperscan"),
    ]
