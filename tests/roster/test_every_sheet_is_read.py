"""Of a workbook of any kind every visible sheet is read, each by a process of its own."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook

from foundation.tablefiles.reading import Unreadable, open_workbook, read_sheets
from tests.roster.files import ods_book

SHEETS = {"乡镇": [["代码", "名称"], ["530999101", "东镇"]], "村": [["代码"], ["530999101201"]]}


def _xlsx() -> bytes:
    book, target = Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in SHEETS.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.create_sheet("空")
    hidden = book.create_sheet("选项")
    hidden.append(["是"])
    hidden.sheet_state = "hidden"
    book.save(target)
    return target.getvalue()


def _xls() -> bytes:
    book, target = xlwt.Workbook(), io.BytesIO()
    for name, rows in SHEETS.items():
        sheet = book.add_sheet(name)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(at, column, value)
    book.save(target)
    return target.getvalue()


def _ods() -> bytes:
    first, *more = SHEETS
    return ods_book(SHEETS[first], {name: SHEETS[name] for name in more})


@pytest.mark.parametrize("make", [_xlsx, _xls, _ods])
def test_every_visible_sheet_that_holds_anything_is_read(
    make: Callable[[], bytes], tmp_path: Path
) -> None:
    file = tmp_path / "book"
    file.write_bytes(make())
    read = read_sheets(file)
    assert [sheet.rows for sheet in read] == list(SHEETS.values())
    assert [sheet.name for sheet in read][1:] == ["村"]


def test_a_sheet_that_is_hidden_or_not_there_is_not_read_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "book"
    file.write_bytes(_xlsx())
    for name in ("选项", "没有"):
        with pytest.raises(Unreadable), open_workbook(file, sheet=name) as book:
            list(book.rows)
