"""学籍变动月报 as a workbook: the page's grouped heads, 合计 as formulas, room for signatures."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from foundation.days import full_day_words
from foundation.workbooks.definition import Branch, Leaf, Node, ValueKind, count, keyed
from foundation.workbooks.table import table_page
from foundation.workbooks.writing import write_book
from students.roster.changes.figures import HEADS, GradeRow

SIGNED = ("校长（签字）：", "学籍管理员（签字）：", "学校（盖章）：", "填报日期：")
NOTES = (
    "辍学学生在义务教育年限内保留学籍：月末仍辍学的不计在校，列入减少·辍学和在籍不在校，"
    "复学后列入增加·复学；名单见控辍保学月报。",
    "休学和转出待确认的学生不计在校，列入在籍不在校；义务教育阶段没有退学，该栏为0。",
)
_DETAILS = (
    Leaf("no", "序号", width=6),
    Leaf("name", "姓名", width=12),
    Leaf("kind", "异动类别", width=15),
    Leaf("day", "发生日期", width=13),
    Leaf("reason", "原因", width=10),
    Leaf("left", "转出（原）学校", ValueKind.TEXT, 28),
    Leaf("joined", "转入（现）学校", ValueKind.TEXT, 30),
    Leaf("state", "办理状态", width=16),
)


def _numbers() -> Iterable[Node]:
    """The columns of HEADS under the headings they share."""
    for group, members in groupby(enumerate(HEADS), key=lambda one: one[1][0]):
        leaves = tuple(count(str(number), label, 7) for number, (_, label) in members)
        yield from (Branch(group, leaves),) if group else leaves


_FIGURES: tuple[Node, ...] = (Leaf("grade", "年级", width=9), *_numbers())


def month_book(
    title: str, unit: str, day: date, rows: Sequence[GradeRow], details: Iterable[Sequence[str]]
) -> bytes:
    """Build two sheets: the figures by grade, and the list of changes.

    The last of ``rows`` is 合计, which the sheet computes itself. ``day`` is the last day counted.
    """
    period = f"统计截至：{full_day_words(day)}"
    info = (f"填报单位：{unit}（盖章）", "", "单位：人")
    grades = keyed(_FIGURES, ([row.grade, *row.cells] for row in rows[:-1]))
    numbered = keyed(_DETAILS, ([number, *one] for number, one in enumerate(details, start=1)))
    top, listed = (title, period, info), (f"{title}（异动名册）", period, info)
    pages = (
        table_page("变动月报", top, _FIGURES, grades, SIGNED, NOTES),
        table_page("异动名册", listed, _DETAILS, numbered, SIGNED, empty="本月没有异动"),
    )
    return write_book(pages, f"{day}")
