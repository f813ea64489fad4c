"""An entrant who was entered by mistake is taken off the list with a reason; the row stays."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_by_the_clock"),
        ("census", "0002_by_the_clock"),
        ("roster", "0024_by_the_clock"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entrant",
            name="one_entry_a_school_year",
        ),
        migrations.AddField(
            model_name="entrant",
            name="withdraw_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="撤回原因"),
        ),
        migrations.AddField(
            model_name="entrant",
            name="withdrawn_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
            ),
        ),
        migrations.AddField(
            model_name="entrant",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True, verbose_name="撤回日期"),
        ),
        migrations.AddConstraint(
            model_name="entrant",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)),
                fields=("child", "school_year"),
                name="one_entry_a_school_year",
            ),
        ),
    ]
