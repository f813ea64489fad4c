"""A closure that was asked for stays as it is.

The rule named the column of the evidence, and went with it when the evidence was sealed.
"""

from django.db import migrations

from foundation.grants import keep


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0014_duty_nudges"),
    ]

    operations = [
        keep("cases_closure", "case_id", "outcome", "evidence_note_sealed", "requested_id"),
    ]
