"""What the migrations of roster up to 0012 make step by step, made at once."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import foundation.accounts.models.people
from foundation.grants import append_only
from foundation.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("roster", "0001_roster"),
        ("roster", "0002_import_files"),
        ("roster", "0003_documents"),
        ("roster", "0004_staff"),
        ("roster", "0005_changes"),
        ("roster", "0006_register"),
        ("roster", "0007_kinds_of_changes"),
        ("roster", "0008_import"),
        ("roster", "0009_history_of_voided"),
        ("roster", "0010_wizard"),
        ("roster", "0011_groups_of_an_import"),
        ("roster", "0012_rows_of_a_preview_have_fewer_indexes"),
    ]

    # The names of replaced migrations: a database that has only some of them still finds its way.
    dependencies = [("accounts", "0004_staff"), ("files", "0001_files"), ("jobs", "0001_jobs")]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Child",
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
                        (
                            "registry_no",
                            models.CharField(blank=True, max_length=19, verbose_name="学籍号"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "name_key",
                            models.CharField(blank=True, max_length=200, verbose_name="姓名拼音序"),
                        ),
                        (
                            "initials",
                            models.CharField(blank=True, max_length=30, verbose_name="拼音首字母"),
                        ),
                        ("sex", models.CharField(blank=True, max_length=1, verbose_name="性别")),
                        ("born_on", models.DateField(null=True, verbose_name="出生日期")),
                        (
                            "ethnicity",
                            models.CharField(blank=True, max_length=2, verbose_name="民族"),
                        ),
                        (
                            "id_type",
                            models.CharField(
                                default="1", max_length=1, verbose_name="身份证件类型"
                            ),
                        ),
                        ("id_no_sealed", models.TextField(blank=True)),
                        ("id_no_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "home_region",
                            models.CharField(blank=True, max_length=12, verbose_name="户口所在地"),
                        ),
                        ("address_sealed", models.TextField(blank=True)),
                        ("address_digest", models.CharField(blank=True, max_length=64)),
                        ("boards", models.BooleanField(default=False, verbose_name="住校")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "county",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "home_township",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "home_village",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name_key", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("id_no_digest", ""), _negated=True),
                                fields=("county", "id_no_digest"),
                                name="one_child_an_id_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("registry_no", ""), _negated=True),
                                fields=("county", "registry_no"),
                                name="one_child_a_registry_number",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_childevent" ("address_digest", "address_sealed", "boards", "born_on", "county_id", "ethnicity", "home_region", "home_township_id", "home_village_id", "id", "id_no_digest", "id_no_sealed", "id_type", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_no", "sex") SELECT old_values."address_digest", old_values."address_sealed", old_values."boards", old_values."born_on", old_values."county_id", old_values."ethnicity", old_values."home_region", old_values."home_township_id", old_values."home_village_id", old_values."id", old_values."id_no_digest", old_values."id_no_sealed", old_values."id_type", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."registry_no", old_values."sex" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address_digest" IS DISTINCT FROM (new_values."address_digest") OR old_values."address_sealed" IS DISTINCT FROM (new_values."address_sealed") OR old_values."boards" IS DISTINCT FROM (new_values."boards") OR old_values."born_on" IS DISTINCT FROM (new_values."born_on") OR old_values."county_id" IS DISTINCT FROM (new_values."county_id") OR old_values."ethnicity" IS DISTINCT FROM (new_values."ethnicity") OR old_values."home_region" IS DISTINCT FROM (new_values."home_region") OR old_values."home_township_id" IS DISTINCT FROM (new_values."home_township_id") OR old_values."home_village_id" IS DISTINCT FROM (new_values."home_village_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."id_no_digest" IS DISTINCT FROM (new_values."id_no_digest") OR old_values."id_no_sealed" IS DISTINCT FROM (new_values."id_no_sealed") OR old_values."id_type" IS DISTINCT FROM (new_values."id_type") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."registry_no" IS DISTINCT FROM (new_values."registry_no") OR old_values."sex" IS DISTINCT FROM (new_values."sex")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="37d5b3e20f2083ec8a91dfeb9447550038ae5fa8",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_108da",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="roster_child",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Guardian",
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
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="序"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "relation",
                            models.CharField(blank=True, max_length=20, verbose_name="关系"),
                        ),
                        (
                            "is_guardian",
                            models.BooleanField(default=True, verbose_name="是否监护人"),
                        ),
                        ("phone_sealed", models.TextField(blank=True)),
                        ("phone_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guardians",
                                to="roster.child",
                            ),
                        ),
                        (
                            "voided_on",
                            models.DateField(blank=True, null=True, verbose_name="作废日期"),
                        ),
                    ],
                    options={
                        "ordering": ["child_id", "position"],
                        "indexes": [
                            models.Index(fields=["phone_digest"], name="guardians_by_phone")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("voided_on__isnull", True)),
                                fields=("child", "position"),
                                name="one_guardian_a_position",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_guardianevent" ("child_id", "id", "is_guardian", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone_digest", "phone_sealed", "position", "relation", "voided_on") SELECT old_values."child_id", old_values."id", old_values."is_guardian", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."phone_digest", old_values."phone_sealed", old_values."position", old_values."relation", old_values."voided_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."child_id" IS DISTINCT FROM (new_values."child_id") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."is_guardian" IS DISTINCT FROM (new_values."is_guardian") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."phone_digest" IS DISTINCT FROM (new_values."phone_digest") OR old_values."phone_sealed" IS DISTINCT FROM (new_values."phone_sealed") OR old_values."position" IS DISTINCT FROM (new_values."position") OR old_values."relation" IS DISTINCT FROM (new_values."relation") OR old_values."voided_on" IS DISTINCT FROM (new_values."voided_on")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="ba95c2bab3dc291285a72659f762ddbe424bbeb1",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_9cec2",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="roster_guardian",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
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
                        (
                            "state",
                            models.CharField(default="reading", max_length=10, verbose_name="状态"),
                        ),
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("file_hash", models.CharField(max_length=64, verbose_name="SHA-256")),
                        (
                            "sheet_name",
                            models.CharField(blank=True, max_length=60, verbose_name="工作表"),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("as_of", models.DateField(verbose_name="数据日期")),
                        ("counts", models.JSONField(default=dict, verbose_name="计数")),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="未能读取的原因"
                            ),
                        ),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jobs.job",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="import_batches",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        ("notes", models.JSONField(default=list, verbose_name="读取说明")),
                        ("marks", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportRow",
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
                        ("row_no", models.PositiveIntegerField(null=True, verbose_name="行号")),
                        ("action", models.CharField(max_length=10, verbose_name="处理")),
                        ("name", models.CharField(blank=True, max_length=60, verbose_name="姓名")),
                        (
                            "class_label",
                            models.CharField(blank=True, max_length=40, verbose_name="班级"),
                        ),
                        ("payload_sealed", models.TextField(blank=True)),
                        ("changes", models.JSONField(default=list, verbose_name="变更")),
                        ("problems", models.JSONField(default=list, verbose_name="问题")),
                        ("warnings", models.JSONField(default=list, verbose_name="提醒")),
                        (
                            "batch",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="roster.importbatch",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.child",
                            ),
                        ),
                        ("seen", models.CharField(blank=True, max_length=64)),
                        (
                            "answer",
                            models.CharField(blank=True, max_length=5, verbose_name="是否同一人"),
                        ),
                        ("left", models.CharField(blank=True, max_length=64)),
                        (
                            "school",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["row_no", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "row_no"), name="one_row_a_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="School",
                    fields=[
                        (
                            "unit",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="school",
                                serialize=False,
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "code",
                            models.CharField(max_length=10, unique=True, verbose_name="学校标识码"),
                        ),
                        ("is_boarding", models.BooleanField(default=False, verbose_name="寄宿制")),
                        (
                            "marks_half_days",
                            models.BooleanField(default=False, verbose_name="上下午分别点名"),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="schools",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("code__regex", "^\\d{10}$")),
                                name="school_code_has_10_digits",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolClass",
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
                        ("stage", models.CharField(max_length=1, verbose_name="学段")),
                        ("entry_year", models.PositiveSmallIntegerField(verbose_name="入学年度")),
                        ("number", models.PositiveSmallIntegerField(verbose_name="班号")),
                        (
                            "closed_on",
                            models.DateField(blank=True, null=True, verbose_name="撤并日期"),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classes",
                                to="roster.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["school_id", "stage", "-entry_year", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "stage", "entry_year", "number"),
                                name="one_class_a_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["1", "2"])),
                                name="stage_is_1_or_2",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Enrolment",
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
                        ("starts_on", models.DateField(verbose_name="在籍起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="在籍止")),
                        (
                            "seat_no",
                            models.CharField(blank=True, max_length=10, verbose_name="班内学号"),
                        ),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="roster.child",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="roster.school",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="enrolments",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "voided_on",
                            models.DateField(blank=True, null=True, verbose_name="作废日期"),
                        ),
                    ],
                    options={
                        "ordering": ["-starts_on", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["school_class", "starts_on"], name="members_of_a_class"
                            ),
                            models.Index(
                                fields=["school", "starts_on"], name="members_of_a_school"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="an_enrolment_ends_after_it_starts",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("voided_on__isnull", True)),
                                expressions=[
                                    ("child", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="enrolments_do_not_overlap",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_enrolmentevent" ("child_id", "ends_on", "id", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "school_class_id", "school_id", "seat_no", "starts_on", "voided_on") SELECT old_values."child_id", old_values."ends_on", old_values."id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."school_class_id", old_values."school_id", old_values."seat_no", old_values."starts_on", old_values."voided_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."child_id" IS DISTINCT FROM (new_values."child_id") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."school_id" IS DISTINCT FROM (new_values."school_id") OR old_values."school_class_id" IS DISTINCT FROM (new_values."school_class_id") OR old_values."seat_no" IS DISTINCT FROM (new_values."seat_no") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."voided_on" IS DISTINCT FROM (new_values."voided_on")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="c0cd6682a2daab2edb08e1af966ecd4625b43e4a",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_135b9",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="roster_enrolment",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClassPost",
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
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="classes",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="posts",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "assigned_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="安排时间"),
                        ),
                        (
                            "assigned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        ("is_substitute", models.BooleanField(default=False, verbose_name="代课")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="事由"),
                        ),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("post", "="),
                                    ("school_class", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="no_class_post_twice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_class_post_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportPart",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="序")),
                        ("content_sealed", models.TextField(blank=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="roster.importbatch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "position"), name="one_part_a_position"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                        ("title", models.CharField(max_length=60, verbose_name="材料名称")),
                        (
                            "recorded_at",
                            models.DateTimeField(
                                default=django.utils.timezone.now, verbose_name="登记时间"
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="roster.child",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="Change",
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
                        ("state", models.CharField(max_length=10, verbose_name="办理状态")),
                        (
                            "outside_school",
                            models.CharField(blank=True, max_length=60, verbose_name="县外学校"),
                        ),
                        (
                            "outside_place",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="县外学校所在地"
                            ),
                        ),
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        ("until", models.DateField(null=True, verbose_name="期限至")),
                        ("reason", models.CharField(blank=True, max_length=2, verbose_name="原因")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        ("asked", models.BooleanField(default=False, verbose_name="接收学校申请")),
                        ("agreed_on", models.DateField(null=True, verbose_name="原校同意日期")),
                        ("due_on", models.DateField(null=True, verbose_name="应办结日期")),
                        ("settled_on", models.DateField(null=True, verbose_name="办结日期")),
                        ("recorded_on", models.DateField(verbose_name="登记日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="roster.child",
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
                            "from_class",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "from_school",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaving",
                                to="roster.school",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "to_class",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "to_school",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="arriving",
                                to="roster.school",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-occurred_on", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["from_school", "occurred_on"], name="changes_from_a_school"
                            ),
                            models.Index(
                                fields=["to_school", "occurred_on"], name="changes_to_a_school"
                            ),
                            models.Index(fields=["state", "due_on"], name="changes_by_due_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "open", "applied", "approved"])
                                ),
                                fields=("child",),
                                name="one_pending_change_a_child",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True),
                                    ("until__gte", models.F("occurred_on")),
                                    _connector="OR",
                                ),
                                name="a_change_ends_after_it_begins",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "transfer_within",
                                            "transfer_out",
                                            "transfer_in",
                                            "suspension",
                                            "deferral",
                                            "return",
                                            "death",
                                            "abroad",
                                            "class_move",
                                            "repeat",
                                            "grade_skip",
                                        ],
                                    )
                                ),
                                name="change_is_of_a_kind_that_exists",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AwaySpell",
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
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("back_on", models.DateField(null=True, verbose_name="应返校")),
                        ("returned_on", models.DateField(null=True, verbose_name="返校")),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="away_spells",
                                to="roster.child",
                            ),
                        ),
                        (
                            "change",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="away",
                                to="roster.change",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_on"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("child", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "back_on", models.Value("[)")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="away_spells_do_not_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("back_on__isnull", True),
                                    ("back_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="an_away_spell_ends_after_it_starts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeEvent",
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
                        ("act", models.CharField(max_length=10, verbose_name="动作")),
                        ("from_state", models.CharField(blank=True, max_length=10)),
                        ("to_state", models.CharField(max_length=10)),
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        ("recorded_on", models.DateField(verbose_name="记录日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                        ("text", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="roster.change",
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
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeProof",
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
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proofs",
                                to="roster.change",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.document",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("change", "document"), name="one_proof_a_paper"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeReport",
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
                        ("day", models.DateField(verbose_name="日期")),
                        ("reported_on", models.DateField(verbose_name="报告日期")),
                        ("reported_at", models.DateTimeField(verbose_name="报告时间")),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_reports",
                                to="roster.schoolclass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school_class", "day"), name="one_report_a_class_day"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportLine",
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
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("kind", models.CharField(max_length=10, verbose_name="变动")),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=100, verbose_name="说明"),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                        (
                            "dismissed",
                            models.CharField(blank=True, max_length=100, verbose_name="核实结果"),
                        ),
                        ("verified_at", models.DateTimeField(null=True, verbose_name="核实时间")),
                        (
                            "change",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.change",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.child",
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="roster.changereport",
                            ),
                        ),
                        (
                            "verified_by",
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
                    },
                ),
                migrations.CreateModel(
                    name="ChildEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "registry_no",
                            models.CharField(blank=True, max_length=19, verbose_name="学籍号"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        ("sex", models.CharField(blank=True, max_length=1, verbose_name="性别")),
                        ("born_on", models.DateField(null=True, verbose_name="出生日期")),
                        (
                            "ethnicity",
                            models.CharField(blank=True, max_length=2, verbose_name="民族"),
                        ),
                        (
                            "id_type",
                            models.CharField(
                                default="1", max_length=1, verbose_name="身份证件类型"
                            ),
                        ),
                        ("id_no_sealed", models.TextField(blank=True)),
                        ("id_no_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "home_region",
                            models.CharField(blank=True, max_length=12, verbose_name="户口所在地"),
                        ),
                        ("address_sealed", models.TextField(blank=True)),
                        ("address_digest", models.CharField(blank=True, max_length=64)),
                        ("boards", models.BooleanField(default=False, verbose_name="住校")),
                        (
                            "county",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "home_township",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "home_village",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="snapshots",
                                to="roster.child",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="EnrolmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("starts_on", models.DateField(verbose_name="在籍起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="在籍止")),
                        (
                            "seat_no",
                            models.CharField(blank=True, max_length=10, verbose_name="班内学号"),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="roster.child",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="snapshots",
                                to="roster.enrolment",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="roster.school",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "voided_on",
                            models.DateField(blank=True, null=True, verbose_name="作废日期"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GroupSpell",
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
                        ("group", models.CharField(max_length=20, verbose_name="群体类别")),
                        ("kind", models.CharField(blank=True, max_length=20, verbose_name="类型")),
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("basis_sealed", models.TextField(blank=True)),
                        ("basis_digest", models.CharField(blank=True, max_length=64)),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                        (
                            "source",
                            models.CharField(default="typed", max_length=10, verbose_name="来源"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="退出原因"),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_spells",
                                to="roster.child",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="group_spells",
                                to="roster.document",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "voided_on",
                            models.DateField(blank=True, null=True, verbose_name="作废日期"),
                        ),
                    ],
                    options={
                        "ordering": ["child_id", "group", "starts_on"],
                        "indexes": [
                            models.Index(fields=["group", "starts_on"], name="children_of_a_group")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_group_ends_after_it_starts",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("voided_on__isnull", True)),
                                expressions=[
                                    ("child", "="),
                                    ("group", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="a_group_is_not_entered_twice",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="update_update",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_groupspellevent" ("basis_digest", "basis_sealed", "child_id", "end_reason", "ends_on", "evidence_id", "group", "id", "kind", "note", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_by_id", "source", "starts_on", "voided_on") SELECT old_values."basis_digest", old_values."basis_sealed", old_values."child_id", old_values."end_reason", old_values."ends_on", old_values."evidence_id", old_values."group", old_values."id", old_values."kind", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."recorded_by_id", old_values."source", old_values."starts_on", old_values."voided_on" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."basis_digest" IS DISTINCT FROM (new_values."basis_digest") OR old_values."basis_sealed" IS DISTINCT FROM (new_values."basis_sealed") OR old_values."child_id" IS DISTINCT FROM (new_values."child_id") OR old_values."end_reason" IS DISTINCT FROM (new_values."end_reason") OR old_values."ends_on" IS DISTINCT FROM (new_values."ends_on") OR old_values."evidence_id" IS DISTINCT FROM (new_values."evidence_id") OR old_values."group" IS DISTINCT FROM (new_values."group") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."note" IS DISTINCT FROM (new_values."note") OR old_values."recorded_by_id" IS DISTINCT FROM (new_values."recorded_by_id") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."starts_on" IS DISTINCT FROM (new_values."starts_on") OR old_values."voided_on" IS DISTINCT FROM (new_values."voided_on")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                                    hash="9e89ac2b00e0aa70d1a238467d615b53c1348f02",
                                    level="STATEMENT",
                                    operation="UPDATE",
                                    pgid="pgtrigger_update_update_09916",
                                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                                    table="roster_groupspell",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupSpellEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        ("group", models.CharField(max_length=20, verbose_name="群体类别")),
                        ("kind", models.CharField(blank=True, max_length=20, verbose_name="类型")),
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        ("basis_sealed", models.TextField(blank=True)),
                        ("basis_digest", models.CharField(blank=True, max_length=64)),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                        (
                            "source",
                            models.CharField(default="typed", max_length=10, verbose_name="来源"),
                        ),
                        (
                            "end_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="退出原因"),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="roster.child",
                            ),
                        ),
                        (
                            "evidence",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="roster.document",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="snapshots",
                                to="roster.groupspell",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "voided_on",
                            models.DateField(blank=True, null=True, verbose_name="作废日期"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GuardianAbsence",
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
                        ("parent", models.CharField(max_length=6, verbose_name="外出的父母")),
                        ("starts_on", models.DateField(verbose_name="外出日期")),
                        (
                            "ends_on",
                            models.DateField(blank=True, null=True, verbose_name="返家前一日"),
                        ),
                        ("place", models.CharField(max_length=10, verbose_name="外出地")),
                        ("carer", models.CharField(max_length=12, verbose_name="实际照料人")),
                        (
                            "other_can_guard",
                            models.BooleanField(default=True, verbose_name="在家一方有监护能力"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="返家登记时间")),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="guardian_absences",
                                to="roster.child",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["child_id", "starts_on"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("child", "="),
                                    ("parent", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="a_parent_is_not_away_twice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_parent_comes_back_after_leaving",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("parent__in", ["father", "mother"])),
                                name="a_known_parent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GuardianEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("pgh_context", pghistory.utils.JSONField(null=True)),
                        ("id", models.BigIntegerField()),
                        (
                            "position",
                            models.PositiveSmallIntegerField(default=1, verbose_name="序"),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="姓名")),
                        (
                            "relation",
                            models.CharField(blank=True, max_length=20, verbose_name="关系"),
                        ),
                        (
                            "is_guardian",
                            models.BooleanField(default=True, verbose_name="是否监护人"),
                        ),
                        ("phone_sealed", models.TextField(blank=True)),
                        ("phone_digest", models.CharField(blank=True, max_length=64)),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="roster.child",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="snapshots",
                                to="roster.guardian",
                            ),
                        ),
                        (
                            "voided_on",
                            models.DateField(blank=True, null=True, verbose_name="作废日期"),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RosterExport",
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
                        ("listing", models.CharField(max_length=20, verbose_name="名册")),
                        ("asked", models.JSONField(default=dict, verbose_name="筛选条件")),
                        ("purpose", models.CharField(max_length=200, verbose_name="用途")),
                        (
                            "with_numbers",
                            models.BooleanField(default=False, verbose_name="含完整证件号"),
                        ),
                        ("rows", models.PositiveIntegerField(verbose_name="行数")),
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("ordered_at", models.DateTimeField(verbose_name="导出时间")),
                        ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                        (
                            "downloads",
                            models.PositiveSmallIntegerField(default=0, verbose_name="下载次数"),
                        ),
                        (
                            "job",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jobs.job",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ExportPart",
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
                        ("position", models.PositiveSmallIntegerField(verbose_name="序")),
                        ("content_sealed", models.TextField(blank=True)),
                        (
                            "export",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="roster.rosterexport",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("export", "position"), name="one_part_of_an_export"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerNumber",
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
                        ("registry_no", models.CharField(max_length=19, verbose_name="原学籍号")),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former_numbers",
                                to="roster.child",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["registry_no"], name="children_by_former_number")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "registry_no"), name="a_former_number_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportChunk",
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
                        ("kind", models.CharField(max_length=6, verbose_name="内容")),
                        ("position", models.PositiveIntegerField(verbose_name="序")),
                        ("last_row", models.PositiveIntegerField(verbose_name="末行")),
                        ("content_sealed", models.TextField(blank=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="chunks",
                                to="roster.importbatch",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["kind", "position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "kind", "position"), name="one_chunk_a_position"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportTurn",
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
                        ("is_open", models.BooleanField(default=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turns",
                                to="roster.importbatch",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_open", True)),
                                fields=("school",),
                                name="one_import_a_school_at_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportLayout",
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
                        ("head_sealed", models.TextField(blank=True)),
                        (
                            "header",
                            models.PositiveSmallIntegerField(default=0, verbose_name="表头行"),
                        ),
                        ("chosen", models.JSONField(null=True, verbose_name="列对应")),
                        ("kept", models.JSONField(default=list, verbose_name="保留系统值的栏目")),
                        (
                            "batch",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="layout",
                                to="roster.importbatch",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReturnedBook",
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
                        ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                        ("file_hash", models.CharField(max_length=64, verbose_name="SHA-256")),
                        ("content_sealed", models.TextField(blank=True)),
                        ("returned_at", models.DateTimeField(verbose_name="上传时间")),
                        (
                            "row_count",
                            models.PositiveIntegerField(null=True, verbose_name="改正行数"),
                        ),
                        (
                            "problem",
                            models.CharField(
                                blank=True, max_length=400, verbose_name="未能采用的原因"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="books",
                                to="roster.importbatch",
                            ),
                        ),
                        (
                            "returned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnProfile",
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
                        ("heading", models.CharField(max_length=80, verbose_name="表头")),
                        (
                            "taken_as",
                            models.CharField(blank=True, max_length=40, verbose_name="对应栏目"),
                        ),
                        ("chosen_at", models.DateTimeField(verbose_name="时间")),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(fields=["unit", "heading"], name="roster_profile_of_unit")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportCells",
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
                        ("row_no", models.PositiveIntegerField(verbose_name="行号")),
                        ("content_sealed", models.TextField(blank=True)),
                        ("corrected_at", models.DateTimeField(null=True, verbose_name="改正时间")),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cells",
                                to="roster.importbatch",
                            ),
                        ),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["row_no", "id"],
                        "indexes": [
                            models.Index(fields=["batch", "row_no"], name="roster_cells_of_row")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportGroup",
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
                            "group",
                            models.CharField(blank=True, max_length=20, verbose_name="群体类别"),
                        ),
                        ("move", models.CharField(max_length=8, verbose_name="处理")),
                        ("kind", models.CharField(blank=True, max_length=20, verbose_name="类型")),
                        (
                            "former",
                            models.CharField(blank=True, max_length=20, verbose_name="原类型"),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="roster.importbatch",
                            ),
                        ),
                        (
                            "row",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groups",
                                to="roster.importrow",
                            ),
                        ),
                        (
                            "spell",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.groupspell",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["row__row_no", "id"],
                    },
                ),
            ],
        ),
        append_only(
            "roster_changeevent",
            "roster_changeproof",
            "roster_childevent",
            "roster_guardianevent",
            "roster_enrolmentevent",
            "roster_groupspellevent",
        ),
    ]
