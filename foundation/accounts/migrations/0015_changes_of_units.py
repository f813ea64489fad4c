"""Orders that change a unit from a day on, and what became of them: rows that nobody changes."""

import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import append_only

_ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _to(model, related_name, **more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=model, **more
    )


class Migration(migrations.Migration):
    """Units stay as they are; 中心校 may be 镇教管办 of a township, too."""

    dependencies = [("accounts", "0014_parameters_are_set_on_pages")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="office_of",
            field=_to("accounts.unit", "office_at", blank=True, null=True),
        ),
        migrations.CreateModel(
            name="UnitChange",
            fields=[
                ("id", _ID.clone()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("added", "增加"),
                            ("changed", "更改"),
                            ("merged", "合并"),
                            ("closed", "撤并"),
                        ],
                        max_length=10,
                        verbose_name="变动",
                    ),
                ),
                ("day", models.DateField(verbose_name="生效日期")),
                ("before", models.CharField(blank=True, max_length=80, verbose_name="原名称")),
                ("after", models.CharField(blank=True, max_length=80, verbose_name="新名称")),
                ("told", models.JSONField(default=dict, verbose_name="其他更改")),
                ("reason", models.CharField(max_length=200, verbose_name="理由")),
                ("document", models.CharField(max_length=100, verbose_name="文号")),
                ("ordered_at", models.DateTimeField(verbose_name="登记时间")),
                ("county", _to("accounts.unit", "+")),
                ("ordered_by", _to("accounts.post", "+")),
                ("successor", _to("accounts.unit", "taken_over", null=True)),
                ("unit", _to("accounts.unit", "changes")),
            ],
            options={"ordering": ["-day", "-id"]},
        ),
        migrations.CreateModel(
            name="UnitChangeEnd",
            fields=[
                ("id", _ID.clone()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "已生效"), ("withdrawn", "已撤回")],
                        max_length=10,
                        verbose_name="结果",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="办理时间")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                ("moved", models.JSONField(default=dict, verbose_name="转出")),
                ("by", _to("accounts.post", "+", null=True)),
                (
                    "change",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="end",
                        to="accounts.unitchange",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="unitchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True),
                    models.Q(("successor", models.F("unit")), _negated=True),
                    _connector="OR",
                ),
                name="no_unit_succeeds_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "merged"), _negated=True),
                    ("successor__isnull", False),
                    _connector="OR",
                ),
                name="who_is_merged_has_a_successor",
            ),
        ),
        append_only("accounts_unitchange", "accounts_unitchangeend"),
    ]
