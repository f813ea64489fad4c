"""What the migrations of files up to 0002 make step by step, made at once."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import append_only
from foundation.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("files", "0001_files"),
        ("files", "0002_files"),
    ]

    # The names of replaced migrations: a database that has only some of them still finds its way.
    dependencies = [("accounts", "0003_lock_outs_can_be_lifted")]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ("kind", models.CharField(max_length=10, verbose_name="类型")),
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("content_type", models.CharField(max_length=40, verbose_name="内容类型")),
                        ("size", models.PositiveIntegerField(verbose_name="字节数")),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "kept_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="保存时间"),
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
                            "kept_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["sha256"], name="files_by_hash")],
                    },
                )
            ],
        ),
        # What a photo was when it was kept is evidence: its hash and its day never change.
        append_only("files_storedfile"),
    ]
