"""What the migrations of cases up to 0003 make step by step, made at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cases.rules.shapes
from foundation.grants import append_only
from foundation.migrating import CreateModels


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("cases", "0001_cases"),
        ("cases", "0002_events_are_append_only"),
        ("cases", "0003_findings"),
    ]

    # The names of replaced migrations: a database that has only some of them still finds its way.
    dependencies = [("accounts", "0003_lock_outs_can_be_lifted"), ("roster", "0003_documents")]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="Case",
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
                            "number",
                            models.CharField(max_length=24, unique=True, verbose_name="案号"),
                        ),
                        (
                            "source",
                            models.CharField(
                                default="roll", max_length=12, verbose_name="发现方式"
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                default=cases.rules.shapes.Stage["D1"],
                                max_length=2,
                                verbose_name="处理阶段",
                            ),
                        ),
                        ("entered_on", models.DateField(verbose_name="进入本阶段")),
                        ("opened_on", models.DateField(verbose_name="立案日期")),
                        ("first_missed_on", models.DateField(verbose_name="首次无故缺勤")),
                        ("last_present_on", models.DateField(null=True, verbose_name="最后到校")),
                        ("registered_on", models.DateField(null=True, verbose_name="学校登记日期")),
                        (
                            "village_asked_on",
                            models.DateField(null=True, verbose_name="转村级日期"),
                        ),
                        ("cause", models.CharField(blank=True, max_length=2, verbose_name="原因")),
                        (
                            "whereabouts",
                            models.CharField(blank=True, max_length=2, verbose_name="去向"),
                        ),
                        (
                            "back_to",
                            models.CharField(blank=True, max_length=2, verbose_name="观察失败退回"),
                        ),
                        ("returned_on", models.DateField(null=True, verbose_name="返校日期")),
                        (
                            "outcome",
                            models.CharField(blank=True, max_length=3, verbose_name="销号结果"),
                        ),
                        ("closed_on", models.DateField(null=True, verbose_name="销号日期")),
                        ("sampled", models.BooleanField(default=False, verbose_name="县级抽查")),
                        ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                        ("created_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
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
                            "school",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                        (
                            "school_class",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="roster.schoolclass",
                            ),
                        ),
                        (
                            "school_township",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
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
                            "finding",
                            models.CharField(blank=True, max_length=60, verbose_name="发现依据"),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["school", "stage"], name="cases_of_a_school"),
                            models.Index(fields=["township", "stage"], name="cases_of_a_township"),
                            models.Index(
                                condition=models.Q(("village__isnull", False)),
                                fields=["village"],
                                name="cases_of_a_village",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("stage", "DX"), _negated=True),
                                fields=("child",),
                                name="one_open_case_a_child",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stage__in",
                                        [
                                            "D1",
                                            "D2",
                                            "D3",
                                            "D4",
                                            "D5",
                                            "D6",
                                            "D7",
                                            "D8",
                                            "D9",
                                            "DX",
                                        ],
                                    )
                                ),
                                name="stage_is_a_rung",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("stage", "DX"),
                                        ("closed_on__isnull", False),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("stage", "DX"), _negated=True),
                                        ("closed_on__isnull", True),
                                        ("outcome", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_with_a_day_and_an_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage", "D9"), _negated=True),
                                    models.Q(
                                        models.Q(("back_to", ""), _negated=True),
                                        ("returned_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="observation_knows_where_it_falls_back",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("finding", ""), _negated=True),
                                fields=("finding",),
                                name="one_case_a_finding",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
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
                        ("act", models.CharField(max_length=20, verbose_name="动作")),
                        ("from_stage", models.CharField(blank=True, max_length=2)),
                        ("to_stage", models.CharField(max_length=2)),
                        ("occurred_on", models.DateField(verbose_name="发生日期")),
                        ("recorded_on", models.DateField(verbose_name="记录日期")),
                        ("recorded_at", models.DateTimeField(verbose_name="记录时间")),
                        ("text", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                        ("data", models.JSONField(default=dict, verbose_name="要素")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="cases.case",
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
                        "indexes": [models.Index(fields=["case", "id"], name="events_of_a_case")],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
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
                        ("outcome", models.CharField(max_length=3, verbose_name="结果")),
                        (
                            "evidence_note",
                            models.CharField(max_length=500, verbose_name="佐证材料"),
                        ),
                        ("needs_township", models.BooleanField(verbose_name="须乡镇确认")),
                        ("approved", models.BooleanField(null=True, verbose_name="核准")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closures",
                                to="cases.case",
                            ),
                        ),
                        (
                            "confirmed",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.caseevent",
                            ),
                        ),
                        (
                            "decided",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.caseevent",
                            ),
                        ),
                        (
                            "requested",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.caseevent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("decided__isnull", True)),
                                fields=("case",),
                                name="one_request_for_closure_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                        ("seq", models.PositiveSmallIntegerField(verbose_name="次数")),
                        ("day", models.DateField(verbose_name="日期")),
                        ("time", models.TimeField(null=True, verbose_name="时间")),
                        ("method", models.CharField(max_length=10, verbose_name="方式")),
                        ("in_person", models.BooleanField(verbose_name="当面")),
                        ("level", models.CharField(max_length=10, verbose_name="层级")),
                        (
                            "place",
                            models.CharField(blank=True, max_length=100, verbose_name="地点"),
                        ),
                        ("participants", models.CharField(max_length=200, verbose_name="参加人")),
                        (
                            "met",
                            models.CharField(blank=True, max_length=100, verbose_name="见到何人"),
                        ),
                        (
                            "attitude",
                            models.CharField(blank=True, max_length=12, verbose_name="监护人态度"),
                        ),
                        ("content", models.CharField(max_length=1000, verbose_name="内容")),
                        ("result", models.CharField(max_length=12, verbose_name="结果")),
                        ("promised_on", models.DateField(null=True, verbose_name="承诺返校日期")),
                        (
                            "next_step",
                            models.CharField(blank=True, max_length=300, verbose_name="下一步"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="cases.case",
                            ),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact",
                                to="cases.caseevent",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["case_id", "seq"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "seq"), name="contacts_are_numbered"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deadline",
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
                        ("code", models.CharField(max_length=20, verbose_name="事项")),
                        ("cycle", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                        ("level", models.CharField(max_length=10, verbose_name="责任层级")),
                        ("day0", models.DateField(verbose_name="起算日")),
                        ("window_end", models.DateField(verbose_name="窗口期满")),
                        ("due_on", models.DateField(verbose_name="到期日")),
                        ("remind_on", models.DateField(verbose_name="提前提醒日")),
                        ("missed_on", models.DateField(verbose_name="逾期提醒日")),
                        ("days", models.SmallIntegerField(verbose_name="天数")),
                        ("day_type", models.CharField(max_length=16, verbose_name="日别")),
                        ("rule", models.CharField(blank=True, max_length=120, verbose_name="依据")),
                        (
                            "parameter",
                            models.CharField(blank=True, max_length=60, verbose_name="参数及取值"),
                        ),
                        (
                            "calendar_version",
                            models.PositiveIntegerField(default=0, verbose_name="校历版本"),
                        ),
                        ("met_on", models.DateField(null=True, verbose_name="完成日")),
                        ("void_on", models.DateField(null=True, verbose_name="作废日")),
                        ("lapsed_on", models.DateField(null=True, verbose_name="逾期转办日")),
                        ("told_on", models.DateField(null=True, verbose_name="已告知县级")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deadlines",
                                to="cases.case",
                            ),
                        ),
                        (
                            "met_event",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.caseevent",
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
                        "ordering": ["due_on", "id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("met_on__isnull", True), ("void_on__isnull", True)
                                ),
                                fields=["unit", "due_on"],
                                name="open_deadlines_of_a_unit",
                            ),
                            models.Index(
                                condition=models.Q(
                                    ("met_on__isnull", True), ("void_on__isnull", True)
                                ),
                                fields=["due_on"],
                                name="open_deadlines",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "code", "cycle"),
                                name="one_deadline_a_duty_and_cycle",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_on__gte", models.F("day0"))),
                                name="due_after_day_0",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dispatch",
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
                        ("kind", models.CharField(max_length=16, verbose_name="类别")),
                        ("to_level", models.CharField(max_length=10, verbose_name="层级")),
                        ("sent_on", models.DateField(verbose_name="送出日期")),
                        ("received_on", models.DateField(null=True, verbose_name="签收日期")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispatches",
                                to="cases.case",
                            ),
                        ),
                        (
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispatches",
                                to="cases.caseevent",
                            ),
                        ),
                        (
                            "received_event",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="cases.caseevent",
                            ),
                        ),
                        (
                            "to_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accounts.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("event", "to_unit", "to_level"),
                                name="one_dispatch_an_addressee",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Order",
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
                            "paper_no",
                            models.CharField(blank=True, max_length=40, verbose_name="文号"),
                        ),
                        ("served_on", models.DateField(verbose_name="送达日期")),
                        ("method", models.CharField(max_length=10, verbose_name="送达方式")),
                        ("received_by", models.CharField(max_length=60, verbose_name="签收人")),
                        ("due_on", models.DateField(verbose_name="期限届满日")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="cases.case",
                            ),
                        ),
                        (
                            "event",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order",
                                to="cases.caseevent",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                        ("phase", models.CharField(max_length=6, verbose_name="时点")),
                        ("day", models.DateField(verbose_name="应发日期")),
                        ("sent_on", models.DateField(verbose_name="发出日期")),
                        (
                            "deadline",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminders",
                                to="cases.deadline",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("deadline", "phase"), name="one_reminder_a_phase"
                            )
                        ],
                    },
                ),
            ],
        ),
        # What happened to a case, and every persuasion, stands for ever (R8).
        append_only("cases_caseevent", "cases_contact"),
    ]
