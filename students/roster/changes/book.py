"""学籍变动月报 as a workbook: the page's grouped heads, 合计 as formulas, room for signatures."""

from collections.abc import Iterable, Sequence
from datetime import date

from foundation.workbooks.table import TableColumn, TableSheet, write_book
from students.roster.changes.figures import HEADS, GradeRow

SIGNED = ("校长（签字）：", "学籍管理员（签字）：", "学校（盖章）：", "填报日期：")
NOTES = (
    "辍学学生在义务教育年限内保留学籍：月末仍辍学的不计在校，列入减少·辍学和在籍不在校，"
    "复学后列入增加·复学；名单见控辍保学月报。",
    "休学和转出待确认的学生不计在校，列入在籍不在校；义务教育阶段没有退学，该栏为0。",
)
_DETAILS = (
    TableColumn("序号", 6),
    TableColumn("姓名", 12),
    TableColumn("异动类别", 15),
    TableColumn("发生日期", 13),
    TableColumn("原因", 10),
    TableColumn("转出（原）学校", 28, left=True),
    TableColumn("转入（现）学校", 30, left=True),
    TableColumn("办理状态", 16),
)


def month_book(
    title: str, unit: str, day: date, rows: Sequence[GradeRow], details: Iterable[Sequence[str]]
) -> bytes:
    """Build two sheets: the figures by grade, and the list of changes.

    The last of ``rows`` is 合计, which the sheet computes itself. ``day`` is the last day counted.
    """
    period = f"统计截至：{day:%Y年%-m月%-d日}"
    info = (f"填报单位：{unit}（盖章）", "", "单位：人")
    numbers = [TableColumn(label, 7, group, adds=True) for group, label in HEADS]
    figures = TableSheet(
        "变动月报",
        title,
        period,
        info,
        (TableColumn("年级", 9), *numbers),
        [[row.grade, *row.cells] for row in rows[:-1]],
        SIGNED,
        NOTES,
    )
    listed = TableSheet(
        "异动名册",
        f"{title}（异动名册）",
        period,
        info,
        _DETAILS,
        [[number, *detail] for number, detail in enumerate(details, start=1)],
        SIGNED,
        empty="本月没有异动",
    )
    return write_book([figures, listed], f"{day}")
