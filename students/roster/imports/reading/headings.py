"""Tells which column of a sheet is which: by known headings, earlier choices, and guesses.

A guess is never taken by itself: the page shows it and a person confirms it (ux 5.5, step 3).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from foundation.tablefiles.cell import Cell
from students.roster.imports.reading import cells
from students.roster.imports.reading.two_heads import is_data
from students.roster.rules.columns import COLUMNS, EXTRA
from students.roster.rules.group_kinds import FLAGS
from students.roster.rules.roster_column import RosterColumn
from students.roster.rules.sheet_headings import (
    hits,
    is_known,
    letter_of,
    map_columns,
    missing,
    plain_heading,
    repeated,
)

SCAN_ROWS = 15
MIN_HITS = 3
CLOSE = 0.6  # difflib ratio; 「学生名字」 and 「学生姓名」 have 0.75
EXACT, ALIAS, SAVED, GUESSED, IGNORED = "exact", "alias", "saved", "guessed", "ignored"
SURETY = {
    EXACT: "完全一致",
    ALIAS: "别名",
    SAVED: "上次保存",
    GUESSED: "推测",
    IGNORED: "忽略",
}
# Our heading → the column; these may be chosen for a heading of a sheet.
OFFERED: Mapping[str, RosterColumn] = {
    column.heading: column for column in (*COLUMNS, *EXTRA) if column.field
}
NO_HEADER = (
    "前15行里没有找到表头。请使用学籍系统的学生信息导入模板，"
    "或保证表中有姓名、性别、出生日期、身份证件号、班级、入学年月这些列。"
)


class WrongSheet(Exception):
    """The sheet is not a roster; the message says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class SheetHeading:
    """One cell of the header row and the column it is taken for; None when it is omitted."""

    position: int
    text: str
    column: RosterColumn | None
    surety: str

    @property
    def letter(self) -> str:
        """The column's letter as Excel shows it."""
        return letter_of(self.position)


@dataclass(frozen=True, slots=True)
class Layout:
    """The index of the header row, and position → column."""

    header: int
    columns: Mapping[int, RosterColumn]


def likely_header(head: Sequence[Sequence[Cell]]) -> int:
    """Return the index of the row that is most likely the header; raises WrongSheet when none
    is."""
    scores = [hits(row) for row in head[:SCAN_ROWS]]
    if max(scores, default=0) == 0:
        scores = [
            sum(_closest(plain, ()) != "" for plain in _plain(row)) for row in head[:SCAN_ROWS]
        ]
    if max(scores, default=0) == 0:
        raise WrongSheet(NO_HEADER)
    return scores.index(max(scores))


def recognise(headings: Sequence[Cell], saved: Mapping[str, str]) -> list[SheetHeading]:
    """Return every heading with the column it is taken for.

    ``saved`` are earlier choices: normalised heading → our heading, or "" to omit it.
    """
    plain = _plain(headings)
    chosen = _from_saved(plain, saved)
    rest = ["" if name in saved else name for name in plain]
    taken = {column.field for column in chosen.values()}
    known = {at: column for at, column in map_columns(rest).items() if column.field not in taken}
    taken |= {column.field for column in known.values()}
    found = []
    for at, name in enumerate(plain):
        if not name:
            continue
        column, surety = _taken_as(at, name, chosen, known, saved)
        if column is None and surety == IGNORED and (guess := _closest(name, taken)):
            column, surety = OFFERED[guess], GUESSED
            taken.add(column.field)
        found.append(SheetHeading(at, cells.text(headings[at]), column, surety))
    return found


def _taken_as(
    at: int,
    name: str,
    chosen: Mapping[int, RosterColumn],
    known: Mapping[int, RosterColumn],
    saved: Mapping[str, str],
) -> tuple[RosterColumn | None, str]:
    if name in saved:
        return chosen.get(at), SAVED
    column = known.get(at)
    if column is None:
        return None, IGNORED
    return column, EXACT if column.heading == name else ALIAS


def _from_saved(plain: Sequence[str], saved: Mapping[str, str]) -> dict[int, RosterColumn]:
    found: dict[int, RosterColumn] = {}
    for at, name in enumerate(plain):
        column = OFFERED.get(saved.get(name, ""))
        if column and column.field not in {other.field for other in found.values()}:
            found[at] = column
    return found


