"""A mistyped name or account of a holder of a county post is put right by two people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing that stands is changed."""

    dependencies = [
        ("accounts", "0019_a_merge_is_undone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="peoplerequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("post", "任职"),
                    ("password", "重置密码"),
                    ("reopen", "恢复账号"),
                    ("factor", "解除动态码"),
                    ("correct", "更正姓名账号"),
                ],
                max_length=10,
                verbose_name="申请事项",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="peoplerequest",
            name="a_request_says_what_is_asked",
        ),
        migrations.AddConstraint(
            model_name="peoplerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("password", "reopen", "factor", "correct")),
                        ("person__isnull", False),
                    ),
                    models.Q(
                        models.Q(("role", ""), _negated=True),
                        ("kind", "post"),
                        ("starts_on__isnull", False),
                        ("unit__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_request_says_what_is_asked",
            ),
        ),
    ]
