"""学籍变动月报 as a workbook; a name that looks like a formula stays text (S35)."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from foundation.workbooks.listing import lines_in
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
_FONT = "宋体"
_INCH = 2.54
_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def month_book(
    title: str, info: str, rows: Iterable[GradeRow], details: Iterable[Sequence[str]]
) -> bytes:
    """Two sheets: the figures by grade, and the list of changes."""
    book = Workbook()
    figures = book.active
    assert figures is not None
    figures.title = "变动月报"
    grades = ([row.grade, *row.cells] for row in rows)
    _sheet(figures, title, info, ("年级", *HEADS), _FIGURES, grades)
    numbered = ([n, *detail] for n, detail in enumerate(details, start=1))
    listed = book.create_sheet("异动名册")
    _sheet(listed, f"{title}（异动名册）", info, DETAIL_HEADS, _DETAILS, numbered)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(
    sheet: Any,
    title: str,
    info: str,
    heads: Sequence[str],
    widths: Sequence[float],
    rows: Iterable[Sequence[Any]],
) -> None:
    sheet.append([title])
    sheet.append([info])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    for line in sheet.iter_rows(min_row=3, max_col=len(heads)):
        for cell in line:
            cell.border, cell.alignment = _BOX, _MIDDLE
            cell.font = Font(name=_FONT, size=10, bold=cell.row == 3)
            if isinstance(cell.value, str):
                # openpyxl takes a leading = for a formula.
                cell.data_type = "s"
    for number in (1, 2):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(heads))
    sheet["A1"].font, sheet["A1"].alignment = Font(name=_FONT, size=18, bold=True), _MIDDLE
    sheet["A2"].font = Font(name=_FONT, size=10)
    _set_sizes(sheet, widths)
    _for_paper(sheet)


def _set_sizes(sheet: Any, widths: Sequence[float]) -> None:
    """Widths by what stands there; a row is as high as its longest words need."""
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for number, line in enumerate(sheet.iter_rows(min_row=3), start=3):
        lines = max(
            lines_in(str(cell.value or ""), round(width))
            for cell, width in zip(line, widths, strict=True)
        )
        sheet.row_dimensions[number].height = 8 + 14 * lines
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 34, 20


def _for_paper(sheet: Any) -> None:
    """A4, landscape, one page wide, the head on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:3"
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 1.0 / _INCH
    margins.top, margins.bottom, margins.footer = 1.4 / _INCH, 1.6 / _INCH, 0.8 / _INCH
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
    sheet.oddFooter.center.size = 8
