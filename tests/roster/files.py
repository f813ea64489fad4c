"""Files as schools send them, one maker for each dress, and a reader of the bytes of one."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from foundation.tablefiles.reading import SCHOOL, Limits, ReadSheet, Unreadable, read_workbook

Rows = Sequence[Sequence[Any]]


def read_bytes(content: bytes, limits: Limits = SCHOOL, name: str = "名册.xlsx") -> ReadSheet:
    """The sheet in these bytes."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_workbook(path, limits)


def complaint(content: bytes, limits: Limits = SCHOOL) -> str:
    """Why these bytes are refused; fails when they are read."""
    try:
        sheet = read_bytes(content, limits)
    except Unreadable as refused:
        return str(refused)
    raise AssertionError(f"read: {str(sheet.rows[:3])[:200]}")


def xls_book(rows: Rows, **looks: Any) -> bytes:
    """The old binary workbook; ``looks`` is done to the sheet afterwards."""
    made = xlwt.Workbook()
    sheet = made.add_sheet("学生信息")
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                sheet.write(r, c, value, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
            elif value is not None:
                sheet.write(r, c, value)
    for look in looks.values():
        look(made, sheet)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def ods_book(rows: Rows, sheets: Mapping[str, Rows] | None = None) -> bytes:
    """An OpenDocument workbook; ``sheets`` are further ones by name."""
    made = OpenDocumentSpreadsheet()
    for name, cells in ({"学生信息": rows} | dict(sheets or {})).items():
        table = Table(name=name)
        for row in cells:
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(value))
            table.addElement(line)
        made.spreadsheet.addElement(table)
    target = BytesIO()
    made.write(target)
    return target.getvalue()


def _ods_cell(value: Any) -> Any:
    if value is None:
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=str(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def page(rows: Rows, charset: str = "") -> str:
    """A web page with one table, as many systems export it under the name of .xls."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'
    out = StringIO()
    for row in rows:
        cells = "".join(f"<td>{'' if value is None else value}</td>" for value in row)
        out.write(f"<tr>{cells}</tr>\n")
    return (
        f"<html><head>{meta if charset else ''}</head><body><table>{out.getvalue()}</table></body>"
    )


def delimited(rows: Rows, separator: str = ",") -> str:
    """Plain text."""
    lines = (separator.join("" if v is None else str(v) for v in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines)


def changed(content: bytes, changes: Mapping[str, Any], more: Mapping[str, bytes] = {}) -> bytes:
    """An archive whose parts went through a function; ``more`` are added."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part) if name in changes else part)
        for name, part in more.items():
            new.writestr(name, part)
    return target.getvalue()