def _closest(name: str, taken: set[str] | tuple[()]) -> str:
    """Return our heading that is most like an unknown one, if it is close and still free.

    A special group is never guessed: 「是否贫困儿童」 looks much like 「是否留守儿童」.
    """
    if not name or is_known(name):
        return ""
    scored = [
        (SequenceMatcher(None, name, word).ratio(), column.heading)
        for column in OFFERED.values()
        if column.field not in taken and column.field not in FLAGS
        for word in (column.heading, *column.aliases)
    ]
    best = max(scored, default=(0.0, ""), key=lambda pair: pair[0])
    return best[1] if best[0] >= CLOSE else ""


def doubts(head: Sequence[Sequence[Cell]], header: int, found: Sequence[SheetHeading]) -> list[str]:
    """Return what a person has to look at before the rows are read; empty when everything is
    clear."""
    said = header_doubts(head, header)
    sure = {at.position: at.column for at in found if at.column and at.surety != GUESSED}
    guesses = {at.column.heading: at for at in found if at.column and at.surety == GUESSED}
    for title in missing(sure):
        if title not in guesses:
            said.append(
                f"没有找到「{title}」列。请在下面指定是哪一列；表中确实没有的，请先补上再上传。"
            )
    said += [
        f"{at.letter}列「{at.text[:20]}」可能是「{ours}」，请确认或改正。"
        for ours, at in guesses.items()
    ]
    for title, positions in repeated(head[header]).items():
        listed = "、".join(letter_of(position) for position in positions)
        said.append(f"表头「{title}」重复（{listed}列），请选定用哪一列，其余的选「忽略」。")
    return said


def header_doubts(head: Sequence[Sequence[Cell]], header: int) -> list[str]:
    """Return why another row may be the header."""
    scores = [hits(row) for row in head[:SCAN_ROWS]]
    if scores[header] < MIN_HITS:
        return [f"不能确定表头是不是第{header + 1}行，请核对。"]
    rivals = [
        str(at + 1)
        for at, score in enumerate(scores)
        if at != header and score == scores[header] and _plain(head[at]) != _plain(head[header])
    ]
    if rivals:
        return [f"表头可能在第{header + 1}行，也可能在第{'、'.join(rivals)}行，请核对。"]
    return []


def layout_of(header: int, found: Sequence[SheetHeading]) -> Layout:
    return Layout(header, {at.position: at.column for at in found if at.column})


def chosen_layout(header: int, choice: Mapping[int, str]) -> Layout:
    """Return the layout that a person chose: position → our heading, "" to omit the column."""
    columns = {at: OFFERED[ours] for at, ours in sorted(choice.items()) if ours in OFFERED}
    return Layout(header, columns)


def complaint_about(layout: Layout, headings: Sequence[Cell]) -> str:
    """Return why a chosen layout cannot be used, in Chinese; "" when it can."""
    if any(is_data(cell) for cell in headings):
        return f"第{layout.header + 1}行像是学生数据，不是表头。请选择写着栏目名称的那一行。"
    places: dict[str, list[int]] = {}
    for at, column in layout.columns.items():
        places.setdefault(column.field, []).append(at)
    for positions in places.values():
        if len(positions) > 1:
            listed = "、".join(letter_of(position) for position in positions)
            title = layout.columns[positions[0]].heading
            return (
                f"「{title}」选了{len(positions)}列（{listed}列）。请只留一列，其余的选「忽略」。"
            )
    absent = missing(dict(layout.columns))
    if absent:
        listed = "、".join(f"「{title}」" for title in absent)
        return f"还没有指定{listed}列。请指定；表中确实没有的，请在表里补上这一列后重新上传。"
    return ""


def to_remember(
    headings: Sequence[Cell], choice: Mapping[int, str], saved: Mapping[str, str]
) -> dict[str, str]:
    """Return the choices to keep for the next sheet: normalised heading → ours, where it is news.

    Of a heading that occurs twice, the one that was taken counts.
    """
    plain = _plain(headings)
    wanted: dict[str, str] = {}
    for at, ours in choice.items():
        if at < len(plain) and plain[at]:
            wanted[plain[at]] = ours or wanted.get(plain[at], "")
    before = {
        plain_heading(at.text): at.column.heading if at.column else ""
        for at in recognise(headings, saved)
        if at.surety != GUESSED
    }
    return {name: ours for name, ours in wanted.items() if before.get(name) != ours}


def _plain(row: Sequence[Cell]) -> list[str]:
    return [plain_heading(cells.text(cell)) for cell in row]
