"""Rows and workbook of a built return name children: each is sealed as a whole.

The digest stays: it is over the plain canonical rows.
"""

import json
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import migrations, models

from foundation.grants import reopened
from foundation.migrating import RunOnDatabase
from foundation.protected import ProtectedColumn, keyring
from foundation.resealing import rewrite

_ROWS = ProtectedColumn("returns_builtreturn", "canonical")
_WORKBOOK = ProtectedColumn("returns_builtreturn", "workbook")
_ALL = "SELECT id, uuid, rows, workbook, created_at::date FROM returns_builtreturn"
_SEAL = """
    UPDATE returns_builtreturn old
    SET canonical_sealed = new.rows, workbook_sealed = new.workbook, filed_on = new.filed_on
    FROM unnest(%s::bigint[], %s::text[], %s::bytea[], %s::date[])
        AS new (id, rows, workbook, filed_on)
    WHERE old.id = new.id
"""


def seal_returns(schema_editor: Any) -> None:
    """Seal what was built, and give each return the day it was filed on."""
    with schema_editor.connection.cursor() as cursor, reopened(cursor, "returns_builtreturn"):
        cursor.execute("UPDATE returns_builtreturn SET uuid = gen_random_uuid()")
        rewrite(cursor, _ALL, _sealed, _SEAL)


def _sealed(
    pk: int, uuid: Any, rows: Any, workbook: Any, made_on: date
) -> tuple[int, str, bytes | None, date]:
    said = json.loads(rows) if isinstance(rows, str) else rows
    book = keyring().seal_bytes(bytes(workbook), _WORKBOOK.place(uuid)) if workbook else None
    filed_on = date.fromisoformat(said["filed_on"]) if "filed_on" in said else made_on
    return pk, _canonical(said.get("content"), uuid), book, filed_on


def _canonical(content: Any, uuid: Any) -> str:
    if not content:
        return ""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _ROWS.seal(text, uuid)


class Migration(migrations.Migration):
    dependencies = [
        ("returns", "0002_a_built_return_stays"),
    ]

    operations = [
        migrations.AddField("builtreturn", "uuid", models.UUIDField(default=uuid4, editable=False)),
        migrations.AddField("builtreturn", "canonical_sealed", models.TextField(blank=True)),
        migrations.AddField(
            "builtreturn", "workbook_sealed", models.BinaryField("工作簿", null=True)
        ),
        migrations.AddField(
            "builtreturn",
            "filed_on",
            models.DateField("填报时间", default=date(2000, 1, 1)),
            preserve_default=False,
        ),
        RunOnDatabase(seal_returns),
        migrations.RemoveField("builtreturn", "rows"),
        migrations.RemoveField("builtreturn", "workbook"),
    ]
