"""导入回执: what was imported, by whom, when and from which file, as a workbook of one A4 page."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

TITLE = "学生名册导入回执"
TEXT = "@"
_THIN = Side(style="thin", color="000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(vertical="center", wrap_text=True)


def receipt_workbook(facts: Iterable[tuple[str, str]]) -> bytes:
    """Labels and values, one below the other, with room for signatures; every cell is text."""
    book = Workbook()
    sheet = book.active
    sheet.title = "导入回执"
    sheet.merge_cells("A1:B1")
    sheet["A1"], sheet["A1"].font = TITLE, Font(bold=True, size=16)
    sheet["A1"].alignment = Alignment(horizontal="center", vertical="center")
    sheet.row_dimensions[1].height = 36
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 22, 66
    line = 2
    for line, fact in enumerate(facts, start=2):
        for column, words in enumerate(fact, start=1):
            cell = sheet.cell(line, column, words)
            cell.data_type, cell.number_format = "s", TEXT
            cell.border, cell.alignment = _BOX, _WRAP
    sheet.cell(line + 2, 1, "经办人（签字）：")
    sheet.cell(line + 2, 2, "单位（盖章）：")
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    target = BytesIO()
    book.save(target)
    return target.getvalue()
