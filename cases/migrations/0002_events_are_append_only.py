"""What happened to a case, and every persuasion, stands for ever (R8)."""

from typing import ClassVar

from django.db import migrations

from foundation.grants import append_only


class Migration(migrations.Migration):
    """Events and contacts refuse change."""

    dependencies: ClassVar = [("cases", "0001_cases")]

    operations: ClassVar = [append_only("cases_caseevent", "cases_contact")]
