"""A catchment tells by what document, and why, it was set."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0005_plain_remarks_are_gone"),
    ]

    operations = [
        migrations.AddField(
            model_name="catchment",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="理由"),
        ),
        migrations.AddField(
            model_name="catchment",
            name="source_document",
            field=models.CharField(blank=True, max_length=200, verbose_name="来源文件"),
        ),
    ]
