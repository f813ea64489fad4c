"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("roster_child", "roster_childevent", "roster_formernumber", "roster_importrow")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("roster", "0015_sealed_registry_numbers"),
    ]

    operations = [RunOnDatabase(_WRITE)]
