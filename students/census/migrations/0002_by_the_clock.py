"""When a fact was recorded is read off the one clock, which pages show (foundation/clock.py)."""

from django.db import migrations, models

import foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("census", "0001_census"),
    ]

    operations = [
        migrations.AlterField(
            model_name="catchment",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="checkin",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="entrant",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="exemption",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="graduationbatch",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="handover",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="handoverstep",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="registrationday",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
    ]
