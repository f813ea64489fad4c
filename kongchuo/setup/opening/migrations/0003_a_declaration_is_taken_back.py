"""宣布已开通 may be taken back: its day goes back to none, and never turns into another day."""

from django.db import migrations

from foundation.grants import refuse

_TABLE = "opening_countyopening"
_OTHER = "(OLD.{c} IS NOT NULL AND NEW.{c} IS NOT NULL AND OLD.{c} IS DISTINCT FROM NEW.{c})"
_WHEN = " OR ".join(
    (
        "(OLD.confirmed_at IS NOT NULL AND OLD.confirmed_at IS DISTINCT FROM NEW.confirmed_at)",
        _OTHER.format(c="opened_on"),
        _OTHER.format(c="opened_by_id"),
        "((NEW.opened_on IS NULL) <> (NEW.opened_by_id IS NULL))",
    )
)


class Migration(migrations.Migration):
    dependencies = [("opening", "0002_written_by_the_worker")]

    operations = [
        migrations.RunSQL(f"DROP TRIGGER {_TABLE}_once ON {_TABLE}", migrations.RunSQL.noop),
        refuse(_TABLE, "once", _WHEN),
    ]
