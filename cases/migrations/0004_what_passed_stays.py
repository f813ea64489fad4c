"""A deadline that passed and a closure that was decided stay as they are."""

from django.db import migrations

from foundation.grants import freeze, keep, write_once

_DUE = (
    "case_id", "code", "cycle", "unit_id", "due_on", "days", "day_type", "rule",
    "parameter",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_findings"),  # the last of "0001_squashed_0003_findings"
    ]

    operations = [
        keep("cases_deadline", *_DUE),
        write_once("cases_deadline", "met_on", "met_event_id", "void_on", "lapsed_on", "told_on"),
        freeze("cases_deadline", "OLD.met_on IS NOT NULL OR OLD.void_on IS NOT NULL"),
        keep("cases_closure", "case_id", "outcome", "evidence_note", "requested_id"),
        write_once("cases_closure", "confirmed_id", "decided_id", "approved"),
    ]
