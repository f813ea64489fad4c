"""Who ordered an export that waits for a second person may take the order back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing that stands is changed."""

    dependencies = [
        ("roster", "0021_lists_by_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exportdecision",
            name="outcome",
            field=models.CharField(
                choices=[("agreed", "已同意"), ("refused", "未同意"), ("withdrawn", "已撤回")],
                max_length=10,
                verbose_name="结果",
            ),
        ),
    ]
