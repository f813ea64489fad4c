"""Works out the few formulas our workbooks use, from the cells they name; anything else fails."""

import re
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

_SUM = re.compile(r"=SUM\(([A-Z]+\d+:[A-Z]+\d+)\)")
_SUMIF = re.compile(r'=SUMIF\((\$[A-Z]+\$\d+:\$[A-Z]+\$\d+),"([^"]*)",([A-Z]+\d+:[A-Z]+\d+)\)')
_RATE = re.compile(r'=IF\(([A-Z0-9+]+)=0,"—",\(([A-Z0-9+]+)\)/\(\1\)\)')
_ADDED = re.compile(r"=([A-Z]+\d+(?:\+[A-Z]+\d+)*)")


def worked_out(sheet: Worksheet, at: str) -> Any:
    """The value of a cell, its formula worked out."""
    value = sheet[at].value
    if sheet[at].data_type != "f":
        return value
    if found := _SUM.fullmatch(value):
        return sum(_values(sheet, found[1]))
    if found := _SUMIF.fullmatch(value):
        names, wanted, numbers = found.groups()
        pairs = zip(_values(sheet, names.replace("$", "")), _values(sheet, numbers), strict=True)
        return sum(number for name, number in pairs if name == wanted)
    if found := _RATE.fullmatch(value):
        base = _added(sheet, found[1])
        return _added(sheet, found[2]) / base if base else "—"
    found = _ADDED.fullmatch(value)
    assert found, f"{at}: {value}"
    return _added(sheet, found[1])


def _values(sheet: Worksheet, area: str) -> list[Any]:
    return [worked_out(sheet, cell.coordinate) for row in sheet[area] for cell in row]


def _added(sheet: Worksheet, terms: str) -> Any:
    return sum(worked_out(sheet, at) for at in terms.split("+"))


def formulas(sheet: Worksheet) -> dict[str, str]:
    """Every formula of a sheet by cell."""
    return {cell.coordinate: cell.value for row in sheet for cell in row if cell.data_type == "f"}
