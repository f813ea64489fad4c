"""Reports of who went beyond a limit, and the index by which the audit is counted."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    """Nothing that stands is changed."""

    dependencies = [
        ("accounts", "0009_a_second_person"),
    ]

    operations = [
        migrations.CreateModel(
            name="LimitReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("limit", models.CharField(max_length=20, verbose_name="超限事项")),
                ("day", models.DateField(verbose_name="日期")),
                ("at", models.DateTimeField(verbose_name="首次超限时间")),
            ],
            options={
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["person", "at"], name="audit_of_a_person"),
        ),
        migrations.AddField(
            model_name="limitreport",
            name="county",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit"
            ),
        ),
        migrations.AddField(
            model_name="limitreport",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="limitreport",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddConstraint(
            model_name="limitreport",
            constraint=models.UniqueConstraint(
                fields=("person", "limit", "day"), name="one_report_of_a_limit_a_day"
            ),
        ),
        append_only("accounts_limitreport"),
    ]
