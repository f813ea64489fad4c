"""Workbooks for the tests: a pupil as a row of the registry's sheet, and sheets of other shapes."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from students.roster.imports.books.template_book import registry_workbook
from students.roster.rules.ids import invent

SCHOOL_CODE = "3153000101"  # the cast's own school
NEXT_SCHOOL_CODE = "3153000102"
VILLAGE_CODE = "530999101201"
BORN = date(2012, 5, 6)


def pupil(n: int = 1, **cells: Any) -> dict[str, Any]:
    """A pupil of class 2 of grade 8 (school year 2025–2026); ``n`` makes name and numbers differ.

    Cells are given by their heading.
    """
    row = {
        "学校标识码": SCHOOL_CODE,
        "姓名": f"王小{'甲乙丙丁戊己庚辛壬癸'[n % 10]}{'' if n < 10 else n}",
        "性别": "男",
        "出生日期": BORN,
        "民族": "汉族",
        "身份证件类型": "居民身份证",
        "身份证件号": invent(BORN, n % 500, "1"),
        "户口所在地": VILLAGE_CODE,
        "班级": "2",
        "入学年月": "202409",
        "就读方式": "走读",
        "现住址": f"东镇东村{n}组8号",
        "联系电话": f"1380000{n:04d}",
        "成员1姓名": f"王大{n}",
        "成员1关系": "父亲",
        "成员1联系电话": f"1390000{n:04d}",
        "成员1是否监护人": "是",
    }
    return row | cells


def book(*rows: dict[str, Any]) -> bytes:
    """The registry's 71-column sheet."""
    return registry_workbook(rows)


def plain_book(rows: Sequence[Sequence[Any]], title: str = "Sheet1") -> bytes:
    """A workbook with these cells, typed as Excel would type them."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(made)


def saved(made: Workbook) -> bytes:
    """The bytes of a workbook."""
    target = BytesIO()
    made.save(target)
    return target.getvalue()
