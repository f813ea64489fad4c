"""The layout of a batch's sheet and its corrected rows, as reading the batch needs them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from foundation.tablefiles.cell import Cell
from students.roster.imports import questions
from students.roster.imports.reading import cells
from students.roster.imports.reading.headings import (
    SCAN_ROWS,
    Layout,
    chosen_layout,
    doubts,
    layout_of,
    likely_header,
    recognise,
)
from students.roster.models import (
    ImportBatch,
    ImportCells,
    ImportLayout,
    ImportRow,
    ReturnedBook,
)

WIDEST = 200  # characters kept of a cell of the first rows


def settle_layout(batch: ImportBatch, rows: Sequence[Sequence[Cell]]) -> Layout | None:
    """Return the header row and the columns; None when a person has to look first.

    The person's choice for this batch counts first, then the school's earlier choices, then the
    table of headings. Raises WrongSheet when no row looks like a header.
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
    """Return the unit whose earlier choices count: the school, or the uploading unit of a county's
    sheet."""
    return batch.school_id or batch.uploaded_by.unit_id


def choice_of(layout: ImportLayout) -> dict[int, str]:
    """Return the person's choice: position → our heading, "" for a column that is omitted."""
    return {int(at): ours for at, ours in (layout.chosen or {}).items()}


def saved_of(unit_id: int) -> dict[str, str]:
    """Return the unit's earlier choices: heading → our heading. The newest counts."""
    return dict(questions.choices(unit=unit_id))


def kept_columns(batch: ImportBatch) -> list[str]:
    """Return the headings of the columns in which the roster's values are kept."""
    kept = ImportLayout.objects.filter(batch=batch).values_list("kept", flat=True).first()
    return list(kept or [])


def waits_in(batch: ImportBatch) -> str:
    """Return the state of a batch whose job did not succeed: the state it had reached before."""
    if batch.rows.exists():
        return ImportBatch.PREVIEW
    told = ImportLayout.objects.filter(batch=batch, chosen__isnull=False).exists()
    return ImportBatch.MAPPING if told else ImportBatch.REFUSED


def corrected(batch: ImportBatch, rows: Iterable[list[Cell]]) -> Iterator[list[Cell]]:
    """Yield the rows of the file, each corrected row in place of the original."""
    mended = ImportCells.objects.filter(batch=batch, corrected_by__isnull=False).order_by("id")
    instead = {kept.row_no: cells_of(kept) for kept in mended}
    for number, row in enumerate(rows, start=1):
        yield instead.get(number, row)


def rows_to_keep(batch: ImportBatch) -> set[int]:
    """Return the refused rows whose cells are not kept yet."""
    kept = set(batch.cells.values_list("row_no", flat=True))
    refused = batch.rows.filter(action=ImportRow.REFUSED, row_no__isnull=False)
    return {no for no in refused.values_list("row_no", flat=True) if no} - kept


def keep_cells(batch: ImportBatch, rows: Mapping[int, Sequence[Cell]]) -> None:
    """Keep the cells of refused rows, sealed, so that they can be corrected."""
    fresh = []
    for row_no, line in rows.items():
        stored = ImportCells(batch=batch, row_no=row_no)
        stored.content = json.dumps(as_json(line), ensure_ascii=False)
        fresh.append(stored)
    ImportCells.objects.bulk_create(fresh, batch_size=500)


def cells_of(kept: ImportCells) -> list[Cell]:
    """Return the cells of a kept row; dates are dates again."""
    return [
        date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell
        for cell in json.loads(kept.content or "[]")
    ]


def forget_layouts(**which: Any) -> None:
    """Empty what batches keep of their files; ``which`` selects the batches."""
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
    """Return the cells as JSON can hold them."""
    return [{"d": cell.isoformat()} if isinstance(cell, date) else cell for cell in row]
