import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations import RunSQL

import foundation.accounts.models.people
from foundation.grants import append_only
from foundation.migrating import CreateModels

# R27: what both schools sign is what the draft said; no row comes or changes after the signature.
FREEZE = """
CREATE FUNCTION refuse_change_of_a_signed_roster() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM census_handover WHERE id = NEW.handover_id AND state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'handover % is signed', NEW.handover_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER census_handoverrow_frozen BEFORE INSERT OR UPDATE ON census_handoverrow
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_a_signed_roster();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_lock_outs_can_be_lifted"),
        ("roster", "0003_documents"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="GraduationBatch",
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
                            "school_year",
                            models.PositiveSmallIntegerField(verbose_name="学年（起始年）"),
                        ),
                        ("day", models.DateField(verbose_name="毕业日期")),
                        ("done_on", models.DateField(verbose_name="办理日期")),
                        ("undone_on", models.DateField(null=True, verbose_name="撤销日期")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="graduations",
                                to="roster.school",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_on", None)),
                                fields=("school", "school_year"),
                                name="one_graduation_a_school_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GraduationRow",
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
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="census.graduationbatch",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="graduations",
                                to="roster.child",
                            ),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.enrolment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "child"), name="one_graduation_a_child"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
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
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="入学年度")),
                        (
                            "state",
                            models.CharField(default="draft", max_length=10, verbose_name="状态"),
                        ),
                        ("prepared_on", models.DateField(verbose_name="编制日期")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "from_school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_out",
                                to="roster.school",
                            ),
                        ),
                        (
                            "prepared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "to_school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers_in",
                                to="roster.school",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-school_year", "-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "returned"), _negated=True),
                                fields=("from_school", "to_school", "school_year"),
                                name="one_handover_a_pair_of_schools",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverRow",
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
                            "exception",
                            models.CharField(blank=True, max_length=12, verbose_name="特殊情况"),
                        ),
                        (
                            "remark",
                            models.CharField(blank=True, max_length=100, verbose_name="备注"),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handover_rows",
                                to="roster.child",
                            ),
                        ),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rows",
                                to="census.handover",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.schoolclass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["school_class__number", "child__name_key", "id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("handover", "child"), name="one_row_a_leaver"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entrant",
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
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="入学年度")),
                        ("stage", models.CharField(max_length=1, verbose_name="学段")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entrants",
                                to="roster.child",
                            ),
                        ),
                        (
                            "from_school",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leavers",
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
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entrants",
                                to="roster.school",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "handover_row",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entrant",
                                to="census.handoverrow",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["child__name_key", "id"],
                        "indexes": [
                            models.Index(
                                fields=["school", "school_year"], name="entrants_of_a_school"
                            ),
                            models.Index(
                                fields=["township", "school_year"], name="entrants_of_a_township"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "school_year"), name="one_entry_a_school_year"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["1", "2"])),
                                name="entrant_has_a_stage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("from_school__isnull", True),
                                        ("handover_row__isnull", True),
                                    ),
                                    models.Q(
                                        ("from_school__isnull", False),
                                        ("handover_row__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_leaver_comes_with_a_handover",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandoverStep",
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
                        ("act", models.CharField(max_length=10, verbose_name="事项")),
                        ("day", models.DateField(verbose_name="日期")),
                        (
                            "words",
                            models.CharField(blank=True, max_length=300, verbose_name="说明"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "handover",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="census.handover",
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
                        "ordering": ["id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("act", "return"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_return_gives_its_reasons",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                        ("seq", models.PositiveIntegerField(verbose_name="序号")),
                        ("number", models.CharField(max_length=40, verbose_name="文号")),
                        ("issued_on", models.DateField(verbose_name="签发日期")),
                        ("register_on", models.DateField(verbose_name="报到日期")),
                        ("register_at", models.CharField(max_length=100, verbose_name="报到地点")),
                        (
                            "register_hours",
                            models.CharField(blank=True, max_length=40, verbose_name="报到时间"),
                        ),
                        ("served_on", models.DateField(null=True, verbose_name="发放日期")),
                        (
                            "received_by",
                            models.CharField(blank=True, max_length=60, verbose_name="领取人"),
                        ),
                        ("cancelled_on", models.DateField(null=True, verbose_name="作废日期")),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="作废原因"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "entrant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="census.entrant",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "served_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "township",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["township_id", "year", "seq"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("township", "year", "seq"), name="one_notice_a_number"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cancelled_on", None)),
                                fields=("entrant",),
                                name="one_notice_a_child",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cancelled_on", None),
                                    models.Q(("cancel_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_cancelled_notice_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("served_on", None),
                                    models.Q(("received_by", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_served_notice_names_who_took_it",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationDay",
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
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="入学年度")),
                        ("day", models.DateField(verbose_name="报到日期")),
                        ("place", models.CharField(max_length=100, verbose_name="报到地点")),
                        (
                            "hours",
                            models.CharField(blank=True, max_length=40, verbose_name="报到时间"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now=True, verbose_name="登记时间"),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registration_days",
                                to="roster.school",
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-school_year", "school_id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "school_year"),
                                name="one_registration_day_a_school_year",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Catchment",
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
                        ("starts_on", models.DateField(verbose_name="起")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="止")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
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
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="catchments",
                                to="roster.school",
                            ),
                        ),
                        (
                            "village",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="catchments",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["village_id", "stage", "-starts_on"],
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[
                                    ("village", "="),
                                    ("stage", "="),
                                    (
                                        foundation.accounts.models.people.DateRange(
                                            "starts_on", "ends_on", models.Value("[]")
                                        ),
                                        "&&",
                                    ),
                                ],
                                name="a_village_has_one_school_a_stage",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_catchment_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stage__in", ["1", "2"])),
                                name="catchment_has_a_stage",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckIn",
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
                        ("day", models.DateField(verbose_name="报到日期")),
                        ("undone_on", models.DateField(null=True, verbose_name="撤销日期")),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "enrolment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.enrolment",
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
                        (
                            "school_class",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "entrant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checkins",
                                to="census.entrant",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("undone_on", None)),
                                fields=("entrant",),
                                name="one_arrival_a_child",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("undone_on", None),
                                    ("undone_on", models.F("day")),
                                    _connector="OR",
                                ),
                                name="an_arrival_is_undone_the_same_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Exemption",
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
                        ("kind", models.CharField(max_length=12, verbose_name="情形")),
                        ("proof", models.CharField(max_length=200, verbose_name="佐证材料")),
                        ("until", models.DateField(null=True, verbose_name="至")),
                        ("granted_on", models.DateField(verbose_name="登记日期")),
                        ("revoked_on", models.DateField(null=True, verbose_name="撤销日期")),
                        (
                            "revoke_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="撤销原因"),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="登记时间"),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="roster.document",
                            ),
                        ),
                        (
                            "entrant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exemptions",
                                to="census.entrant",
                            ),
                        ),
                        (
                            "granted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_on", None)),
                                fields=("entrant",),
                                name="one_exemption_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("proof", ""), _negated=True),
                                name="an_exemption_has_its_proof",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "deferred"), _negated=True),
                                    ("until__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_deferral_has_an_end",
                            ),
                        ],
                    },
                ),
            ],
        ),
        append_only("census_handoverstep", "census_graduationrow"),
        RunSQL(FREEZE, RunSQL.noop),
    ]
