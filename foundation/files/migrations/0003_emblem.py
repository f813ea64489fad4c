"""The county's emblem."""

import django.db.models.deletion
from django.db import migrations, models

import foundation.clock
from foundation.grants import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0002_files"),  # the last of "0001_squashed_0002_files"
        ("accounts", "0016_a_post_sleeps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Emblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.UUIDField(editable=False, null=True, unique=True, verbose_name="地址"),
                ),
                ("image", models.BinaryField(default=bytes, verbose_name="图片")),
                (
                    "chosen_at",
                    models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
                ),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["county", "-id"], name="newest_emblem")],
            },
        ),
        append_only("files_emblem"),
    ]
