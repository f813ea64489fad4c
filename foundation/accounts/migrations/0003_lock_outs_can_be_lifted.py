"""django-axes deletes an attempt together with its end; both are counters, no facts."""

from typing import ClassVar

from django.db import migrations

from foundation.grants import may_delete


class Migration(migrations.Migration):
    """Without it a sign-in after a wrong password fails, and no lock can be lifted."""

    dependencies: ClassVar = [
        ("accounts", "0002_what_may_be_deleted"),
        ("axes", "0010_accessattemptexpiration"),
    ]

    operations: ClassVar = [may_delete("axes_accessattemptexpiration")]
