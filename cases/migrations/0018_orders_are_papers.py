"""An order served is a signed paper; those of before keep the number that was typed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_letters_quote_nobody"),
        ("papers", "0001_papers"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="paper",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="papers.paper",
            ),
        ),
        migrations.AddField(
            model_name="order",
            name="ended_on",
            field=models.DateField(null=True, verbose_name="作废或更正日期"),
        ),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("paper",),
                name="one_service_of_an_order_counts",
            ),
        ),
    ]
