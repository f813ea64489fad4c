"""Prepares the rows of a batch for its page: changes, problems, and cells to type into."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.tablefiles.cell import Cell
from students.roster.imports.acts.corrections import left_out, newest_cells
from students.roster.imports.acts.layouts import cells_of
from students.roster.imports.reading import cells
from students.roster.models import ImportBatch, ImportRow
from students.roster.rules.sheet_headings import position_of

INLINE = 50  # refused rows corrected on the page; more of them need the error workbook


def shown_rows(
    viewer: Viewer, found: ImportBatch, rows: Iterable[ImportRow], kept: Collection[str]
) -> list[dict[str, Any]]:
    """Return one entry for each row; a refused row of a preview has its wrong cells as uploaded."""
    rows = list(rows)
    typed = _typed(found, rows)
    out = set(left_out(found))
    return [
        {
            "row": row,
            "is_out": row.row_no in out,
            "choose_url": _choose_url(found, row),
            "name": viewer.name_by(Right.IMPORT_ROSTER, row.name),
            "url": _pupil_url(found, row),
            "question_url": _question_url(found, row),
            "answer": ImportRow.ANSWERS.get(row.answer, ""),
            "problems": _problems(row, typed.get(row.row_no or 0)),
            "changes": [{**change, "kept": change["label"] in kept} for change in row.changes],
        }
        for row in rows
    ]


def _typed(found: ImportBatch, rows: list[ImportRow]) -> dict[int, list[Cell]]:
    few = found.counts.get(ImportRow.REFUSED, 0) <= INLINE
    if found.state != ImportBatch.PREVIEW or not few:
        return {}
    wanted = {row.row_no for row in rows if row.action == ImportRow.REFUSED}
    if not wanted:
        return {}
    known = newest_cells(found)
    return {row_no: cells_of(known[row_no]) for row_no in wanted if row_no in known}


def _problems(row: ImportRow, typed: list[Cell] | None) -> list[dict[str, Any]]:
    """Return the problems; the first one of a cell has the cell, to be typed again."""
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    for problem in row.problems:
        letter = problem.get("column", "")
        entry: dict[str, Any] = {**problem, "input": ""}
        if typed is not None and letter and letter not in seen:
            at = position_of(letter)
            entry["input"] = f"r{row.row_no}c{at}"
            entry["value"] = cells.text(typed[at] if at < len(typed) else None)
        seen.add(letter)
        found.append(entry)
    return found


def _pupil_url(found: ImportBatch, row: ImportRow) -> str:
    """Return the page of the pupil whom a written row led to."""
    done = found.state == ImportBatch.DONE and row.action in ImportRow.WRITES and row.child_id
    return reverse("pupil", args=[row.child_id]) if done else ""


def _choose_url(found: ImportBatch, row: ImportRow) -> str:
    """Return where a waiting row is left out of the import, or taken back into it."""
    waits = row.action in (ImportRow.REFUSED, ImportRow.ASKED)
    if found.state != ImportBatch.PREVIEW or not row.row_no or not waits:
        return ""
    return reverse("roster:choose_row", args=[found.pk, row.row_no])


def _question_url(found: ImportBatch, row: ImportRow) -> str:
    """Return the page that asks whether a row means the pupil of the same name and birth date."""
    if found.state != ImportBatch.PREVIEW or not row.row_no:
        return ""
    if row.action != ImportRow.ASKED and not row.answer:
        return ""
    return reverse("roster:question", args=[found.pk, row.row_no])
