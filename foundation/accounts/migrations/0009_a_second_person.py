"""Requests that a second person decides, and the decisions: rows that nobody changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    """Posts that stand already stay; from now on a second person confirms the county's."""

    dependencies = [
        ("accounts", "0008_open_sessions"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeopleRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("post", "任职"), ("password", "重置密码")],
                        max_length=10,
                        verbose_name="申请事项",
                    ),
                ),
                ("username", models.CharField(max_length=40, verbose_name="账号")),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("role", models.CharField(blank=True, max_length=30, verbose_name="职务")),
                ("starts_on", models.DateField(null=True, verbose_name="任职起")),
                ("reason", models.CharField(max_length=300, verbose_name="理由")),
                ("requested_at", models.DateTimeField(verbose_name="申请时间")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["-requested_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="PeopleDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("confirmed", "已确认"),
                            ("refused", "未同意"),
                            ("withdrawn", "已撤回"),
                        ],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="办理时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="accounts.peoplerequest",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="peoplerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "password"), ("person__isnull", False)),
                    models.Q(
                        models.Q(("role", ""), _negated=True),
                        ("kind", "post"),
                        ("starts_on__isnull", False),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_request_says_what_is_asked",
            ),
        ),
        append_only("accounts_peoplerequest", "accounts_peopledecision"),
    ]
