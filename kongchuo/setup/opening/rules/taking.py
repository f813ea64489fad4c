"""Takes the sheets of an uploaded workbook: which sheet is which, where its columns are.

The cells are kept as text, so that the book can be stored, corrected and checked again.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foundation.tablefiles.cell import Cell
from kongchuo.setup.opening.rules.definition import (
    BY_CODE,
    EXAMPLE,
    SHEETS,
    TITLE,
    TOWNSHIPS,
    VERSION,
    VILLAGES,
    OpeningSheet,
)
from kongchuo.setup.opening.rules.values import unpadded
from students.roster.imports.reading.cells import identifier, text

HEAD_WITHIN = 10  # rows; titles may stand above the headings
MOST_ROWS = 5_000  # of all sheets
TOO_MANY = f"表中超过{MOST_ROWS}行。请按工作表分几次上传。"
OTHER_VERSION = (
    f"这是第{{version}}版的{TITLE}，本系统用的是第{VERSION}版。"
    f"请下载新的{TITLE}，把内容粘贴进去再上传。"
)
NOT_OURS = (
    f"没有找到可以读取的工作表。请下载{TITLE}，在它的工作表里填写；"
    "统计局的区划代码表要有“代码”和“名称”两栏。"
)
NO_HEADINGS = "工作表「{name}」里没有找到这些栏目：{musts}。请保留模板的表头，再上传。"
NO_ROWS = "工作表里没有填写的行。例行不算，请在它下面填写。"
_VERSION = re.compile(rf"{TITLE}.*?第\s*([0-9]+)\s*版")
_Rows = Sequence[Sequence[Cell]]


class WrongOpeningBook(Exception):
    """The file is no opening workbook; the message says why and what to do, in Chinese."""


@dataclass(slots=True)
class TakenSheet:
    """The rows of one sheet as text. ``columns`` holds field → letter, ``name`` the tab's name."""

    code: str
    name: str
    columns: dict[str, str]
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)  # rows that are left out on the page
    is_list: bool = False  # of the statistics bureau, where other counties may stand, too

    @property
    def definition(self) -> OpeningSheet:
        """What the sheet's columns are."""
        return BY_CODE[self.code]

    def packed(self) -> dict[str, Any]:
        """The sheet as JSON."""
        rows = [[number, cells] for number, cells in self.rows]
        return {
            "code": self.code,
            "name": self.name,
            "columns": self.columns,
            "rows": rows,
            "left": self.left,
            "is_list": self.is_list,
        }


def unpacked(stored: Iterable[Mapping[str, Any]]) -> list[TakenSheet]:
    """The sheets that ``packed`` made."""
    return [
        TakenSheet(
            one["code"],
            one["name"],
            one["columns"],
            [(number, dict(cells)) for number, cells in one["rows"]],
            list(one.get("left", ())),
            bool(one.get("is_list")),
        )
        for one in stored
    ]


def take(sheets: Iterable[tuple[str, _Rows]]) -> list[TakenSheet]:
    """The known sheets among (name, rows); raises WrongOpeningBook."""
    found: list[TakenSheet] = []
    for name, rows in sheets:
        _require_version(rows)
        found += _taken(name, rows)
    if not found:
        raise WrongOpeningBook(NOT_OURS)
    if not any(sheet.rows for sheet in found):
        raise WrongOpeningBook(NO_ROWS)
    if sum(len(sheet.rows) for sheet in found) > MOST_ROWS:
        raise WrongOpeningBook(TOO_MANY)
    return [sheet for sheet in found if sheet.rows]


def _require_version(rows: _Rows) -> None:
    for cell in (cell for cells in rows[:HEAD_WITHIN] for cell in cells):
        told = _VERSION.search(cell) if isinstance(cell, str) else None
        if told and int(told[1]) != VERSION:
            raise WrongOpeningBook(OTHER_VERSION.format(version=told[1]))


def _taken(name: str, rows: _Rows) -> list[TakenSheet]:
    named = [sheet for sheet in SHEETS if sheet.name == name.strip()]
    for sheet in named or SHEETS:
        head = _head(sheet, rows)
        if head is None:
            continue
        if not named and sheet in (TOWNSHIPS, VILLAGES):
            return _by_length(name, rows, *head)
        return [_rows_of(sheet, name, rows, *head)]
    if named:
        musts = "、".join(column.heading for column in named[0].columns if column.must)
        raise WrongOpeningBook(NO_HEADINGS.format(name=name, musts=musts))
    return []


def _head(sheet: OpeningSheet, rows: _Rows) -> tuple[int, dict[str, int]] | None:
    """The row of the headings, and field → position; None where a column that must be is not."""
    fields = {
        _plain(word): column.field
        for column in sheet.columns
        for word in (column.heading, *column.also)
    }
    for at, cells in enumerate(rows[:HEAD_WITHIN]):
        places: dict[str, int] = {}
        for position, cell in enumerate(cells):
            if found := fields.get(_plain(text(cell))):
                places.setdefault(found, position)
        if all(column.field in places for column in sheet.columns if column.must):
            return at, places
    return None


def _plain(title: str) -> str:
    """A heading without marks, spaces and bracketed text."""
    inside = re.sub(r"[（(].*?[)）]", "", unicodedata.normalize("NFKC", title))
    return re.sub(r"[★☆*\s/、:]", "", inside)


def _rows_of(
    sheet: OpeningSheet, name: str, rows: _Rows, at: int, places: Mapping[str, int]
) -> TakenSheet:
    taken = TakenSheet(sheet.code, name, {f: _letter(place) for f, place in places.items()})
    for number, cells in enumerate(rows[at + 1 :], start=at + 2):
        values = {f: text(cells[p]) if p < len(cells) else "" for f, p in places.items()}
        first = next(iter(values.values()), "")
        if any(values.values()) and not first.startswith(EXAMPLE):
            taken.rows.append((number, values))
    return taken


def _by_length(name: str, rows: _Rows, at: int, places: Mapping[str, int]) -> list[TakenSheet]:
    """A list of the statistics bureau: of each row its code tells what it is."""
    shown = {f: p for f, p in places.items() if f in ("code", "name")}
    plain = _rows_of(TOWNSHIPS, name, rows, at, shown)
    found = {
        sheet.code: TakenSheet(sheet.code, name, dict(plain.columns), is_list=True)
        for sheet in (TOWNSHIPS, VILLAGES)
    }
    for number, cells in plain.rows:
        code = unpadded(identifier(cells["code"]))
        kind = {6: "", 9: TOWNSHIPS.code}.get(len(code), VILLAGES.code)
        if kind:
            found[kind].rows.append((number, {**cells, "code": code}))
    return list(found.values())


def _letter(position: int) -> str:
    """A of 0. No opening workbook has more columns than the alphabet."""
    return chr(ord("A") + position) if position < 26 else ""
