"""Who held which post on a past day is settled."""

from django.db import migrations

from foundation.grants import keep, refuse

# A last day moves forward only, by an act entered while the post was still held.
_LATER = """
    OLD.ends_on IS NOT NULL AND OLD.ends_on IS DISTINCT FROM NEW.ends_on AND (
        NEW.ends_on IS NULL OR NEW.ends_on > OLD.ends_on
        OR NEW.ended_at IS NULL
        OR OLD.ends_on < (NEW.ended_at AT TIME ZONE 'Asia/Shanghai')::date
    )
    OR OLD.ended_at IS NOT NULL AND (NEW.ended_at IS NULL OR NEW.ended_at < OLD.ended_at)
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_keyring")]

    operations = [
        keep(
            "accounts_post",
            "person_id", "role", "unit_id", "starts_on", "granted_by_id", "granted_at", "reason",
        ),
        refuse("accounts_post", "past", _LATER),
    ]  # fmt: skip
