"""Every change of a calendar is kept, with who and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_by_the_clock"),
        ("calendars", "0002_by_the_clock"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarChange",
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
                        choices=[("terms", "学年学期"), ("arrangement", "放假调休")],
                        max_length=12,
                        verbose_name="种类",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份（学年为起始年）")),
                ("before", models.JSONField(default=list, verbose_name="变更前")),
                ("after", models.JSONField(verbose_name="变更后")),
                ("source_document", models.CharField(max_length=200, verbose_name="来源文件")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "county",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendar_changes",
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
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["county", "-id"], name="changes_of_a_calendar")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", ""), _negated=True),
                            models.Q(("source_document", ""), _negated=True),
                        ),
                        name="a_change_of_the_calendar_says_why",
                    )
                ],
            },
        ),
        append_only("calendars_calendarchange"),
    ]
