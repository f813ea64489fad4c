"""A checked row as JSON in an import row, and back."""

import json
from typing import Any

from students.roster.checking import Row
from students.roster.models import ImportRow


def payload_of(row: Row) -> dict[str, Any]:
    """What must be kept of a checked row to compare and write it again."""
    return {"values": row.values, "class": row.school_class}


def row_of(stored: ImportRow) -> Row:
    """The checked row of an import row; its problems come with it."""
    payload = json.loads(stored.payload)
    place = payload["class"]
    return Row(
        number=stored.row_no or 0,
        values=payload["values"],
        school_class=(place[0], place[1], place[2]) if place else None,
        class_label=stored.class_label,
        problems=list(stored.problems),
    )
