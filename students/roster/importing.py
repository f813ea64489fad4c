"""A sheet's cells → checked rows, with every problem and reminder in words; touches no table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from students.roster import cells
from students.roster.cells import Cell
from students.roster.checking import Place, Row, RowReader
from students.roster.columns import (
    Column,
    hits,
    letter_of,
    map_columns,
    missing,
    plain_heading,
    repeated,
)

SCAN_ROWS = 15
TOLD = 2_000  # rows between two words of the progress
MIN_HITS = 3
_IMPLIED_RELATION = {"父亲姓名": "父亲", "母亲姓名": "母亲"}


class WrongSheet(Exception):
    """The sheet is not a roster; the message says what is missing and what to do."""


@dataclass(frozen=True, slots=True)
class Roster:
    """A checked sheet. ``notes`` tell what was read where and what was left out."""

    rows: list[Row]
    notes: list[str]
    columns: dict[str, tuple[str, str]]  # field → (letter, heading)


def check_sheet(
    sheet: Iterable[Sequence[Cell]], place: Place, tell: Callable[[int], None] = lambda row: None
) -> Roster:
    """Every row that is not blank, checked by itself and against the others; raises WrongSheet.

    The sheet is gone through once, so that a county's is never whole in memory; ``tell`` is told
    the row from time to time.
    """
    lines = iter(sheet)
    top = list(islice(lines, SCAN_ROWS))
    header = find_header(top)
    headings = top[header]
    mapping = map_columns(headings)
    _refuse_wrong_template(headings, mapping)
    reader = RowReader(mapping, _implied(headings, mapping), place)
    rows = []
    for number, line in enumerate(chain(top[header + 1 :], lines), start=header + 2):
        if any(cells.text(cell) for cell in line):
            rows.append(reader.read(number, line))
        if number % TOLD == 0:
            tell(number)
    if not rows:
        raise WrongSheet("表头下面没有数据行。请把学生数据粘贴到表头下面，保存后再上传。")
    refuse_duplicates(rows, reader.columns)
    return Roster(rows, _notes(header, headings, mapping), reader.columns)


def find_header(sheet: Sequence[Sequence[Cell]]) -> int:
    """The index of the header row: most known headings within the first 15 rows."""
    scores = [hits(row) for row in sheet[:SCAN_ROWS]]
    best = max(scores, default=0)
    if best < MIN_HITS:
        raise WrongSheet(
            "前15行里没有找到表头。请使用学籍系统的学生信息导入模板，"
            "或保证表中有姓名、性别、出生日期、身份证件号、班级、入学年月这些列。"
        )
    return scores.index(best)


def _refuse_wrong_template(headings: Sequence[Cell], mapping: dict[int, Column]) -> None:
    absent = missing(mapping)
    if absent:
        listed = "、".join(f"「{title}」" for title in absent)
        raise WrongSheet(f"表中缺少{listed}列。请下载模板，把数据粘贴进去后再上传。")
    for title, positions in repeated(headings).items():
        at = "、".join(letter_of(position) for position in positions)
        raise WrongSheet(f"表头「{title}」重复（{at}列）。请删去其中一列后再上传。")


def _implied(headings: Sequence[Cell], mapping: dict[int, Column]) -> dict[str, str]:
    """「父亲姓名」 says the relation by itself."""
    found = {}
    for position, column in mapping.items():
        word = _IMPLIED_RELATION.get(plain_heading(headings[position]))
        if word and column.field.endswith("_name"):
            found[column.field.replace("_name", "_relation")] = word
    return found


def _notes(header: int, headings: Sequence[Cell], mapping: dict[int, Column]) -> list[str]:
    left = [
        cells.text(cell)
        for position, cell in enumerate(headings)
        if position not in mapping and cells.text(cell)
    ]
    notes = [f"表头在第{header + 1}行，读取了{len(mapping)}列。"]
    if left:
        notes.append(f"控辍保学不需要的{len(left)}列没有读取，也不保存：{'、'.join(left)[:600]}。")
    return notes


def refuse_duplicates(rows: Sequence[Row], columns: dict[str, tuple[str, str]]) -> None:
    """Refuse every row whose number, or name and birth date without a number, stands twice."""
    _refuse_twice(rows, "registry_no", lambda row: row.values.get("registry_no"), columns)
    _refuse_twice(rows, "id_no", lambda row: row.values.get("id_no"), columns)
    _refuse_twice(rows, "name", _who_has_no_number, columns)


def _refuse_twice(
    rows: Sequence[Row],
    field_name: str,
    key_of: Callable[[Row], object],
    columns: dict[str, tuple[str, str]],
) -> None:
    groups: dict[object, list[Row]] = {}
    for row in rows:
        if key := key_of(row):
            groups.setdefault(key, []).append(row)
    for group in groups.values():
        if len(group) > 1:
            _refuse_group(group, field_name, columns)


def _who_has_no_number(row: Row) -> object:
    values = row.values
    if values.get("id_no") or values.get("registry_no"):
        return None
    name, born_on = values.get("name"), values.get("born_on")
    return (row.school_id, name, born_on) if name and born_on else None


def _refuse_group(group: list[Row], field_name: str, columns: dict[str, tuple[str, str]]) -> None:
    letter, heading = columns.get(field_name, ("", ""))
    for row in group:
        others = "、".join(str(other.number) for other in group[:6] if other is not row)
        message = f"与第{others}行重复（{heading}相同），请只保留一行"
        row.problems.append({"column": letter, "label": heading, "message": message})
