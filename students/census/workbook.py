"""The register of notices as a workbook (B15). Every cell is text, never a formula (S44)."""

from collections.abc import Callable, Iterable
from datetime import date

from foundation.days import full_day_words
from foundation.workbooks.definition import Block, columns, keyed
from foundation.workbooks.dress import BookLook, TopLine
from foundation.workbooks.layout import one_table
from foundation.workbooks.page import CellLook, box, boxed, font, middle
from foundation.workbooks.plain import plain_dress
from foundation.workbooks.writing import write_book
from students.census.models import Notice
from students.census.notices.table import taken_by, void_reason

_BLOCK = Block(
    "",
    columns(
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
    ),
    if_empty="",
)
SIGNED = "填表人：　　　　　　审核人：　　　　　　单位负责人：　　　　　　（公章）"
_DRESS = plain_dress(
    top=(
        TopLine((CellLook(font(18, bold=True), middle()),), 26),
        TopLine((CellLook(font(11), middle()),), 26),
    ),
    looks={
        BookLook.HEAD: boxed(11, bold=True, border=box(None)),
        BookLook.WORD: boxed(11, border=box(None)),
    },
    line=15,
    spare=1,
    head_height=28,
    gap=1,
    signature=CellLook(font(), middle()),
    signature_height=26,
)


def register_workbook(
    rows: Iterable[Notice], year: int, unit: str, today: date, name_of: Callable[[str, int], str]
) -> bytes:
    """A4 landscape: title, unit and day, the table, and room for signatures."""
    info = f"单位：{unit}　　日期：{full_day_words(today)}"
    top = ((f"{year}年义务教育入学通知书登记册",), (info,))
    cells = keyed(_BLOCK.tree, (_cells(notice, name_of) for notice in rows))
    page = one_table("通知书登记册", _DRESS, top, _BLOCK, cells, footer=(SIGNED,), freeze=2)
    return write_book([page])


def _cells(notice: Notice, name_of: Callable[[str, int], str]) -> tuple[str, ...]:
    entrant = notice.entrant
    child = entrant.child
    guardian = next((g.name for g in child.guardians.all()), "")
    came = next((c.day for c in entrant.checkins.all() if c.undone_on is None), None)
    return (
        notice.paper.number,
        name_of(child.name, child.pk),
        child.sex_label,
        _day(child.born_on),
        child.masked_id,
        name_of(guardian, child.pk) if guardian else "",
        str(entrant.village or ""),
        str(entrant.school.unit),
        f"{notice.register_on:%Y-%m-%d} {notice.register_hours}".strip(),
        _day(notice.paper.signed_on),
        _day(notice.paper.served_on),
        taken_by(notice),
        _day(came),
        f"作废：{void_reason(notice)}" if notice.cancelled_on else "",
    )


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""
