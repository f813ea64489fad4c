"""A dropped column stays in the rows until they are written anew: here they are."""

from django.db import migrations

from foundation.migrating import RunOnDatabase
from foundation.resealing import write_anew


class Migration(migrations.Migration):
    atomic = False  # VACUUM runs in no transaction

    dependencies = [
        ("census", "0010_notices_are_papers"),
    ]

    operations = [RunOnDatabase(write_anew("census_notice"))]
