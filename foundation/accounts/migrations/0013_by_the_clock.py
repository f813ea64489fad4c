"""When a fact was recorded is read off the one clock, which pages show (foundation/clock.py)."""

from django.db import migrations, models

import foundation.clock


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_three_offices"),
    ]

    operations = [
        migrations.AlterField(
            model_name="parameter",
            name="recorded_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="登记时间"),
        ),
        migrations.AlterField(
            model_name="post",
            name="granted_at",
            field=models.DateTimeField(default=foundation.clock.now, verbose_name="授予时间"),
        ),
    ]
