"""A dispatch names the letter or report that the unit signs for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0018_orders_are_papers"),
        ("papers", "0004_receipts"),
    ]

    operations = [
        migrations.AddField(
            model_name="dispatch",
            name="paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="papers.paper",
            ),
        ),
    ]
