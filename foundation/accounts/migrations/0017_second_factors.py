"""Second factors. A removed one never changes again. A demo county demands none."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from foundation.grants import freeze, keep

# A county whose clock was moved is a demo: whoever tries it has no authenticator app at hand.
_OF_DEMOS = """
INSERT INTO accounts_parameter
    (county_id, code, value, valid_from, source, recorded_at, revision, is_withdrawn, reason)
SELECT id, 'S56', '[]', '2016-09-01', '演示县不要求动态码', now(), 1, false, ''
FROM accounts_unit
WHERE kind = 'county' AND EXISTS (SELECT FROM accounts_clockshift)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0016_a_post_sleeps"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="factor_asked_on",
            field=models.DateField(blank=True, null=True, verbose_name="要求设置动态码的日期"),
        ),
        migrations.CreateModel(
            name="SecondFactor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(editable=False, unique=True)),
                ("secret_sealed", models.TextField(blank=True)),
                ("last_step", models.BigIntegerField(verbose_name="最近一次动态码的时段")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("used_at", models.DateTimeField(verbose_name="最近使用")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="解除时间"),
                ),
                (
                    "remove_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="解除原因"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factors",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factors_removed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-set_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at__isnull", True)),
                        fields=("person",),
                        name="one_living_factor_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("remove_reason", ""),
                                ("removed_at__isnull", True),
                                models.Q(("secret_sealed", ""), _negated=True),
                            ),
                            models.Q(
                                ("removed_at__isnull", False),
                                ("secret_sealed", ""),
                                models.Q(("remove_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_removed_factor_says_why_and_has_no_key",
                    ),
                ],
            },
        ),
        keep("accounts_secondfactor", "person_id", "uuid", "set_at"),
        freeze("accounts_secondfactor", "OLD.removed_at IS NOT NULL"),
        migrations.RunSQL(_OF_DEMOS, migrations.RunSQL.noop),
    ]
