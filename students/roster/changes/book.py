"""学籍变动月报 as a workbook: the page's grouped heads, 合计 as formulas, room for signatures."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from foundation.accounts.roles import Reach
from foundation.days import full_day_words
from foundation.workbooks.definition import Branch, Leaf, Node, ValueKind, count, keyed
from foundation.workbooks.table import table_page
from foundation.workbooks.writing import write_book
from students.roster.changes.figures import HEADS
from students.roster.changes.months import MonthOfChanges

SIGNED = ("校长（签字）：", "学籍管理员（签字）：", "学校（盖章）：", "填报日期：")
_SIGNED_BY = {
    Reach.COUNTY: ("局领导（签字）：", "填报人（签字）：", "县教育局（盖章）：", "填报日期："),
    Reach.BELOW: ("中心校负责人（签字）：", "填报人（签字）：", "中心校（盖章）：", "填报日期："),
}
NOTES = (
    "辍学学生在义务教育年限内保留学籍：月末仍辍学的不计在校，列入减少·辍学和在籍不在校，"
    "复学后列入增加·复学；月末仍辍学的，名单见控辍保学月报的在册未返名单。",
    "本表比较月初和月末：月内辍学又返校的，两栏都不列；转出待确认、休学期间辍学的，已经不在校，"
    "不再列入减少·辍学。控辍保学月报的「辍学·本月新增」「劝返复学」按发生人次计，这些都计入，"
    "数字可能更大。",
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


def finished_words(number: int) -> str:
    """What page and file say of pupils whose class has finished. The page links to them."""
    return f"另有{number}名学生所在班级已结束学业、尚未办理毕业，未列入本表。"


def signed_by(reach: Reach) -> tuple[str, ...]:
    """Who signs the report of a school, of a central school's schools, or of the county."""
    return _SIGNED_BY.get(reach, SIGNED)


def _numbers() -> Iterable[Node]:
    """The columns of HEADS under the headings they share."""
    for group, members in groupby(enumerate(HEADS), key=lambda one: one[1][0]):
        leaves = tuple(count(str(number), label, 7) for number, (_, label) in members)
        yield from (Branch(group, leaves),) if group else leaves


_FIGURES: tuple[Node, ...] = (Leaf("grade", "年级", width=9), *_numbers())


def month_book(
    title: str,
    unit: str,
    month: MonthOfChanges,
    details: Iterable[Sequence[str]],
    signed: tuple[str, ...],
) -> bytes:
    """Build two sheets: the figures by grade, and the list of changes.

    The last of the month's rows is 合计, which the sheet computes itself.
    """
    day, rows = month.last, month.rows
    notes = (*NOTES, finished_words(len(month.finished))) if month.finished else NOTES
    period = f"统计截至：{full_day_words(day)}"
    info = (f"填报单位：{unit}（盖章）", "", "单位：人")
    grades = keyed(_FIGURES, ([row.grade, *row.cells] for row in rows[:-1]))
    numbered = keyed(_DETAILS, ([number, *one] for number, one in enumerate(details, start=1)))
    top, listed = (title, period, info), (f"{title}（异动名册）", period, info)
    pages = (
        table_page("变动月报", top, _FIGURES, grades, signed, notes),
        table_page("异动名册", listed, _DETAILS, numbered, signed, empty="本月没有异动"),
    )
    return write_book(pages, f"{day}")
