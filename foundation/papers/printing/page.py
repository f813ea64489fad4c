"""The print page of papers. The same markup makes the PDF (pdf.py)."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from foundation.papers.printing import layout
from foundation.papers.printing.codes import address_of_picture
from foundation.papers.printing.sheets import Gap, PaperTable, Paragraph, Part, Pictures, Sheet

TEMPLATE = "papers/_sheets.html"


def as_page(sheets: Sequence[Sheet]) -> SafeString:
    """The papers as markup, for a page that links ``css/paper.css`` after the print sheet."""
    marks = {sheet.mark for sheet in sheets}
    context = {
        "sheets": [_sheet(sheet) for sheet in sheets],
        "mark": marks.pop() if len(marks) == 1 else "",
        "seal": layout.SEAL,
        "scanned": layout.SCANNED,
    }
    return SafeString(render_to_string(TEMPLATE, context))


def _sheet(sheet: Sheet) -> dict[str, Any]:
    bearer = layout.code_part(sheet)
    return {
        "landscape": sheet.landscape,
        "on_one": sheet.on_one,
        "mark": sheet.mark,
        "number": sheet.number,
        "parts": [
            _part(sheet, index, sheet.qr if part is bearer else None)
            for index, part in enumerate(sheet.parts)
        ],
    }


def _part(sheet: Sheet, index: int, qr: str | None) -> dict[str, Any]:
    part = sheet.parts[index]
    return {
        "name": part.name,
        "small": part.small,
        "opens": layout.opens_page(sheet, index),
        "cut": layout.cut(sheet.number) if index else "",
        "pieces": list(_pieces(part, qr)),
    }


def _pieces(part: Part, qr: str | None) -> Iterator[dict[str, Any]]:
    """Each piece with the name of its kind, by which the template draws it."""
    for piece in layout.pieces(part, qr):
        if isinstance(piece, Paragraph):
            yield {"kind": "paragraph", "style": piece.style.value, "text": piece.text}
        elif isinstance(piece, Gap):
            yield {"kind": "gap", "lines": range(piece.lines)}
        elif isinstance(piece, Pictures):
            yield {"kind": "pictures", "shown": piece.shown}
        elif isinstance(piece, PaperTable):
            yield {"kind": "table", **_table(piece)}
        else:
            qr_picture = address_of_picture(piece.qr) if piece.qr else ""
            yield {"kind": "signature", "is": piece, "qr": qr_picture}


def _table(table: PaperTable) -> dict[str, Any]:
    return {
        "widths": [f"{100 * share:.2f}%" for share in table.shares],
        "heads": table.rows[: table.heads],
        "rows": table.rows[table.heads :],
        "whole": table.whole,
    }
