"""The opening workbook to fill in: a page of notes, six sheets with what is known already."""

from collections.abc import Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from foundation.accounts.roles import role_of
from foundation.workbooks.blank import note
from foundation.workbooks.page import (
    TEXT,
    CellLook,
    boxed,
    bytes_of,
    filled,
    free,
    middle,
    put,
    set_widths,
)
from foundation.workbooks.paper import repeat_head, set_a4
from kongchuo.setup.opening.rules.book import KnownCounty, Values
from kongchuo.setup.opening.rules.definition import (
    EXAMPLE,
    SHEETS,
    TITLE,
    VERSION,
    OpeningColumn,
    OpeningSheet,
)
from kongchuo.setup.opening.rules.people_checks import offered_roles

NOTES = "填写说明"
HEAD, FIRST, LAST = 3, 5, 3000  # rows: of the headings, of the data, the last with drop-downs
MUST, OTHER, GREY = "FFF2CC", "EAF1FB", "7F7F7F"
_LINES = (
    "1. 一张表填一类，从左到右填：后面的表要用到前面的名称。",
    "2. 黄色栏目必填。带“例”的一行是例子，不会读入，也可以删去。不要改表名和表头。",
    "3. 可以先填一部分上传，以后再传：已经登记过的行不变，新的行增加。",
    "4. 上传后先核对，哪一格要改都会写明；您确认以后才写入，全部写入或全部不写入。",
    "5. 乡镇和村可以不填这两张表，直接上传统计局的区划代码表（要有“代码”“名称”两栏）。",
    "6. 手机号就是本人登录的账号，一人一号，不能两人合用。",
    "7. 县级职务（局领导、基教股、督导室和三种管理员）写入后还不能用，要由第二人登录确认。",
)


def opening_book(known: KnownCounty, place: str) -> bytes:
    """The workbook for the county of this name, with the rows that it holds already."""
    book = Workbook()
    _notes(book.active, place)
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.name), sheet, known, place)
    book.active = 1
    return bytes_of(book)


def _notes(page: Any, place: str) -> None:
    page.title = NOTES
    put(page["A1"], _title(place), free(14, "left", bold=True, wrap=False))
    look = free(11, "left")
    for row, line in enumerate(_LINES, start=3):
        put(page.cell(row, 1), line, look)
    set_widths(page, (100,))
    set_a4(page)


def _title(place: str, sheet: str = "") -> str:
    return f"{TITLE}（第{VERSION}版）　{place}{'　' + sheet if sheet else ''}"


def _fill(page: Any, sheet: OpeningSheet, known: KnownCounty, place: str) -> None:
    put(page["A1"], _title(place, sheet.name), free(12, "left", bold=True, wrap=False))
    put(page["A2"], sheet.note, free(10, "left", wrap=False, colour=GREY))
    for position, column in enumerate(sheet.columns, start=1):
        _head(page, position, column)
    rows = [_shown(sheet, values, known) for values in known.of(sheet.code).values()]
    for at, values in enumerate(rows, start=FIRST):
        for position, column in enumerate(sheet.columns, start=1):
            put(page.cell(at, position), values.get(column.field, ""), CellLook(number_format=TEXT))
    set_widths(page, (column.width for column in sheet.columns))
    set_a4(page)
    repeat_head(page, 1, HEAD, freeze="A")


def _head(page: Any, position: int, column: OpeningColumn) -> None:
    colour = MUST if column.must else OTHER
    cell = put(page.cell(HEAD, position), column.heading, boxed(11, bold=True, fill=colour))
    if column.hint:
        note(cell, column.hint)
    example = f"{EXAMPLE}：{column.example}" if position == 1 else column.example
    look = CellLook(
        Font(italic=True, color=GREY), middle("left", wrap=False), None, filled("F7F7F7"), TEXT
    )
    put(page.cell(HEAD + 1, position), example, look)
    letter = cell.column_letter
    page.column_dimensions[letter].number_format = TEXT
    if formula := _choices(column):
        rule = DataValidation(
            type="list", formula1=formula, allow_blank=True, showErrorMessage=False
        )
        rule.add(f"{letter}{FIRST}:{letter}{LAST}")
        page.add_data_validation(rule)


def _choices(column: OpeningColumn) -> str:
    """What the drop-down offers: fixed words, or the cells of another sheet of this workbook."""
    words = column.choices
    if column.field == "role":
        words = tuple(role.label for role in offered_roles())
    if words:
        return f'"{",".join(words)}"'
    if column.chosen_from is None:
        return ""
    code, field = column.chosen_from
    sheet = next(one for one in SHEETS if one.code == code)
    letter = chr(ord("A") + [one.field for one in sheet.columns].index(field))
    return f"'{sheet.name}'!${letter}${FIRST}:${letter}${LAST}"


def _shown(sheet: OpeningSheet, values: Values, known: KnownCounty) -> Mapping[str, str]:
    """A known row in the words that a person types."""
    if sheet.code == "people":
        names = {ref.token: ref.name for ref in known.units}
        role = role_of(values["role"]).label
        return {**values, "role": role, "unit": names.get(values["unit"], "")}
    return values
