"""Checks an opening workbook cell by cell and row against row. Reads no table."""

from collections.abc import Callable, Container, Iterable
from datetime import date

from kongchuo.setup.opening.rules.book import (
    CHANGED,
    NEW,
    REFUSED,
    UNCHANGED,
    BookRow,
    CheckedBook,
    KnownCounty,
    Values,
)
from kongchuo.setup.opening.rules.definition import SHEETS
from kongchuo.setup.opening.rules.naming import county_code
from kongchuo.setup.opening.rules.people_checks import check_people
from kongchuo.setup.opening.rules.place_checks import (
    check_offices,
    check_schools,
    check_townships,
    check_villages,
)
from kongchuo.setup.opening.rules.taking import TakenSheet
from kongchuo.setup.opening.rules.term_checks import check_terms
from kongchuo.setup.opening.rules.warnings import warn
from students.roster.imports.reading.cells import BadCell

OPENED = "已登记为「{before}」。县已开通，请在单位、学期、人员的页面上更改，这里填回原来的内容"
OTHERS = "另有{count}行属于其他县，未采用。"
# In this order: a later sheet names what stands in an earlier one.
_CHECKS: dict[str, Callable[[CheckedBook], None]] = {
    "offices": check_offices,
    "townships": check_townships,
    "villages": check_villages,
    "schools": check_schools,
    "terms": check_terms,
    "people": check_people,
}
# Helpers of a check that stand beside the typed values, and what has no counterpart in a table.
_NOT_COMPARED = frozenset({"town", "stage", "starts"})


def check(sheets: Iterable[TakenSheet], known: KnownCounty, today: date) -> CheckedBook:
    """The rows with their problems and what each would do, and the warnings."""
    book = CheckedBook(known, today)
    sheets = list(sheets)
    for taken in sheets:
        parsed = [_parsed(taken, number, cells) for number, cells in taken.rows]
        book.rows[taken.code] += [row for row in parsed if row.number not in taken.left]
        book.left += [row for row in parsed if row.number in taken.left]
    _drop_other_counties(book, {(one.code, one.name) for one in sheets if one.is_list})
    for sheet in SHEETS:
        _CHECKS[sheet.code](book)
        _find_twice(book, sheet.code)
        for row in book.rows[sheet.code]:
            _settle(book, row)
    warn(book)
    return book


def _drop_other_counties(book: CheckedBook, lists: Container[tuple[str, str]]) -> None:
    """A list of the statistics bureau may hold a whole city: only the own county's rows count."""
    own, dropped = county_code(book), 0
    for code in ("townships", "villages"):
        rows = book.rows[code]
        book.rows[code] = [
            row
            for row in rows
            if (row.sheet, row.tab) not in lists or row.values["code"].startswith(own)
        ]
        dropped += len(rows) - len(book.rows[code])
    if dropped:
        book.warnings.append(OTHERS.format(count=dropped))


def _parsed(taken: TakenSheet, number: int, cells: dict[str, str]) -> BookRow:
    row = BookRow(taken.code, taken.name, number, cells, taken.columns)
    for column in taken.definition.columns:
        try:
            row.values[column.field] = column.parse(cells.get(column.field, ""))
        except BadCell as bad:
            row.values[column.field] = ""
            row.refuse(column.field, str(bad))
            continue
        if column.must and not row.values[column.field]:
            row.refuse(column.field, f"请填写{column.heading}")
    return row


def _find_twice(book: CheckedBook, code: str) -> None:
    """Refuse a row whose key stands above it with other cells; the same row twice counts once."""
    first: dict[tuple[str, ...], BookRow] = {}
    kept: list[BookRow] = []
    for row in book.rows[code]:
        before = first.setdefault(row.key, row) if all(row.key) else row
        if before is row or before.values != row.values:
            kept.append(row)
            if before is not row:
                label = "、".join(part for part in _key_cells(row) if part)
                row.refuse(_key_field(row), f"「{label}」与第{before.number}行重复，请删去其中一行")
            continue
        book.warnings.append(f"{row.tab}第{row.number}行与第{before.number}行相同，只算一行。")
    book.rows[code] = kept


def _key_field(row: BookRow) -> str:
    return next(sheet for sheet in SHEETS if sheet.code == row.sheet).key[0]


def _key_cells(row: BookRow) -> list[str]:
    key = next(sheet for sheet in SHEETS if sheet.code == row.sheet).key
    return [row.cells.get(name, "") for name in key]


def _settle(book: CheckedBook, row: BookRow) -> None:
    """Set the kind of the row, once it has been checked against all others."""
    before = book.known.of(row.sheet).get(row.key)
    if before is not None and not row.problems:
        _compare(book, row, before)
    if row.problems:
        row.kind = REFUSED
    elif before is None:
        row.kind = NEW
    else:
        row.kind = CHANGED if row.changes else UNCHANGED


def _compare(book: CheckedBook, row: BookRow, before: Values) -> None:
    for name, value in row.values.items():
        if not value or name in _NOT_COMPARED or before.get(name, "") == value:
            continue
        if name == "catchment" and set(value.split("、")) <= set(before.get(name, "").split("、")):
            continue
        if not book.known.may_change:
            row.refuse(name, OPENED.format(before=before.get(name) or "空"))
            return
        row.changes.append((name, before.get(name, ""), value))
