"""Reads a pasted sheet of entrants into rows, with their faults in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from students.census.ages import complaint_about_age
from students.roster.imports.reading.cells import BadCell, id_number, phone
from students.roster.imports.reading.cells import day as read_day
from students.roster.imports.reading.cells import name as read_name
from students.roster.rules.ids import birth_of, complaint_about, sex_of

HEADINGS = ("姓名", "性别", "出生日期", "身份证件号", "监护人", "监护人电话", "户籍村（居）")
MOST_LINES = 500
_SEXES = {"男": "1", "女": "2", "1": "1", "2": "2", "": ""}


@dataclass(slots=True)
class EntrantRow:
    """One child as typed. ``village`` is the name of a unit, ``problems`` are the faults."""

    number: int = 1
    name: str = ""
    sex: str = ""
    born_on: date | None = None
    id_no: str = ""
    guardian: str = ""
    phone: str = ""
    village: str = ""
    problems: list[str] = field(default_factory=list)


def read_lines(pasted: str, school_year: int) -> list[EntrantRow]:
    """The rows of text copied from a sheet: cells parted by tabs, a heading line is skipped."""
    lines = [(n, line) for n, line in enumerate(pasted.splitlines(), start=1) if line.strip()]
    if lines and lines[0][1].split("\t")[0].strip() == HEADINGS[0]:
        lines = lines[1:]
    rows = [_read_line(number, line, school_year) for number, line in lines]
    _blame_twins(rows)
    return rows


def check_row(row: EntrantRow, school_year: int) -> EntrantRow:
    """Note the faults of a row; derive missing sex and birth date from the ID number."""
    if not row.name:
        row.problems.append("请填写姓名")
    if row.id_no and (complaint := complaint_about(row.id_no)):
        row.problems.append(complaint)
    elif row.id_no:
        row.born_on = row.born_on or birth_of(row.id_no)
        row.sex = row.sex or sex_of(row.id_no)
        if row.born_on != birth_of(row.id_no):
            row.problems.append("出生日期与身份证件号不一致，请核对")
    if row.born_on is None:
        row.problems.append("请填写出生日期")
    elif complaint := complaint_about_age(row.born_on, school_year):
        row.problems.append(complaint)
    if not row.guardian:
        row.problems.append("请填写监护人姓名")
    return row


def _read_line(number: int, line: str, school_year: int) -> EntrantRow:
    cells = [*(cell.strip() for cell in line.split("\t")), *[""] * len(HEADINGS)]
    row = EntrantRow(number)
    parsers: Mapping[str, Callable[[str], object]] = {
        "name": read_name,
        "sex": _sex,
        "born_on": _day,
        "id_no": id_number,
        "guardian": read_name,
        "phone": phone,
        "village": lambda cell: cell[:60],
    }
    for (attribute, parse), cell in zip(parsers.items(), cells, strict=False):
        try:
            setattr(row, attribute, parse(cell))
        except BadCell as error:
            row.problems.append(str(error))
    return check_row(row, school_year)


def _sex(cell: str) -> str:
    if cell not in _SEXES:
        raise BadCell("性别应为「男」或「女」，请核对")
    return _SEXES[cell]


def _day(cell: str) -> date | None:
    found = read_day(cell)
    return date.fromisoformat(found) if found else None


def _blame_twins(rows: list[EntrantRow]) -> None:
    seen: dict[str, int] = {}
    for row in rows:
        key = row.id_no or re.sub(r"\s", "", f"{row.name}{row.born_on}{row.guardian}")
        if key in seen:
            row.problems.append(f"与第{seen[key]}行重复，一名儿童只登记一次")
        else:
            seen[key] = row.number
