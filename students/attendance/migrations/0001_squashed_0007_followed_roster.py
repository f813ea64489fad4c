"""What the migrations of attendance up to 0007 make step by step, made at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import append_only
from foundation.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("attendance", "0001_roll_calls"),
        ("attendance", "0002_leave_slips"),
        ("attendance", "0003_nudges"),
        ("attendance", "0004_lasting_spells"),
        ("attendance", "0005_taken_back"),
        ("attendance", "0006_ruled_days"),
        ("attendance", "0007_followed_roster"),
    ]

    # The names of replaced migrations: a database that has only some of them still finds its way.
    dependencies = [
        ("accounts", "0004_staff"),
        ("calendars", "0001_calendars"),
        ("files", "0002_files"),
        ("roster", "0012_rows_of_a_preview_have_fewer_indexes"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="RollCall",
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
                        (
                            "session",
                            models.CharField(default="d", max_length=2, verbose_name="节次"),
                        ),
                        (
                            "version",
                            models.PositiveSmallIntegerField(default=1, verbose_name="版本"),
                        ),
                        ("expected", models.PositiveSmallIntegerField(verbose_name="应到")),
                        ("absent", models.PositiveSmallIntegerField(verbose_name="缺勤")),
                        ("first_called_at", models.DateTimeField(verbose_name="首次提交")),
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roll_calls",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "first_version",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="首次提交版本"
                            ),
                        ),
                        (
                            "is_taken_back",
                            models.BooleanField(default=False, verbose_name="已撤回"),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["day", "school_class"], name="roll_calls_of_a_day")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school_class", "day", "session"),
                                name="one_roll_call_a_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("absent__lte", models.F("expected"))),
                                name="no_more_absent_than_expected",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("session__in", ["d", "am", "pm", "ev"])),
                                name="a_known_session",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_version__lte", models.F("version"))),
                                name="first_called_before_changed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Absence",
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
                        ("halves", models.PositiveSmallIntegerField(verbose_name="半天数")),
                        ("kind", models.CharField(max_length=12, verbose_name="缺勤类型")),
                        (
                            "leave_until",
                            models.DateField(blank=True, null=True, verbose_name="请假止"),
                        ),
                        (
                            "guardian_told",
                            models.BooleanField(default=False, verbose_name="已联系家长"),
                        ),
                        ("note", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                        ("since_version", models.PositiveSmallIntegerField()),
                        ("until_version", models.PositiveSmallIntegerField(null=True)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to="roster.child",
                            ),
                        ),
                        (
                            "roll_call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to="attendance.rollcall",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("until_version__isnull", True)),
                                fields=["child", "day"],
                                name="standing_absences_of_a_child",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until_version__isnull", True)),
                                fields=("roll_call", "child"),
                                name="one_standing_mark_a_child",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("halves__in", [0, 1, 2])),
                                name="halves_are_0_to_2",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "unexcused",
                                            "unreachable",
                                            "sick",
                                            "personal",
                                            "official",
                                            "quarantine",
                                            "late",
                                            "early",
                                            "other",
                                        ],
                                    )
                                ),
                                name="a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                        ("client_uuid", models.UUIDField(unique=True, verbose_name="提交编号")),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=200, verbose_name="更正理由"),
                        ),
                        ("marked_at", models.DateTimeField(null=True, verbose_name="点名时间")),
                        ("recorded_at", models.DateTimeField(verbose_name="收到时间")),
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
                        (
                            "roll_call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="attendance.rollcall",
                            ),
                        ),
                        ("takes_back", models.BooleanField(default=False, verbose_name="撤销")),
                    ],
                    options={
                        "ordering": ["roll_call_id", "version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("roll_call", "version"), name="one_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AbsenceSpell",
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
                        ("started_on", models.DateField(verbose_name="首次无故缺勤")),
                        ("last_missed_on", models.DateField(verbose_name="最近无故缺勤")),
                        ("ended_on", models.DateField(null=True, verbose_name="返校")),
                        ("halves", models.PositiveSmallIntegerField(verbose_name="无故半天数")),
                        ("last_present_on", models.DateField(null=True, verbose_name="最后到校")),
                        ("is_void", models.BooleanField(default=False, verbose_name="已更正撤销")),
                        ("updated_at", models.DateTimeField(auto_now=True)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="spells",
                                to="roster.child",
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
                        "ordering": ["child_id", "started_on"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "started_on"), name="one_spell_a_first_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_missed_on__gte", models.F("started_on"))),
                                name="a_spell_goes_forward",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_on__isnull", True), ("is_void", False)),
                                fields=["halves"],
                                name="spells_that_go_on",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowedOverride",
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
                        ("followed_at", models.DateTimeField(verbose_name="重算时间")),
                        (
                            "override",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed",
                                to="calendars.schooldayoverride",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="LeaveSlip",
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
                        ("kind", models.CharField(max_length=12, verbose_name="请假类型")),
                        ("first_day", models.DateField(verbose_name="请假起")),
                        ("last_day", models.DateField(verbose_name="请假止")),
                        ("reason", models.CharField(max_length=100, verbose_name="事由")),
                        ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                        ("taken_back_at", models.DateTimeField(null=True, verbose_name="撤销时间")),
                        (
                            "taken_back_reason",
                            models.CharField(blank=True, max_length=100, verbose_name="撤销理由"),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leave_slips",
                                to="roster.child",
                            ),
                        ),
                        (
                            "photo",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        (
                            "taken_back_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.post",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-first_day", "-id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("taken_back_at__isnull", True)),
                                fields=["child", "last_day"],
                                name="standing_slips_of_a_child",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("taken_back_at__isnull", True)),
                                fields=("child", "first_day", "last_day", "kind"),
                                name="one_standing_slip_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_day__lte", models.F("last_day"))),
                                name="a_slip_goes_forward",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["sick", "personal"])),
                                name="a_slip_is_of_a_leave",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("taken_back_at__isnull", True),
                                    models.Q(("taken_back_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_slip_is_taken_back_with_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Nudge",
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
                        ("day", models.DateField(verbose_name="点名日期")),
                        ("sent_at", models.DateTimeField(verbose_name="催办时间")),
                        ("sent_on", models.DateField(verbose_name="催办日期")),
                        ("told", models.PositiveSmallIntegerField(verbose_name="通知人数")),
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
                        (
                            "school_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nudges",
                                to="roster.schoolclass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-sent_at", "-id"],
                        "indexes": [
                            models.Index(
                                fields=["school_class", "-sent_at"], name="nudges_of_a_class"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuledCalendar",
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
                        ("version", models.PositiveIntegerField(verbose_name="校历版本")),
                        ("ruled_at", models.DateTimeField(verbose_name="核对时间")),
                        (
                            "county",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="RuledDay",
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
                        ("is_school_day", models.BooleanField(verbose_name="是否上课日")),
                        ("ruled_at", models.DateTimeField(verbose_name="核对时间")),
                        ("followed_at", models.DateTimeField(null=True, verbose_name="重算时间")),
                        (
                            "county",
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
                            models.Index(fields=["county", "day"], name="ruled_days_of_a_county")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowedRoster",
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
                        ("followed_at", models.DateTimeField(verbose_name="重算时间")),
                        ("again", models.BooleanField(default=False, verbose_name="复核")),
                        ("enrolment", models.BigIntegerField(verbose_name="在籍记录")),
                        ("edit", models.BigIntegerField(verbose_name="在籍记录的修改")),
                        ("change", models.BigIntegerField(verbose_name="异动的办理")),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
            ],
        ),
        append_only("attendance_nudge", "attendance_followedroster"),
    ]
