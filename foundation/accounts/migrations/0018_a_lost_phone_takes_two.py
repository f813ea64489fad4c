"""A second factor whose phone is lost is removed by two people."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_second_factors"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="peoplerequest",
            name="a_request_says_what_is_asked",
        ),
        migrations.AlterField(
            model_name="peoplerequest",
            name="kind",
            field=models.CharField(
                choices=[
                    ("post", "任职"),
                    ("password", "重置密码"),
                    ("reopen", "恢复账号"),
                    ("factor", "解除动态码"),
                ],
                max_length=10,
                verbose_name="申请事项",
            ),
        ),
        migrations.AddConstraint(
            model_name="peoplerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("password", "reopen", "factor")), ("person__isnull", False)
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
