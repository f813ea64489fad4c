"""The tables of papers."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import foundation.clock
from foundation.grants import append_only, freeze, keep, refuse
from foundation.migrating import CreateModels

SIGNED = (
    "number",
    "year",
    "seq",
    "token",
    "told_sealed",
    "text_sealed",
    "text_hash",
    "signed_by_id",
    "signed_on",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0021_refusals_by_index"),
        ("files", "0003_emblem"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Paper",
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
                        ("kind", models.CharField(max_length=20, verbose_name="文书")),
                        ("about_code", models.CharField(max_length=20, verbose_name="所办事项")),
                        ("about_key", models.CharField(max_length=36, verbose_name="事项标识")),
                        (
                            "state",
                            models.CharField(default="draft", max_length=10, verbose_name="状态"),
                        ),
                        ("told_sealed", models.TextField()),
                        ("drafted_on", models.DateField(verbose_name="拟稿日期")),
                        (
                            "drafted_at",
                            models.DateTimeField(
                                default=foundation.clock.now, verbose_name="拟稿时间"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(null=True, verbose_name="年份")),
                        ("seq", models.PositiveIntegerField(null=True, verbose_name="序号")),
                        (
                            "number",
                            models.CharField(blank=True, max_length=40, verbose_name="文号"),
                        ),
                        (
                            "token",
                            models.CharField(blank=True, max_length=32, verbose_name="查验码"),
                        ),
                        ("text_sealed", models.TextField(blank=True)),
                        (
                            "text_hash",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="正文的 SHA-256"
                            ),
                        ),
                        ("signed_on", models.DateField(null=True, verbose_name="签发日期")),
                        ("served_on", models.DateField(null=True, verbose_name="送达日期")),
                        ("performed_on", models.DateField(null=True, verbose_name="履行日期")),
                        ("voided_on", models.DateField(null=True, verbose_name="作废日期")),
                        (
                            "county",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["unit", "-id"], name="papers_of_a_unit"),
                            models.Index(fields=["county", "-id"], name="papers_of_a_county"),
                            models.Index(
                                fields=["about_code", "about_key"], name="papers_about_a_thing"
                            ),
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["unit"],
                                name="papers_to_be_signed",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("unit", "kind", "year", "seq"),
                                name="one_paper_a_number_of_a_series",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("county", "number"),
                                name="one_paper_a_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("token", ""), _negated=True),
                                fields=("token",),
                                name="one_paper_a_token",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "waiting",
                                            "returned",
                                            "dropped",
                                            "signed",
                                            "served",
                                            "performed",
                                            "void",
                                        ],
                                    )
                                ),
                                name="a_paper_has_a_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(
                                            models.Q(("number", ""), _negated=True),
                                            models.Q(("token", ""), _negated=True),
                                            models.Q(("text_hash", ""), _negated=True),
                                        ),
                                        ("seq__isnull", False),
                                        ("signed_by__isnull", False),
                                        ("signed_on__isnull", False),
                                        ("state__in", ["signed", "served", "performed", "void"]),
                                        ("year__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "state__in",
                                                ["signed", "served", "performed", "void"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("number", ""),
                                        ("seq", None),
                                        ("signed_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_signed_paper_has_its_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("served_on", None),
                                    ("served_on__gte", models.F("signed_on")),
                                    _connector="OR",
                                ),
                                name="a_paper_is_served_once_it_is_signed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "void"), _negated=True),
                                    ("voided_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_void_paper_has_its_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperMove",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("move", models.CharField(max_length=10, verbose_name="动作")),
                        ("from_state", models.CharField(blank=True, max_length=10)),
                        ("to_state", models.CharField(max_length=10)),
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                        (
                            "seen",
                            models.CharField(
                                blank=True, max_length=64, verbose_name="所看文本的 SHA-256"
                            ),
                        ),
                        ("reason_sealed", models.TextField(blank=True)),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="papers.paper",
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
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["paper", "move"], name="moves_of_a_paper")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperPdf",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("content_sealed", models.BinaryField()),
                        ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "made_at",
                            models.DateTimeField(
                                default=foundation.clock.now, verbose_name="生成时间"
                            ),
                        ),
                        (
                            "paper",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pdf",
                                to="papers.paper",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PaperText",
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
                        ("kind", models.CharField(max_length=20, verbose_name="文书")),
                        ("title", models.CharField(max_length=200, verbose_name="标题")),
                        (
                            "addressee",
                            models.CharField(blank=True, max_length=200, verbose_name="主送"),
                        ),
                        ("body", models.TextField(max_length=6000, verbose_name="正文")),
                        (
                            "note",
                            models.TextField(blank=True, max_length=1000, verbose_name="附注"),
                        ),
                        ("valid_from", models.DateField(verbose_name="生效日期")),
                        ("source", models.CharField(max_length=200, verbose_name="来源文件")),
                        ("reason", models.CharField(max_length=200, verbose_name="原因")),
                        (
                            "revision",
                            models.PositiveIntegerField(default=1, verbose_name="修订次数"),
                        ),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回")),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                default=foundation.clock.now, verbose_name="登记时间"
                            ),
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "valid_from", "revision"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("county", "kind", "valid_from", "revision"),
                                name="one_text_a_day_and_revision",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Service",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("method", models.CharField(max_length=10, verbose_name="送达方式")),
                        ("served_at", models.DateTimeField(verbose_name="送达时间")),
                        ("place_sealed", models.TextField()),
                        ("first_server_sealed", models.TextField()),
                        ("second_server_sealed", models.TextField()),
                        ("received_by_sealed", models.TextField(blank=True)),
                        ("relation_sealed", models.TextField(blank=True)),
                        ("refusal_sealed", models.TextField(blank=True)),
                        ("witness_sealed", models.TextField(blank=True)),
                        ("remark_sealed", models.TextField(blank=True)),
                        (
                            "move",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service",
                                to="papers.papermove",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="services",
                                to="papers.paper",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "method__in",
                                        ["direct", "left", "mail", "entrusted", "notice"],
                                    )
                                ),
                                name="a_service_has_a_method",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceProof",
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
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="papers.paper",
                            ),
                        ),
                        (
                            "service",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="papers.service",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="NumberWord",
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
                        ("kind", models.CharField(blank=True, max_length=20, verbose_name="文书")),
                        ("word", models.CharField(max_length=8, verbose_name="代字")),
                        ("valid_from", models.DateField(verbose_name="生效日期")),
                        ("source", models.CharField(max_length=200, verbose_name="来源文件")),
                        ("reason", models.CharField(max_length=200, verbose_name="原因")),
                        (
                            "revision",
                            models.PositiveIntegerField(default=1, verbose_name="修订次数"),
                        ),
                        ("is_withdrawn", models.BooleanField(default=False, verbose_name="已撤回")),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                default=foundation.clock.now, verbose_name="登记时间"
                            ),
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
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        "ordering": ["kind", "valid_from", "revision"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("county", "unit", "kind", "valid_from", "revision"),
                                name="one_number_word_a_day_and_revision",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("unit", None), models.Q(("kind", ""), _negated=True)),
                                    models.Q(("kind", ""), ("unit__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_number_word_is_of_a_unit_or_a_kind",
                            ),
                        ],
                    },
                ),
            ]
        ),
        append_only(
            "papers_papermove",
            "papers_paperpdf",
            "papers_papertext",
            "papers_numberword",
            "papers_service",
            "papers_serviceproof",
        ),
        keep(
            "papers_paper",
            "uuid",
            "county_id",
            "unit_id",
            "kind",
            "about_code",
            "about_key",
            "drafted_by_id",
            "drafted_on",
            "drafted_at",
        ),
        # A number is given with the signature; what was signed stays as it was (design 4.9).
        refuse(
            "papers_paper",
            "signed",
            "OLD.number <> '' AND ("
            + " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in SIGNED)
            + ")",
        ),
        freeze("papers_paper", "OLD.state IN ('void', 'dropped')"),
    ]
