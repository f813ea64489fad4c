"""Indexes of 文书台账: what waits for its service, and the papers of a month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("papers", "0004_receipts")]

    operations = [
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                fields=["county", "-id"],
                condition=models.Q(("state", "signed")),
                name="papers_to_be_served",
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(fields=["county", "signed_on"], name="papers_by_their_day"),
        ),
    ]
