"""Reads a sheet of people as rows: name, account, post, unit, class, first day."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from foundation.tablefiles.cell import Cell
from students.roster.imports.reading.cells import BadCell, day, name, text

MAX_ROWS = 3_000
HEAD_WITHIN = 10  # rows; titles may stand above the headings
TOO_MANY = f"表中超过{MAX_ROWS}人。请按乡镇或学校分成几个文件上传。"
NO_HEADINGS = "没有找到「姓名」「账号」「职务」三个栏目。请下载模板，把人员填入模板后再上传。"
OTHERS = (
    "表的标题写的是「{name}」，不是您管理的单位，没有登记。那里的人员，请由那里的管理人员登记；"
    "确实是您单位的，请下载模板填写，或者把标题改成本单位的名称，再重新上传。"
)
NO_ROWS = "表头下面没有数据行。请填写人员后再上传。"

# Field → its headings; the first is the template's.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "教师姓名", "人员姓名"),
    "login": ("账号", "工号", "手机号", "手机号码", "登录账号", "账号工号手机号", "联系电话"),
    "role": ("职务", "岗位", "任职"),
    "unit": ("单位", "单位名称", "学校", "学校名称", "学校标识码", "村名", "所在单位"),
    "class_name": ("班级", "任教班级", "所带班级"),
    "starts_on": ("任职起", "任职起始", "任职日期", "任职起始日期", "起始日期"),
}
MUST = ("name", "login", "role")
LOGIN = re.compile(r"^[\w.@+-]{4,40}$")
BAD_LOGIN = "账号用工号或手机号，4至40位，只用数字、字母和 . @ + - _"


class WrongStaffSheet(Exception):
    """The sheet is not a list of people; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a cell: the column's letter, its heading, and what to do."""

    column: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person with one post from a sheet or a form; ``number`` is the row of the sheet."""

    number: int
    name: str
    login: str
    role: str
    unit: str = ""
    class_name: str = ""
    starts_on: date | None = None
    problems: tuple[Problem, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()  # field → letter

    def problem(self, field: str, message: str) -> Problem:
        """Return a problem of one field, with its column where the sheet has it."""
        return Problem(dict(self.columns).get(field, ""), HEADINGS[field][0], message)


def read_staff(rows: Sequence[Sequence[Cell]]) -> list[StaffRow]:
    """Return the people of a sheet; raises WrongStaffSheet."""
    at, places = _headings(rows)
    letters = tuple((field, _letter(position)) for field, position in places.items())
    found = []
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        values = {f: cells[p] if p < len(cells) else None for f, p in places.items()}
        if any(text(value) for value in values.values()):
            found.append(_row(number, values, letters))
    if not found:
        raise WrongStaffSheet(NO_ROWS)
    if len(found) > MAX_ROWS:
        raise WrongStaffSheet(TOO_MANY)
    return found


def title_of(rows: Sequence[Sequence[Cell]]) -> str:
    """Return what stands above the headings; raises WrongStaffSheet."""
    return "".join(text(cell) for line in rows[: _headings(rows)[0]] for cell in line)


def _headings(rows: Sequence[Sequence[Cell]]) -> tuple[int, dict[str, int]]:
    fields = {title: field for field, titles in HEADINGS.items() for title in titles}
    for at, cells in enumerate(rows[:HEAD_WITHIN]):
        places: dict[str, int] = {}
        for position, cell in enumerate(cells):
            field = fields.get(_plain(text(cell)))
            if field is not None:
                places.setdefault(field, position)
        if all(field in places for field in MUST):
            return at, places
    raise WrongStaffSheet(NO_HEADINGS)


def _plain(title: str) -> str:
    """Return a heading without marks, spaces and bracketed text."""
    inside = re.sub(r"[（(].*?[)）]", "", unicodedata.normalize("NFKC", title))
    return re.sub(r"[★☆*\s/、:]", "", inside)


def _row(number: int, cells: Mapping[str, Cell], letters: tuple[tuple[str, str], ...]) -> StaffRow:
    values: dict[str, str] = {}
    wrong: list[tuple[str, str]] = []
    for field, cell in cells.items():
        try:
            values[field] = _PARSERS.get(field, text)(cell)
        except BadCell as bad:
            values[field] = ""
            wrong.append((field, str(bad)))
    starts = values.pop("starts_on", "")
    row = staff_row(number, starts_on=_date(starts), columns=letters, **values)
    more = tuple(row.problem(field, message) for field, message in wrong)
    return StaffRow(**{**_fields(row), "problems": row.problems + more})


def staff_row(number: int, **values: Any) -> StaffRow:
    """Return a row with its own problems: missing values, and an account name that is not
    allowed."""
    row = StaffRow(number, **values)
    problems = [row.problem(f, "请填写") for f in MUST if not getattr(row, f)]
    if row.login and not LOGIN.match(row.login):
        problems.append(row.problem("login", BAD_LOGIN))
    if len(row.name) > 40:
        problems.append(row.problem("name", "姓名超过40个字，请核对"))
    return StaffRow(**{**_fields(row), "problems": tuple(problems)})


def packed(row: StaffRow) -> dict[str, Any]:
    """Return the row as plain values, to be signed into a preview. Its problems are made again
    later."""
    values = asdict(row)
    del values["problems"]
    return values | {"starts_on": row.starts_on.isoformat() if row.starts_on else ""}


def unpacked(values: Mapping[str, Any]) -> StaffRow:
    """Return the row that ``packed`` made."""
    columns = tuple((field, letter) for field, letter in values["columns"])
    starts = values["starts_on"]
    return staff_row(
        **{
            **values,
            "columns": columns,
            "starts_on": date.fromisoformat(starts) if starts else None,
        }
    )


def _fields(row: StaffRow) -> dict[str, Any]:
    return {field: getattr(row, field) for field in StaffRow.__dataclass_fields__}


def _login(cell: Cell) -> str:
    return "".join(unicodedata.normalize("NFKC", text(cell)).split())


def _date(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


def _letter(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_PARSERS: Mapping[str, Any] = {"name": name, "login": _login, "starts_on": day}
