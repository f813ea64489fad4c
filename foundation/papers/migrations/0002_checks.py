"""A counter of the public page."""

from django.db import migrations, models

from foundation.grants import may_delete


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_papers")]

    operations = [
        migrations.CreateModel(
            name="PaperCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.GenericIPAddressField(verbose_name="地址")),
                ("minute", models.DateTimeField(verbose_name="分钟")),
                ("times", models.PositiveIntegerField(verbose_name="次数")),
            ],
            options={
                "indexes": [models.Index(fields=["minute"], name="checks_by_minute")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("address", "minute"), name="one_check_counter_a_minute"
                    )
                ],
            },
        ),
        may_delete("papers_papercheck"),
    ]
