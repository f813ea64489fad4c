"""The register of notices as a workbook (B15). Every cell is text, never a formula (S44)."""

from collections.abc import Callable, Iterable
from datetime import date

from openpyxl import Workbook

from foundation.workbooks.page import TEXT, CellLook, box, bytes_of, font, middle
from foundation.workbooks.plain import PlainColumn, PlainHead, PlainLine, PlainSheet, write_plain
from students.census.models import Notice

COLUMNS = (
    ("编号", 24),
    ("儿童姓名", 10),
    ("性别", 6),
    ("出生日期", 12),
    ("身份证件号", 21),
    ("监护人", 10),
    ("户籍村（居）", 15),
    ("报到学校", 15),
    ("报到时间", 13),
    ("签发日期", 12),
    ("发放日期", 12),
    ("领取人", 10),
    ("报到日期", 12),
    ("备注", 12),
)
SIGNED = "填表人：　　　　　　审核人：　　　　　　单位负责人：　　　　　　（公章）"
_TITLE, _INFO = CellLook(font(18, bold=True), middle()), CellLook(font(11), middle())
_HEAD = PlainHead(CellLook(font(11, bold=True), middle(), box(None), number_format=TEXT), 28)
_CELL = CellLook(font(11), middle(), box(None), number_format=TEXT)
_SIGNED = CellLook(font(), middle())


def register_workbook(
    rows: Iterable[Notice], year: int, unit: str, today: date, name_of: Callable[[str, int], str]
) -> bytes:
    """A4 landscape: title, unit and day, the table, and room for signatures."""
    info = f"单位：{unit}　　日期：{today:%Y年%-m月%-d日}"
    register = PlainSheet(
        (PlainLine(f"{year}年义务教育入学通知书登记册", _TITLE, 26), PlainLine(info, _INFO, 26)),
        _HEAD,
        [PlainColumn(heading, width, _CELL) for heading, width in COLUMNS],
        (_cells(notice, name_of) for notice in rows),
        line_height=15,
        spare=1,
        below=PlainLine(SIGNED, _SIGNED, 26),
        freeze="C",
    )
    book = Workbook()
    sheet = book.active
    sheet.title = "通知书登记册"
    write_plain(sheet, register)
    return bytes_of(book)


def _cells(notice: Notice, name_of: Callable[[str, int], str]) -> tuple[str, ...]:
    entrant = notice.entrant
    child = entrant.child
    guardian = next((g.name for g in child.guardians.all()), "")
    came = next((c.day for c in entrant.checkins.all() if c.undone_on is None), None)
    return (
        notice.number,
        name_of(child.name, child.pk),
        child.sex_label,
        _day(child.born_on),
        child.masked_id,
        name_of(guardian, child.pk) if guardian else "",
        str(entrant.village or ""),
        str(entrant.school.unit),
        f"{notice.register_on:%Y-%m-%d} {notice.register_hours}".strip(),
        _day(notice.issued_on),
        _day(notice.served_on),
        notice.received_by,
        _day(came),
        f"作废：{notice.cancel_reason}" if notice.cancelled_on else "",
    )


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
