from django.db import migrations

from foundation.grants import append_only


class Migration(migrations.Migration):
    dependencies = [("files", "0001_files")]

    # What a photo was when it was kept is evidence: its hash and its day never change.
    operations = [append_only("files_storedfile")]
