"""What the migrations of accounts up to 0005 make step by step, made at once."""

import django.contrib.auth.validators
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import foundation.accounts.models.people
from foundation.grants import append_only, may_delete, serve_everything
from foundation.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("accounts", "0001_people_and_units"),
        ("accounts", "0002_what_may_be_deleted"),
        ("accounts", "0003_lock_outs_can_be_lifted"),
        ("accounts", "0004_staff"),
        ("accounts", "0005_trusted_phones"),
    ]

    dependencies = [("axes", "0010_accessattemptexpiration"), ("sessions", "0001_initial")]

    operations = [
        BtreeGistExtension(),
        serve_everything(),
        CreateModels(
            [
                migrations.CreateModel(
                    name="Person",
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
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "username",
                            models.CharField(
                                max_length=40,
                                unique=True,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
                                verbose_name="账号",
                            ),
                        ),
                        ("name", models.CharField(max_length=40, verbose_name="姓名")),
                        ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                        (
                            "must_change_password",
                            models.BooleanField(default=False, verbose_name="首次登录须改密码"),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="建立时间"),
                        ),
                        (
                            "first_password_until",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="首次密码有效至"
                            ),
                        ),
                        (
                            "first_password_used_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="首次密码使用时间"
                            ),
                        ),
                        (
                            "unsealed_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="解除封存时间"
                            ),
                        ),
                        (
                            "phone_used_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="手机免登录最近使用"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ClockShift",
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
                        ("shift", models.DurationField()),
                        ("set_at", models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="Region",
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
                        ("code", models.CharField(max_length=12, verbose_name="统计用区划代码")),
                        ("name", models.CharField(max_length=60, verbose_name="名称")),
                        ("valid_from", models.DateField(verbose_name="启用日期")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="停用日期"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="accounts.region",
                            ),
                        ),
                        ("predecessors", models.ManyToManyField(blank=True, to="accounts.region")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("code",),
                                name="one_living_region_a_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^(\\d{6}|\\d{9}|\\d{12})$")),
                                name="region_code_has_6_9_or_12_digits",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Unit",
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
                        ("kind", models.CharField(max_length=20, verbose_name="类别")),
                        ("name", models.CharField(max_length=80, verbose_name="名称")),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=40, verbose_name="简称"),
                        ),
                        (
                            "phone",
                            models.CharField(blank=True, max_length=30, verbose_name="联系电话"),
                        ),
                        ("is_open", models.BooleanField(default=True, verbose_name="在用")),
                        (
                            "county",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="units",
                                to="accounts.region",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["county", "kind"], name="units_of_a_county")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("parent", "kind", "name"), name="one_unit_a_name"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Post",
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
                        ("role", models.CharField(max_length=30, verbose_name="职务")),
                        ("starts_on", models.DateField(verbose_name="任职起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="任职止")),
                        (
                            "granted_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="授予时间"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="授予依据"),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="granted",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="卸任原因"),
                        ),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="卸任登记时间"
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ended",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["unit", "role"], name="posts_of_a_unit")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_post_ends_after_it_starts",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("person", "="),
                                    ("role", "="),
                                    ("unit", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="no_post_held_twice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Parameter",
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
                        ("code", models.CharField(max_length=4, verbose_name="参数")),
                        ("value", models.JSONField(verbose_name="取值")),
                        ("valid_from", models.DateField(verbose_name="生效日期")),
                        ("source", models.CharField(max_length=200, verbose_name="来源文件")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parameters",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code", "valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("county", "code", "valid_from"),
                                name="one_value_a_day_a_parameter",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
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
                        ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                        ("address", models.GenericIPAddressField(null=True, verbose_name="地址")),
                        (
                            "request_id",
                            models.CharField(blank=True, max_length=32, verbose_name="请求编号"),
                        ),
                        ("verb", models.CharField(max_length=40, verbose_name="动作")),
                        (
                            "kind",
                            models.CharField(blank=True, max_length=40, verbose_name="对象类别"),
                        ),
                        ("object_id", models.BigIntegerField(null=True, verbose_name="对象")),
                        (
                            "children",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(), default=list, size=None
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(default="done", max_length=20, verbose_name="结果"),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=300, verbose_name="理由"),
                        ),
                        ("row_count", models.IntegerField(null=True, verbose_name="行数")),
                        ("details", models.JSONField(default=dict, verbose_name="细节")),
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
                            "post",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["children"], name="audit_by_child"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrustedPhone",
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
                        (
                            "digest",
                            models.CharField(max_length=64, unique=True, verbose_name="令牌摘要"),
                        ),
                        ("stamp", models.CharField(max_length=64, verbose_name="密码印记")),
                        ("label", models.CharField(max_length=40, verbose_name="设备")),
                        ("trusted_at", models.DateTimeField(verbose_name="设定时间")),
                        ("last_used_on", models.DateField(verbose_name="最近使用")),
                        ("expires_on", models.DateField(verbose_name="有效至")),
                        (
                            "ended_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="取消时间"),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="取消原因"),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="phones_ended",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="phones",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-trusted_at", "-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end_reason", ""), ("ended_at__isnull", True)),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_ended_phone_says_why",
                            )
                        ],
                    },
                ),
            ],
        ),
        append_only("accounts_auditevent"),
        # django-axes deletes an attempt together with its end; both are counters, no facts.
        may_delete("django_session", "axes_accessattempt", "axes_accessattemptexpiration"),
    ]
