"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("cases_closure")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("cases", "0011_sealed_evidence_of_closures"),
    ]

    operations = [RunOnDatabase(_WRITE)]
