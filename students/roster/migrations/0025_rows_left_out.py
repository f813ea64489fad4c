"""Keeps which rows of a sheet a person chose not to import."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0024_by_the_clock"),
    ]

    operations = [
        migrations.AddField(
            model_name="importlayout",
            name="left_out",
            field=models.JSONField(default=list, verbose_name="选择不导入的行"),
        ),
    ]
