"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("cases_caseevent", "cases_contact")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("cases", "0006_sealed_narratives"),
    ]

    operations = [RunOnDatabase(_WRITE)]
