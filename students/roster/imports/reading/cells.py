"""Parses one cell of a sheet into one value: a code, a date, a number, a name, a text.

Raises BadCell with a Chinese message.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from foundation.tablefiles.cell import Cell
from students.roster.rules import codes
from students.roster.rules.roster_column import CellKind, RosterColumn

Parser = Callable[[Cell], str]

NUMERIC_ID = "证件号已被Excel转成数字，末位不可信，请将该列设为文本后重新粘贴"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]"
)
_TEXT_MARKS = frozenset("'’‘＇`")
_SCIENTIFIC = re.compile(r"^[0-9](\.[0-9]+)?E\+?[0-9]+$")
_CJK_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])")
_DOTS = str.maketrans(dict.fromkeys("•・‧∙･●．", "·"))
_DATE = re.compile(
    r"^([0-9]{4})(?:([0-9]{2})([0-9]{2})|[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?)$"
)
_TIME = re.compile(r"(T|\s)\s*[0-9]{1,2}:[0-9:.]*$")
_MONTH = re.compile(r"^([0-9]{4})(?:([0-9]{2})|[-/.年]([0-9]{1,2})月?)$")
# Excel counts days from here. Only 1954 to 2064 is accepted, so no year or code is read as a day.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(20_000, 60_001)
_WHOLE_DIGITS = 15  # decimal digits that a float keeps exactly


class BadCell(ValueError):
    """The cell cannot be read; the message says why and how to correct it, in Chinese."""


def text(cell: Cell) -> str:
    """Return the text without invisible characters, outer spaces and a leading apostrophe.

    The apostrophe tells Excel that a number is text; some programs write it into the cell.
    """
    if cell is None:
        return ""
    if isinstance(cell, str):
        # Invisible characters are not printable, so most cells need no search.
        plain = (cell if cell.isprintable() else _INVISIBLE.sub("", cell)).strip()
        return plain[1:].lstrip() if plain[:1] in _TEXT_MARKS else plain
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float | int):
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    return cell.isoformat()


def identifier(cell: Cell) -> str:
    """Return digits and letters in half width and upper case, without spaces."""
    if isinstance(cell, str) and cell.isascii() and cell.isalnum():
        return cell.upper()
    return "".join(unicodedata.normalize("NFKC", text(cell)).split()).upper()


def name(cell: Cell) -> str:
    """Return a person's name with 「·」 unified and spaces removed.

    NFKC is not applied: it would replace rare characters.
    """
    if isinstance(cell, str) and len(cell) <= 60 and cell.isalpha():
        return cell
    value = _CJK_GAP.sub("", text(cell).translate(_DOTS))
    if len(value) > 60:
        raise BadCell("姓名超过60个字，请核对")
    return " ".join(value.split())


def long_text(cell: Cell) -> str:
    """Return an address: one line of at most 200 characters."""
    value = " ".join(text(cell).split())
    if len(value) > 200:
        raise BadCell("内容超过200个字，请缩短")
    return value


def id_number(cell: Cell) -> str:
    """Return an identity number as text. Refuses a numeric cell of more than 15 digits: Excel has
    lost the last ones."""
    if isinstance(cell, float | int) and abs(cell) >= 10**_WHOLE_DIGITS:
        raise BadCell(NUMERIC_ID)
    value = identifier(cell)
    if "E" in value and _SCIENTIFIC.match(value):
        raise BadCell(NUMERIC_ID)
    if len(value) > 30:
        raise BadCell("身份证件号超过30位，请核对")
    return value


def registry_number(cell: Cell) -> str:
    """Return a 学籍号: G, J or L and 18 characters (forms 2.4)."""
    value = identifier(cell)
    if value and not re.match(r"^[GJL][0-9]{17}[0-9X]$", value):
        raise BadCell("学籍号应为字母G、J或L加18位数字（末位可为X），请核对")
    return value


def day(cell: Cell) -> str:
    """Return a date as 2011-01-01."""
    found = _day(cell)
    if found is None:
        return ""
    return found.isoformat()


def month(cell: Cell) -> str:
    """Return a month as 2014-09."""
    if isinstance(cell, date):
        return f"{cell:%Y-%m}"
    value = identifier(cell)
    if not value:
        return ""
    match = _MONTH.match(value)
    if match and 1 <= int(match[2] or match[3]) <= 12 and 1990 <= int(match[1]) <= 2100:
        return f"{match[1]}-{int(match[2] or match[3]):02d}"
    try:
        return day(cell)[:7]
    except BadCell:
        raise BadCell("入学年月应写成6位数字，如202409，请核对") from None


def month_alone(cell: Cell) -> str:
    """Return 2012-05 of a date that names no day, as 2012年5月; "" of any other cell."""
    match = None if cell is None or isinstance(cell, date) else _MONTH.match(identifier(cell))
    if match is None or not 1 <= int(match[2] or match[3]) <= 12:
        return ""
    return f"{match[1]}-{int(match[2] or match[3]):02d}"


def phone(cell: Cell) -> str:
    """Return a telephone number: digits, with a hyphen after the area code."""
    value = identifier(cell)
    if len(value) == 11 and value.isdecimal() and value.isascii():
        return value
    digits = re.sub(r"[-()+]", "", value)
    if value and not re.match(r"^[0-9]{7,15}$", digits):
        raise BadCell("联系电话应为7至15位数字，请核对")
    return re.sub(r"[()+]", "", value)


def region(cell: Cell) -> str:
    """Return a statistical code of 6, 9 or 12 digits (forms 2.3)."""
    value = identifier(cell)
    if value and not (len(value) in (6, 9, 12) and value.isascii() and value.isdecimal()):
        raise BadCell(
            "户口所在地写的是文字或位数不对，认不出是本县哪个村（居），原文照存，列入户籍待核实；"
            "请填12位行政区划代码，或导入后在学生页上核实户籍"
        )
    return value


def school_code(cell: Cell) -> str:
    """Return a 学校标识码: 10 digits."""
    value = identifier(cell)
    if value and not re.match(r"^[0-9]{10}$", value):
        raise BadCell("学校标识码应为10位数字，请核对")
    return value


def one_of(names: Mapping[str, str], *others: tuple[str, str]) -> Parser:
    """Return a parser that takes a code or its name and returns the code.

    ``others`` are further names with their code.
    """
    by_name = {value: code for code, value in names.items()} | dict(others)

    def parse(cell: Cell) -> str:
        value = identifier(cell)
        plain = re.split(r"[-—:：]", value, maxsplit=1)[0]  # 「1-男」
        for candidate in (value, plain, value.zfill(2), value.lstrip("0")):
            if candidate in names:
                return candidate
        found = by_name.get(text(cell)) or by_name.get(value)
        if value and found is None:
            raise BadCell(f"「{value[:20]}」不在代码表中，应为{_some(names)}")
        return found or ""

    return parse


def relation(cell: Cell) -> str:
    """Return the word for a family member: the name of a code, or the typed word of at most 20
    characters."""
    return codes.RELATIONS.get(identifier(cell)) or text(cell)[:20]


def ethnicity(cell: Cell) -> str:
    """Return the GB/T 3304 code of 「汉」, 「汉族」, 「01」 or 「1」."""
    value = text(cell)
    if value and not value.isdecimal() and not value.endswith(("族", "其他", "人士")):
        value += "族"
    return _ethnicity(value)


_ethnicity = one_of(codes.ETHNICITY_NAMES)


def short(limit: int) -> Parser:
    """Return a parser for an identifier of at most ``limit`` characters."""

    def parse(cell: Cell) -> str:
        value = identifier(cell)
        if len(value) > limit:
            raise BadCell(f"内容超过{limit}位，请核对")
        return value

    return parse


_BY_KIND: Mapping[CellKind, Parser] = {
    CellKind.TEXT: text,
    CellKind.LONG_TEXT: long_text,
    CellKind.NAME: name,
    CellKind.DAY: day,
    CellKind.MONTH: month,
    CellKind.ID_NUMBER: id_number,
    CellKind.REGISTRY_NUMBER: registry_number,
    CellKind.SCHOOL_CODE: school_code,
    CellKind.REGION: region,
    CellKind.PHONE: phone,
    CellKind.RELATION: relation,
    CellKind.ETHNICITY: ethnicity,
}
# Kinds whose parser depends on other facts of the column.
_BY_COLUMN: Mapping[CellKind, Callable[[RosterColumn], Parser]] = {
    CellKind.SHORT: lambda column: short(column.longest),
    CellKind.CODE: lambda column: _code_of(column),
}
assert {*_BY_KIND, *_BY_COLUMN} == set(CellKind), "a kind of cell has no parser"


def parser_of(column: RosterColumn) -> Parser:
    """Return the parser for the column's cells."""
    return _BY_KIND.get(column.kind) or _BY_COLUMN[column.kind](column)


def _code_of(column: RosterColumn) -> Parser:
    assert column.codes is not None  # the table refuses a column of codes without them
    return one_of(column.codes.names, *column.codes.others)


def _some(names: Mapping[str, str]) -> str:
    shown = list(names.values())[:7]
    return "、".join(f"「{name}」" for name in shown) + ("等" if len(names) > 7 else "")


def _day(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    typed = unicodedata.normalize("NFKC", text(cell))
    value = identifier(_TIME.sub("", typed))
    if not value:
        return None
    if re.match(r"^[0-9]{5}(\.[0-9]+)?$", value) and int(value[:5]) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(value[:5]))
    match = _DATE.match(value)
    try:
        if match:
            return date(int(match[1]), int(match[2] or match[4]), int(match[3] or match[5]))
    except ValueError:
        pass
    raise BadCell("日期应写成8位数字或用短横隔开，如20110101、2011-01-01，且须是真实日期，请核对")
