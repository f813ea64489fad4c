"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew

_WRITE = write_anew("roster_groupspell", "roster_groupspellevent")


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("roster", "0019_sealed_notes_of_groups"),
    ]

    operations = [RunOnDatabase(_WRITE)]
