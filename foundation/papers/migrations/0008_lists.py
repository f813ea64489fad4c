"""Lists of papers that are signed with one press, and the desk that hands a paper out (R25)."""

import django.db.models.deletion
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_a_post_given_by_mistake"),
        ("jobs", "0002_when_tasks_ran"),
        ("papers", "0007_scans"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperBatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="文书")),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("drafted_on", models.DateField(verbose_name="拟稿日期")),
                ("drafted_at", models.DateTimeField(verbose_name="拟稿时间")),
                ("left_out", models.JSONField(default=dict, verbose_name="没有签发的原因")),
                (
                    "drafted_by",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="accounts.post"),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=PROTECT, related_name="+", to="jobs.job"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=PROTECT, related_name="+", to="accounts.unit"),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.AddField(
            model_name="paper",
            name="desk",
            field=models.ForeignKey(
                null=True, on_delete=PROTECT, related_name="+", to="accounts.unit"
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="batch",
            field=models.ForeignKey(
                null=True, on_delete=PROTECT, related_name="papers", to="papers.paperbatch"
            ),
        ),
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                fields=["desk", "-id"],
                name="papers_of_a_desk",
                condition=models.Q(("desk__isnull", False)),
            ),
        ),
    ]
