"""To which units a paper was sent, and their receipts."""

import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import keep


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_a_post_given_by_mistake"),
        ("papers", "0003_bundles"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="送出日期")),
                ("received_on", models.DateField(null=True, verbose_name="签收日期")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sendings",
                        to="papers.paper",
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "to_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="papermove",
            name="sending",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moves",
                to="papers.sending",
            ),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                condition=models.Q(("received_on", None)),
                fields=["to_unit"],
                name="sendings_to_be_received",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                fields=("paper", "to_unit"), name="one_sending_of_a_paper_to_a_unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("received_by", None), ("received_on", None)),
                    models.Q(
                        ("received_by__isnull", False), ("received_on__gte", models.F("sent_on"))
                    ),
                    _connector="OR",
                ),
                name="a_receipt_has_its_day_and_its_post",
            ),
        ),
        keep("papers_sending", "paper_id", "sent_on"),
    ]
