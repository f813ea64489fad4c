"""The database keeps its keyring's fingerprints."""

from django.conf import settings
from django.db import migrations, models

from foundation.grants import append_only

# The owner alone writes: who serves could otherwise lock everybody out by a row of its own.
_OWNER_WRITES = f'REVOKE INSERT ON accounts_keyfingerprint FROM "{settings.SERVING_ROLE}"'


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_trusted_phones"),  # the last of "0001_squashed_0005_trusted_phones"
    ]

    operations = [
        migrations.CreateModel(
            name="KeyFingerprint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True, verbose_name="密钥编号")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="密钥指纹")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
            ],
        ),
        append_only("accounts_keyfingerprint"),
        migrations.RunSQL(_OWNER_WRITES, migrations.RunSQL.noop),
    ]
