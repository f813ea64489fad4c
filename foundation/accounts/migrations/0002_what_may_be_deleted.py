"""The audit is append-only; of everything else only sign-in's own rows may be deleted."""

from typing import ClassVar

from django.db import migrations

from foundation.grants import append_only, may_delete


class Migration(migrations.Migration):
    """Comes after the tables of sign-in exist."""

    dependencies: ClassVar = [
        ("accounts", "0001_people_and_units"),
        ("sessions", "0001_initial"),
        ("axes", "0001_initial"),
    ]

    operations: ClassVar = [
        append_only("accounts_auditevent"),
        may_delete("django_session", "axes_accessattempt"),
    ]
