"""When a fact was recorded is read off the one clock, which pages show (foundation/clock.py)."""

from django.db import migrations, models

import foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("calendars", "0001_calendars"),
    ]

    operations = [
        migrations.AlterField(
            model_name="schooldayoverride",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
    ]
