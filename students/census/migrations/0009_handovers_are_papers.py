"""The roster of leavers is a numbered paper; those of the time before have none."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0008_plain_reasons_are_gone"),
        ("papers", "0006_replies"),
    ]

    operations = [
        migrations.AddField(
            model_name="handover",
            name="paper",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="handover",
                to="papers.paper",
            ),
        ),
    ]
