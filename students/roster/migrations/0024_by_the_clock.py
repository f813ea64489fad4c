"""When a fact was recorded is read off the one clock, which pages show (foundation/clock.py)."""

from django.db import migrations, models

import foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0023_a_class_post_s_past_stays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="groupspell",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="guardianabsence",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
    ]
