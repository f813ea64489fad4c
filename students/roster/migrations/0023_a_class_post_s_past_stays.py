"""Who taught which class on a past day is settled; an ending says who entered it, when and why."""

import datetime

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import students.roster.models.schools
from foundation.grants import keep, refuse

# A last day moves forward only, by an act entered while the class was still held.
_PAST = """
    OLD.ends_on IS DISTINCT FROM NEW.ends_on AND (
        NEW.ends_on IS NULL OR NEW.ended_at IS NULL OR OLD.ends_on IS NOT NULL AND (
            NEW.ends_on > OLD.ends_on
            OR OLD.ends_on < (NEW.ended_at AT TIME ZONE 'Asia/Shanghai')::date
        )
    )
    OR OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at < OLD.ended_at)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_reopening_takes_two"),
        ("roster", "0022_an_export_is_withdrawn"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='classpost',
            name='no_class_post_twice',
        ),
        migrations.RemoveConstraint(
            model_name='classpost',
            name='a_class_post_ends_after_it_starts',
        ),
        migrations.AddField(
            model_name='classpost',
            name='end_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='结束理由'),
        ),
        migrations.AddField(
            model_name='classpost',
            name='ended_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='结束登记时间'),
        ),
        migrations.AddField(
            model_name='classpost',
            name='ended_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.post'),
        ),
        migrations.AddConstraint(
            model_name='classpost',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('post', '='), ('school_class', '='), (students.roster.models.schools.DaysHeld('starts_on', 'ends_on'), '&&')], name='no_class_post_twice'),
        ),
        migrations.AddConstraint(
            model_name='classpost',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', django.db.models.expressions.CombinedExpression(models.F('starts_on'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='a_class_post_ends_after_it_starts'),
        ),
        keep(
            "roster_classpost",
            "post_id", "school_class_id", "starts_on", "is_substitute", "assigned_by_id",
            "assigned_at", "reason",
        ),
        refuse("roster_classpost", "past", _PAST),
    ]  # fmt: skip
