"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("watch_entry", "watch_entryevent", "watch_step")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("watch", "0004_sealed_plans"),
    ]

    operations = [RunOnDatabase(_WRITE)]
