"""学籍变动月报 as a workbook. Text that looks like a formula stays text (S35)."""

from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from foundation.workbooks.page import CellLook, box, bytes_of, font, middle
from foundation.workbooks.plain import PlainColumn, PlainHead, PlainLine, PlainSheet, write_plain
from students.roster.changes.figures import HEADS, GradeRow

DETAIL_HEADS = (
    "序号",
    "姓名",
    "异动类别",
    "发生日期",
    "原因",
    "转出（原）学校",
    "转入（现）学校",
    "办理状态",
)
_FIGURES = (9, *[8.5] * len(HEADS))
_DETAILS = (6, 12, 15, 13, 10, 30, 34, 16)
_TITLE, _INFO = CellLook(font(18, bold=True), middle()), CellLook(font(10))
_HEAD = PlainHead(CellLook(font(10, bold=True), middle(), box(None)))
_CELL = CellLook(font(10), middle(), box(None))


def month_book(
    title: str, info: str, rows: Iterable[GradeRow], details: Iterable[Sequence[str]]
) -> bytes:
    """Build two sheets: the figures by grade, and the list of changes."""
    book = Workbook()
    figures = book.active
    assert figures is not None
    figures.title = "变动月报"
    grades = ([row.grade, *row.cells] for row in rows)
    _sheet(figures, title, info, ("年级", *HEADS), _FIGURES, grades)
    numbered = ([n, *detail] for n, detail in enumerate(details, start=1))
    listed = book.create_sheet("异动名册")
    _sheet(listed, f"{title}（异动名册）", info, DETAIL_HEADS, _DETAILS, numbered)
    return bytes_of(book)


def _sheet(
    sheet: Any,
    title: str,
    info: str,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Iterable[Sequence[Any]],
) -> None:
    top = (PlainLine(title, _TITLE, 34), PlainLine(info, _INFO, 20))
    columns = [PlainColumn(*one, _CELL) for one in zip(heads, widths, strict=True)]
    write_plain(sheet, PlainSheet(top, _HEAD, columns, rows, foot_size=8))
