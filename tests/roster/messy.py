"""Builds rosters as schools really have them: grouped heads, totals, remarks, odd cells.

Nothing of it is a real sheet: the pupils are those of tests/roster/sheets.py.
"""

from typing import Any

from openpyxl import Workbook

from tests.roster.sheets import pupil, saved

GROUPED = (
    ["序号", "姓名", "性别", "出生日期", "身份证号", "班级", "入学时间", "监护人", None, None],
    [None, None, None, None, None, None, None, "姓名", "与学生关系", "电话"],
)
MERGED = ("A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3", "F2:F3", "G2:G3", "H2:J2")
PLAIN = ["姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]
FAR = 60  # the column, from 0, of a telephone far to the right


def line(n: int = 1, **cells: Any) -> list[Any]:
    """A pupil under the plain head."""
    one = pupil(n)
    known = {
        "name": one["姓名"],
        "sex": "男",
        "born": "20120506",
        "id_no": one["身份证件号"],
        "class_name": "八年级2班",
        "entered": "202409",
    }
    return list((known | cells).values())


def grouped_sheet() -> bytes:
    """A title, a head of two rows with merged cells, two pupils, a total, two remarks."""
    made = Workbook()
    sheet = made.active
    sheet.append(["东镇中学学生花名册"])
    for row in GROUPED:
        sheet.append(row)
    sheet.merge_cells("A1:J1")
    for cells in MERGED:
        sheet.merge_cells(cells)
    for n in (1, 2):
        name, sex, born, id_no, class_name, entered = line(n, class_name="802")
        phone = f"1390000000{n}"
        sheet.append([n, name, sex, born, id_no, class_name, entered, "王大", "父亲", phone])
    sheet.append(["合计", 2, None, None, None, None, None, None, None, "2人"])
    sheet.append(["备注：本表一式两份"])
    sheet.append([None, "填表人：李老师", None, "2025年9月1日"])
    return saved(made)


def plain_sheet(*rows: list[Any], far: str = "") -> bytes:
    """Rows under the plain head; with ``far`` each has this telephone far to the right."""
    made = Workbook()
    sheet = made.active
    for position, row in enumerate([PLAIN, *rows], start=1):
        sheet.append(row)
        if far:
            sheet.cell(position, FAR + 1, "家长电话" if position == 1 else far)
    return saved(made)
