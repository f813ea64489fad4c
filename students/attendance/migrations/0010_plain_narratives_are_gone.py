"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("attendance_absence", "attendance_leaveslip", "accounts_auditevent")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("attendance", "0009_sealed_narratives"),
    ]

    operations = [RunOnDatabase(_WRITE)]
