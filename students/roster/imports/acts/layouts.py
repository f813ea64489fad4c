"""How a batch's sheet is laid out and which of its rows were corrected: what its reading asks."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from foundation.tablefiles.cell import Cell
from students.roster.imports import cells
from students.roster.imports.headings import (
    SCAN_ROWS,
    Layout,
    chosen_layout,
    doubts,
    layout_of,
    likely_header,
    recognise,
)
from students.roster.models import (
    ColumnProfile,
    ImportBatch,
    ImportCells,
    ImportLayout,
    ImportRow,
    ReturnedBook,
)

WIDEST = 200  # characters of a cell in the kept head


def settle_layout(batch: ImportBatch, rows: Sequence[Sequence[Cell]]) -> Layout | None:
    """Where the header is and what stands where; None when a person must look first.

    What a person chose for this batch counts, then what the school chose before, then the table
    of headings. Raises WrongSheet when nothing looks like a header.
    """
    kept = ImportLayout.objects.filter(batch=batch).first() or ImportLayout(batch=batch)
    if kept.chosen is not None:
        return chosen_layout(kept.header, choice_of(kept))
    header = likely_header(rows)
    kept.header, kept.head = header, json.dumps(_head(rows), ensure_ascii=False)
    kept.save()
    found = recognise(rows[header], saved_of(owner_of(batch)))
    return None if doubts(rows[:SCAN_ROWS], header, found) else layout_of(header, found)


def owner_of(batch: ImportBatch) -> int:
    """Whose choice of columns counts: the school's, or of a sheet of many the uploading unit's."""
    return batch.school_id or batch.uploaded_by.unit_id


def choice_of(layout: ImportLayout) -> dict[int, str]:
    """What a person chose: position → our heading, "" to leave the column out."""
    return {int(at): ours for at, ours in (layout.chosen or {}).items()}


def saved_of(unit_id: int) -> dict[str, str]:
    """What the school said of headings before; its last word counts."""
    rows = ColumnProfile.objects.filter(unit_id=unit_id).order_by("id")
    return dict(rows.values_list("heading", "taken_as"))


def kept_columns(batch: ImportBatch) -> list[str]:
    """The columns in which the register's values are kept, by their headings."""
    kept = ImportLayout.objects.filter(batch=batch).values_list("kept", flat=True).first()
    return list(kept or [])


def waits_in(batch: ImportBatch) -> str:
    """The state of a batch whose work did not succeed: as far as it had come before."""
    if batch.rows.exists():
        return ImportBatch.PREVIEW
    told = ImportLayout.objects.filter(batch=batch, chosen__isnull=False).exists()
    return ImportBatch.MAPPING if told else ImportBatch.REFUSED


def corrected(batch: ImportBatch, rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """The rows of the file as they come, with those that were corrected since in their place."""
    mended = ImportCells.objects.filter(batch=batch, corrected_by__isnull=False).order_by("id")
    instead = {kept.row_no: cells_of(kept) for kept in mended}
    for number, row in enumerate(rows, start=1):
        yield instead.get(number, row)


def rows_to_keep(batch: ImportBatch) -> set[int]:
    """The refused rows of which no cells are kept yet."""
    kept = set(batch.cells.values_list("row_no", flat=True))
    refused = batch.rows.filter(action=ImportRow.REFUSED, row_no__isnull=False)
    return {no for no in refused.values_list("row_no", flat=True) if no} - kept


def keep_cells(batch: ImportBatch, rows: Mapping[int, Sequence[Cell]]) -> None:
    """Keep what refused rows hold, sealed: to be corrected in place or by the error workbook."""
    fresh = []
    for row_no, line in rows.items():
        stored = ImportCells(batch=batch, row_no=row_no)
        stored.content = json.dumps(as_json(line), ensure_ascii=False)
        fresh.append(stored)
    ImportCells.objects.bulk_create(fresh, batch_size=500)


def cells_of(kept: ImportCells) -> list[Cell]:
    """The cells of a kept row; dates are dates again."""
    return [
        date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell
        for cell in json.loads(kept.content or "[]")
    ]


def forget_layouts(**which: Any) -> None:
    """Empty what batches keep of their file; ``which`` limits them."""
    ImportLayout.objects.filter(**which).exclude(head_sealed="").update(head_sealed="")
    for model in (ImportCells, ReturnedBook):
        model.objects.filter(**which).exclude(content_sealed="").update(content_sealed="")


def _head(rows: Sequence[Sequence[Cell]]) -> list[list[Any]]:
    return [[_short(cell) for cell in row] for row in rows[:SCAN_ROWS]]


def _short(cell: Cell) -> Any:
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    return cells.text(cell)[:WIDEST]


def as_json(row: Sequence[Cell]) -> list[Any]:
    """The cells as JSON keeps them."""
    return [{"d": cell.isoformat()} if isinstance(cell, date) else cell for cell in row]
