"""When each periodic task ran last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_jobs")]

    operations = [
        migrations.CreateModel(
            name="TaskRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(max_length=80, unique=True, verbose_name="定时任务"),
                ),
                ("started_at", models.DateTimeField(verbose_name="最近开始")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="最近办完")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="最近失败")),
            ],
            options={"ordering": ["name"]},
        ),
    ]
