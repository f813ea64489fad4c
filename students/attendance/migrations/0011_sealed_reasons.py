"""Why a roll was corrected and a slip taken back is sealed: it tells of illnesses."""

from typing import Any

from django.db import migrations, models
from django.db.models import Q

from foundation.grants import settle
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn
from foundation.resealing import rewrite, seal_column

_OF_ROLLS = ProtectedColumn("attendance_submission", "reason")
_ROLLS = "SELECT id, client_uuid, reason FROM attendance_submission WHERE reason <> ''"
_SEAL = """
    UPDATE attendance_submission old SET reason_sealed = new.sealed
    FROM unnest(%s::bigint[], %s::text[]) AS new (id, sealed) WHERE old.id = new.id
"""


def seal_reasons(schema_editor: Any) -> None:
    """Seal the reasons of corrected rolls and of slips that were taken back."""
    with schema_editor.connection.cursor() as cursor:
        rewrite(cursor, _ROLLS, _sealed, _SEAL)
        seal_column(cursor, "attendance_leaveslip", "taken_back_reason")
        settle(cursor)


def _sealed(pk: int, uuid: Any, plain: str) -> tuple[int, str]:
    return pk, _OF_ROLLS.seal(plain, uuid)


class Migration(migrations.Migration):
    dependencies = [
        ("attendance", "0010_plain_narratives_are_gone"),
    ]

    operations = [
        migrations.AddField("submission", "reason_sealed", models.TextField(blank=True)),
        migrations.AddField("leaveslip", "taken_back_reason_sealed", models.TextField(blank=True)),
        migrations.RemoveConstraint("leaveslip", "a_slip_is_taken_back_with_a_reason"),
        RunOnDatabase(seal_reasons),
        migrations.RemoveField("submission", "reason"),
        migrations.RemoveField("leaveslip", "taken_back_reason"),
        migrations.AddConstraint(
            "leaveslip",
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | ~Q(taken_back_reason_sealed=""),
                name="a_slip_is_taken_back_with_a_reason",
            ),
        ),
    ]
