"""A built return is frozen (design 4.9)."""

from django.db import migrations

from foundation.grants import freeze, keep


class Migration(migrations.Migration):
    dependencies = [("returns", "0001_built_returns")]

    operations = [
        keep(
            "returns_builtreturn",
            "county_id", "code", "period", "version", "as_of", "built_by_id", "created_at",
        ),
        freeze("returns_builtreturn", "OLD.state = 'built'"),
    ]  # fmt: skip
