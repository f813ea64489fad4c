"""Reads an Excel 97–2003 workbook: we survey its records, calamine reads its values."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineWorkbook

from foundation.tablefiles.reader.facts import Numbered, SheetFacts, Table, chosen, letters
from foundation.tablefiles.reader.limits import Limits, TableRefused
from foundation.tablefiles.reader.ole import Container
from foundation.tablefiles.reader.values import plain

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SUPBOOK = 0x0809, 0x000A, 0x002F, 0x0085, 0x01AE
_ROW, _COLINFO, _MERGED, _MULRK = 0x0208, 0x007D, 0x00E5, 0x00BD
# Records of one filled cell; they begin with row and column.
_CELLS = frozenset((0x0006, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
_WORKSHEET, _MACROS = 0, 1
_BIFF5 = 0x0500


@dataclass(slots=True)
class _Surveyed:
    """What the records tell of one sheet beside the values."""

    name: str = ""
    hidden: bool = False
    kind: int = _WORKSHEET
    filled_rows: set[int] = field(default_factory=set)  # from 0
    far: tuple[int, int] | None = None
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)


def open_xls(path: Path, limits: Limits, wanted: str = "") -> Table:
    """The visible sheet ``wanted``, or the first that holds anything; names the others."""
    container = Container(path)
    if "EncryptedPackage" in container.entries:
        raise TableRefused("encrypted")
    content = container.stream("Workbook") or container.stream("Book")
    if not content:
        raise TableRefused("not_a_table")
    if "_VBA_PROJECT_CUR" in container.entries:
        raise TableRefused("macro")
    sheets = [sheet for sheet in survey(content, limits) if sheet.filled_rows]
    shown = [sheet for sheet in sheets if not sheet.hidden]
    at, others = chosen([sheet.name for sheet in shown], wanted)
    facts = SheetFacts(
        others=others,
        hidden_sheets=[sheet.name for sheet in sheets if sheet.hidden],
    )
    _take_over(shown[at], facts, limits)
    return Table(shown[at].name, _rows(path, shown[at]), facts)


def _take_over(sheet: _Surveyed, facts: SheetFacts, limits: Limits) -> None:
    if sheet.far:
        row, column = sheet.far
        raise TableRefused("too_wide", f"{letters(column)}{row + 1}")
    for row in sorted(sheet.hidden_rows & sheet.filled_rows):
        facts.hidden_rows.add(str(row + 1))
    facts.hidden_columns = sheet.hidden_columns
    for top, bottom, left, right in sheet.merges:
        facts.merge(top + 1, left + 1, bottom + 1, right + 1, limits)


def _rows(path: Path, sheet: _Surveyed) -> Iterator[Numbered]:
    with path.open("rb") as file:  # by path it would go by the name of the file
        book = CalamineWorkbook.from_filelike(file)
        read = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    if len(read) <= max(sheet.filled_rows):
        raise TableRefused("damaged")  # the library saw less than stands in the file
    for number, row in enumerate(read, start=1):
        yield number, [plain(cell) for cell in row]


def survey(content: bytes, limits: Limits) -> list[_Surveyed]:
    """The sheets in order, from the records of the workbook; raises TableRefused."""
    sheets: dict[int, _Surveyed] = {}  # by where they begin
    current: _Surveyed | None = None
    depth = 0
    version = 0
    for at, kind, body in _records(content):
        if kind == _BOF:
            depth += 1
            version = version or struct.unpack_from("<H", body)[0]
            if depth == 1:
                current = sheets.get(at)
        elif kind == _EOF:
            depth -= 1
        elif kind == _FILEPASS:
            raise TableRefused("encrypted")
        elif kind == _SUPBOOK and (b"http" in body or b"h\0t\0t\0p" in body):
            raise TableRefused("external")
        elif kind == _BOUNDSHEET:
            start, sheet = _listed(body, version)
            sheets[start] = sheet
        elif current is not None and depth == 1:
            _note(current, kind, body, limits)
    return [sheet for sheet in sheets.values() if sheet.kind == _WORKSHEET]


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<HH", content, at)
        if not kind and not length:
            return  # padding after the last record
        yield at, kind, content[at + 4 : at + 4 + length]
        at += 4 + length


def _listed(body: bytes, version: int) -> tuple[int, _Surveyed]:
    start, state, kind, length = struct.unpack_from("<IBBB", body)
    if kind == _MACROS:
        raise TableRefused("macro")
    if version == _BIFF5:
        name = body[7 : 7 + length].decode("gb18030", "replace")
    elif body[7] & 1:
        name = body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    else:
        name = body[8 : 8 + length].decode("latin-1")
    return start, _Surveyed(name, hidden=bool(state & 3), kind=kind)


def _note(sheet: _Surveyed, kind: int, body: bytes, limits: Limits) -> None:
    if kind in _CELLS or kind == _MULRK:
        row, column = struct.unpack_from("<HH", body)
        if kind == _MULRK:
            column = struct.unpack_from("<H", body, len(body) - 2)[0]
        sheet.filled_rows.add(row)
        if row >= limits.rows or column >= limits.columns:
            sheet.far = sheet.far or (row, column)
    elif kind == _ROW:
        if struct.unpack_from("<H", body, 12)[0] & 0x20:
            sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
    elif kind == _COLINFO:
        first, last, _, _, flags = struct.unpack_from("<5H", body)
        if flags & 1:
            sheet.hidden_columns.update(range(first, min(last + 1, limits.columns)))
    elif kind == _MERGED:
        count = struct.unpack_from("<H", body)[0]
        for position in range(min(count, (len(body) - 2) // 8)):
            sheet.merges.append(struct.unpack_from("<4H", body, 2 + 8 * position))
