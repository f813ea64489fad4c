"""A merge or closing of a unit that was carried out can be undone; its end names what it moved."""

import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("added", "增加"),
    ("changed", "更改"),
    ("merged", "合并"),
    ("closed", "撤并"),
    ("undone", "恢复"),
]


class Migration(migrations.Migration):
    """Ends from before have no marks: what they moved cannot be handed back."""

    dependencies = [("accounts", "0018_a_lost_phone_takes_two")]

    operations = [
        migrations.AlterField(
            model_name="unitchange",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10, verbose_name="变动"),
        ),
        migrations.AddField(
            model_name="unitchange",
            name="undoes",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undone_by",
                to="accounts.unitchange",
            ),
        ),
        migrations.AddField(
            model_name="unitchangeend",
            name="marks",
            field=models.JSONField(default=dict, verbose_name="转出的登记"),
        ),
        migrations.AddConstraint(
            model_name="unitchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "undone"), ("undoes__isnull", False))
                | (~models.Q(("kind", "undone")) & models.Q(("undoes__isnull", True))),
                name="an_undoing_says_what_it_undoes",
            ),
        ),
    ]
