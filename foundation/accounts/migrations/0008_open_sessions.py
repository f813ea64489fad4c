"""Sessions with their person. Those open at the upgrade end: everybody signs in once more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import may_delete


class Migration(migrations.Migration):
    """A session is no fact: its row may be deleted."""

    dependencies = [
        ("accounts", "0007_a_post_s_past_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                (
                    "session_key",
                    models.CharField(
                        max_length=40,
                        primary_key=True,
                        serialize=False,
                        verbose_name="session key",
                    ),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "began_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="登录时间"),
                ),
                ("used_at", models.DateTimeField(verbose_name="最近使用")),
                ("idle_seconds", models.PositiveIntegerField(verbose_name="空闲退出秒数")),
                ("label", models.CharField(blank=True, max_length=40, verbose_name="设备")),
                (
                    "address",
                    models.GenericIPAddressField(blank=True, null=True, verbose_name="登录地址"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "abstract": False,
            },
        ),
        may_delete("accounts_opensession"),
    ]
