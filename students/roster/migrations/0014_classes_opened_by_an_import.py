"""Keeps which import opened a class, and which classes of a sheet are written wrong."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("roster", "0013_exports_by_two")]

    operations = [
        migrations.AddField(
            model_name="importlayout",
            name="denied",
            field=models.JSONField(default=list, verbose_name="写错的班级"),
        ),
        migrations.AddField(
            model_name="importlayout",
            name="sure",
            field=models.JSONField(default=list, verbose_name="照表导入的行"),
        ),
        migrations.AddField(
            model_name="schoolclass",
            name="opened_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="classes",
                to="roster.importbatch",
            ),
        ),
    ]
