"""When a fact was recorded is read off the one clock, which pages show (foundation/clock.py)."""

from django.db import migrations, models

import foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_a_closure_stays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="sweptday",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="记录时间"),
        ),
    ]
