"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("returns_builtreturn")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("returns", "0003_sealed_returns"),
    ]

    operations = [RunOnDatabase(_WRITE)]
