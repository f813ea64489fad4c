"""A workbook as lines: every cell with its value and look, and the set-up of every sheet."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

LOOKS = ("font", "border", "fill", "alignment", "protection")
DIGITS = 8  # of a look's digest
PRINTED = ("orientation", "paperSize", "scale", "fitToWidth", "fitToHeight", "firstPageNumber")
MARGINS = ("left", "right", "top", "bottom", "header", "footer")
EDGES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")


@cache
def lines(content: bytes) -> list[str]:
    """What is in it."""
    book = load_workbook(BytesIO(content), rich_text=True)
    looks: dict[str, str] = {}
    told = [f"book: {book.sheetnames} {sorted(book.defined_names)} {_properties(book)}"]
    for sheet in book.worksheets:
        told += [f"{sheet.title}: {line}" for line in _sheet(sheet)]
        told += [f"{sheet.title}!{line}" for line in _cells(sheet, looks)]
    return [*told, *(f"look {digest}: {look}" for digest, look in sorted(looks.items()))]


def _properties(book: Any) -> dict[str, str]:
    names = ("title", "subject", "creator", "lastModifiedBy", "created", "modified", "description")
    found = {name: str(getattr(book.properties, name)) for name in names}
    return found | {one.name: str(one.value) for one in book.custom_doc_props.props}


def _sheet(sheet: Any) -> Iterator[str]:
    setup, margins = sheet.page_setup, sheet.page_margins
    yield f"state {sheet.sheet_state}, frozen {sheet.freeze_panes}, filter {sheet.auto_filter.ref}"
    yield f"merged {sorted(map(str, sheet.merged_cells.ranges))}"
    for name, column in sorted(sheet.column_dimensions.items()):
        span = f"{column.min}-{column.max}"
        yield f"column {name}: {span} width {column.width} hidden {column.hidden}"
    for number, row in sorted(sheet.row_dimensions.items()):
        yield f"row {number}: height {row.height} hidden {row.hidden}"
    yield f"print set-up {[(name, getattr(setup, name)) for name in PRINTED]}"
    yield f"print margins {[(name, getattr(margins, name)) for name in MARGINS]}"
    yield f"print area {sheet.print_area}, titles {sheet.print_title_rows} {sheet.print_title_cols}"
    yield f"print edges {[_edge(getattr(sheet.HeaderFooter, name)) for name in EDGES]}"
    yield f"print options {_flat(sheet.print_options)}"
    yield f"properties {_flat(sheet.sheet_properties)}"
    yield f"view {[_flat(view) for view in sheet.views.sheetView]}"
    yield f"protection {_flat(sheet.protection)}"
    breaks = [*sheet.row_breaks.brk, *sheet.col_breaks.brk]
    yield f"breaks {[one.id for one in breaks]}"
    yield f"images {len(sheet._images)}, charts {len(sheet._charts)}"
    for rule in sheet.data_validations.dataValidation:
        yield f"validation {rule.sqref}: {_flat(rule)}"
    for area in sheet.conditional_formatting:
        yield f"conditional {area.sqref}: {[_flat(rule) for rule in area.rules]}"


def _edge(edge: Any) -> list[str | None]:
    return [part.text for part in (edge.left, edge.center, edge.right)]


def _cells(sheet: Any, looks: dict[str, str]) -> Iterator[str]:
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None and not cell.has_style:
                continue
            more = [cell.comment and cell.comment.text, cell.hyperlink and cell.hyperlink.target]
            told = "".join(f" {one!r}" for one in more if one)
            yield f"{cell.coordinate} = {cell.value!r}{told} ({_look(cell, looks)})"


def _look(cell: Any, looks: dict[str, str]) -> str:
    """A digest of the cell's look; what it stands for is told once a workbook."""
    if not cell.has_style:
        return "plain"
    parts = [f"{name} {_flat(getattr(cell, name))}" for name in LOOKS]
    look = f"format {cell.number_format!r}, quoted {cell.quotePrefix}; " + "; ".join(parts)
    digest = hashlib.sha256(look.encode()).hexdigest()[:DIGITS]
    looks[digest] = look
    return digest


def _flat(thing: Any) -> str:
    """One line of openpyxl's own description, without what is not set."""
    named = re.sub(r"<openpyxl[\w.]*\.(\w+) object>\s*Parameters:", r"\1", repr(thing))
    return " ".join(re.sub(r"\b\w+=None(, )?", "", named).split())
