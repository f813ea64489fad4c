"""A post given by mistake is revoked at once: it ends before its first day and holds on no day."""

import django.contrib.postgres.constraints
from django.contrib.postgres.fields import RangeOperators
from django.db import migrations, models

import foundation.accounts.models.people

_OFFICES = ("administrator", "security_officer", "auditor")
_DAYS = (
    foundation.accounts.models.people.DaysInPost("starts_on"),
    RangeOperators.OVERLAPS,
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0024_acts_on_accounts_by_index")]

    operations = [
        migrations.RemoveConstraint("post", "a_post_ends_after_it_starts"),
        migrations.RemoveConstraint("post", "no_two_offices_at_a_time"),
        migrations.RemoveConstraint("post", "no_post_held_twice"),
        migrations.AddConstraint(
            "post",
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on"))
                | models.Q(ended_at__isnull=False),
                name="a_post_ends_after_it_starts_or_was_revoked",
            ),
        ),
        migrations.AddConstraint(
            "post",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="no_two_offices_at_a_time",
                condition=models.Q(role__in=_OFFICES),
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.NOT_EQUAL),
                    _DAYS,
                ],
            ),
        ),
        migrations.AddConstraint(
            "post",
            django.contrib.postgres.constraints.ExclusionConstraint(
                name="no_post_held_twice",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    _DAYS,
                ],
            ),
        ),
    ]
