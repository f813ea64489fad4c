"""Values of parameters are set, corrected and withdrawn on a page: who, why, which revision."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0013_by_the_clock"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="parameter",
            name="one_value_a_day_a_parameter",
        ),
        migrations.AddField(
            model_name="parameter",
            name="is_withdrawn",
            field=models.BooleanField(default=False, verbose_name="已撤回"),
        ),
        migrations.AddField(
            model_name="parameter",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="原因"),
        ),
        migrations.AddField(
            model_name="parameter",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="parameter",
            name="revision",
            field=models.PositiveIntegerField(default=1, verbose_name="修订次数"),
        ),
        migrations.AddConstraint(
            model_name="parameter",
            constraint=models.UniqueConstraint(
                fields=("county", "code", "valid_from", "revision"),
                name="one_value_a_day_a_parameter",
            ),
        ),
        append_only("accounts_parameter"),
    ]
