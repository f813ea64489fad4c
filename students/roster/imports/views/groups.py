"""Shows the special groups of an import to viewers who may see groups."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.roster.models import ImportBatch, ImportGroup
from students.roster.rules.group_cells import WRITES, counted

GROUPS = "groups"  # the key of the tab, and of the entry in the batch's counts


def told_groups(viewer: Viewer, found: ImportBatch) -> dict[str, Any]:
    """Return how many group lines the batch has, in words, and whether their tab is shown."""
    counts = found.counts.get(GROUPS)
    return {
        "asked": counts is not None,
        "words": counted(counts or {}),
        "writes": sum((counts or {}).get(move, 0) for move in WRITES),
        "open": viewer.has(Right.SEE_GROUPS),
    }


def group_tab(viewer: Viewer, found: ImportBatch) -> list[tuple[str, str, int]]:
    """Return the tab of the groups, when the sheet names any and the viewer may see them."""
    counts = found.counts.get(GROUPS)
    if not counts or not viewer.has(Right.SEE_GROUPS):
        return []
    return [(GROUPS, "特殊群体", sum(counts.values()))]


def shown_groups(
    viewer: Viewer, found: ImportBatch, lines: Iterable[ImportGroup]
) -> list[dict[str, Any]]:
    """Return one entry for each line: the pupil, the group, and what becomes of it."""
    done = found.state == ImportBatch.DONE
    return [
        {
            "line": line,
            "row": line.row,
            "name": viewer.name_by(Right.IMPORT_ROSTER, line.row.name),
            "url": reverse("pupil", args=[line.row.child_id]) if done and line.row.child_id else "",
            "before": line.words[0],
            "after": line.words[1],
            "writes": line.move in WRITES,
        }
        for line in lines
    ]
