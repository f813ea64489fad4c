"""学籍变动月报 as a workbook; a name that looks like a formula stays text (S35)."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from students.roster.change_figures import HEADS, GradeRow

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
    _sheet(figures, title, info, ("年级", *HEADS), ([row.grade, *row.cells] for row in rows))
    numbered = ([n, *detail] for n, detail in enumerate(details, start=1))
    _sheet(book.create_sheet("异动名册"), f"{title}（异动名册）", info, DETAIL_HEADS, numbered)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(
    sheet: Any, title: str, info: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    sheet.append([title])
    sheet.append([info])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    for line in sheet.iter_rows(min_row=3, max_col=len(heads)):
        for cell in line:
            cell.border, cell.alignment = _BOX, _MIDDLE
            if isinstance(cell.value, str):
                # openpyxl takes a leading = for a formula.
                cell.data_type = "s"
    for number in (1, 2):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(heads))
    sheet["A1"].font, sheet["A1"].alignment = Font(size=16, bold=True), _MIDDLE
    _for_paper(sheet, len(heads))


def _for_paper(sheet: Any, columns: int) -> None:
    """A4, landscape, one page wide."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:3"
    for number in range(1, columns + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 10
