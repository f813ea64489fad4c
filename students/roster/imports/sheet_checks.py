"""Checks a whole sheet: cells become checked rows with problems and reminders. Reads no table."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from foundation.tablefiles.cell import Cell
from students.roster.imports.reading import cells
from students.roster.imports.reading.headings import (
    SCAN_ROWS,
    Layout,
    WrongSheet,
    doubts,
    layout_of,
    likely_header,
    recognise,
)
from students.roster.imports.reading.pupil_row import PupilRow, SheetPlace
from students.roster.imports.row_checks import RowReader
from students.roster.rules.roster_column import RosterColumn
from students.roster.rules.sheet_headings import plain_heading
from students.roster.rules.sheet_titles import other_school_in

TOLD = 2_000  # rows between two reports of progress
_SHOWN = 10  # rows named in a note
_REMARK = re.compile(
    r"(合计|总计|小计|共计|备注|说明|附注|注[:：]|填表|制表|审核|复核|负责人|校长签|班主任签)"
)
_IMPLIED_RELATION = {"父亲姓名": "父亲", "母亲姓名": "母亲"}


OWN_SHEET = (
    "，不是本校的名册，没有导入。那所学校的名册，请由那所学校导入；"
    "确实是本校的，请下载模板填写，或者把校名、学校标识码改成本校的，再重新上传。"
)


class OtherSchoolsSheet(WrongSheet):
    """The sheet of another school of the county; ``code`` is its 学校标识码."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(f"{told}{OWN_SHEET}")
        self.code = code


@dataclass(frozen=True, slots=True)
class CheckedSheet:
    """A checked sheet. ``notes`` say what was read from where and what was omitted."""

    rows: list[PupilRow]
    notes: list[str]
    columns: dict[str, tuple[str, str]]  # field → (letter, heading)


def check_sheet(
    sheet: Iterable[Sequence[Cell]],
    place: SheetPlace,
    layout: Layout | None = None,
    tell: Callable[[int], None] = lambda number: None,
    each: Callable[[PupilRow], None] = lambda row: None,
) -> CheckedSheet:
    """Check every row that is not blank, by itself and against the others; raises WrongSheet.

    Reads the sheet once, so that a county's sheet is never whole in memory. Calls ``tell`` with the
    row number from time to time, and ``each`` with every row that is checked by itself. Without a
    layout the headings must be clear: a doubt refuses the sheet.
    """
    lines = iter(sheet)
    top = list(islice(lines, SCAN_ROWS))
    layout = layout or _plain_layout(top)
    header, mapping = layout.header, dict(layout.columns)
    headings = top[header]
    reader = RowReader(mapping, _implied(headings, mapping), place)
    rows: list[PupilRow] = []
    left: list[int] = []
    for number, line in enumerate(chain(top[header + 1 :], lines), start=header + 2):
        if any(cells.text(cell) for cell in line):
            if is_remark(line, mapping):
                left.append(number)
                continue
            rows.append(row := reader.read(number, line))
            each(row)
        if number % TOLD == 0:
            tell(number)
    if not rows:
        raise WrongSheet("表头下面没有数据行。请把学生数据粘贴到表头下面，保存后再上传。")
    refuse_other_school(top[:header], rows, reader)
    refuse_duplicates(rows, reader.columns)
    notes = _notes(header, headings, mapping) + _about_remarks(left)
    return CheckedSheet(rows, notes, reader.columns)


def refuse_other_school(
    above: Sequence[Sequence[Cell]], rows: Sequence[PupilRow], reader: RowReader
) -> None:
    """Raise OtherSchoolsSheet where the title, or the code in every row, is another school's.

    One row alone is refused by itself: a child may stand there who was at another school.
    """
    place = reader.place
    if code := _headed(above, place):
        raise OtherSchoolsSheet(code, f"表的标题写的是另一所学校「{_name(place, code)}」")
    (code, count), *_ = reader.foreign.most_common(1) or [("", 0)]
    if len(rows) > 1 and count == len(rows) and code in place.others:
        told = f"表中每一行的学校标识码{code}都是另一所学校「{_name(place, code)}」的"
        raise OtherSchoolsSheet(code, told)


def _headed(above: Sequence[Sequence[Cell]], place: SheetPlace) -> str | None:
    """The code of the other school that stands above the headings."""
    title = "".join(cells.text(cell) for line in above for cell in line)
    return other_school_in(title, place.own_names, place.others)


def _name(place: SheetPlace, code: str) -> str:
    return max(place.others[code], key=len)


def _plain_layout(top: Sequence[Sequence[Cell]]) -> Layout:
    header = likely_header(top)
    found = recognise(top[header], {})
    if said := doubts(top, header, found):
        raise WrongSheet("".join(said))
    return layout_of(header, found)


def _implied(headings: Sequence[Cell], mapping: dict[int, RosterColumn]) -> dict[str, str]:
    """Return the relation that a heading implies, as 「父亲姓名」 does."""
    found = {}
    for position, column in mapping.items():
        word = _IMPLIED_RELATION.get(plain_heading(headings[position]))
        if word and column.field.endswith("_name"):
            found[column.field.replace("_name", "_relation")] = word
    return found


def _notes(header: int, headings: Sequence[Cell], mapping: dict[int, RosterColumn]) -> list[str]:
    unread = [
        cells.text(cell)
        for position, cell in enumerate(headings)
        if position not in mapping and cells.text(cell)
    ]
    notes = [f"表头在第{header + 1}行，读取了{len(mapping)}列。"]
    if unread:
        notes.append(
            f"控辍保学不需要的{len(unread)}列没有读取，也不保存：{'、'.join(unread)[:600]}。"
        )
    return notes


def is_remark(line: Sequence[Cell], mapping: Mapping[int, RosterColumn]) -> bool:
    """Whether a row is no pupil's but a total or a remark: 合计, 备注, 填表人.

    Its first cell says so, and it has neither a number nor sex and birth date.
    """
    first = next((words for cell in line if (words := cells.text(cell))), "")
    if not _REMARK.match("".join(first.split())):
        return False
    told = {
        column.field for at, column in mapping.items() if at < len(line) and cells.text(line[at])
    }
    return not told & {"id_no", "registry_no"} and not told >= {"sex", "born_on"}


def _about_remarks(rows: Sequence[int]) -> list[str]:
    if not rows:
        return []
    listed = "、".join(map(str, rows[:_SHOWN])) + ("等" if len(rows) > _SHOWN else "")
    return [f"第{listed}行（共{len(rows)}行）是合计或说明，不是学生，没有读取。"]


def refuse_duplicates(rows: Sequence[PupilRow], columns: dict[str, tuple[str, str]]) -> None:
    """Refuse rows that share a number, or name and birth date without a number."""
    _refuse_twice(rows, "registry_no", lambda row: row.values.get("registry_no"), columns)
    _refuse_twice(rows, "id_no", lambda row: row.values.get("id_no"), columns)
    _refuse_twice(rows, "name", _who_has_no_number, columns)


def _refuse_twice(
    rows: Sequence[PupilRow],
    field_name: str,
    key_of: Callable[[PupilRow], object],
    columns: dict[str, tuple[str, str]],
) -> None:
    groups: dict[object, list[PupilRow]] = {}
    for row in rows:
        if key := key_of(row):
            groups.setdefault(key, []).append(row)
    for group in groups.values():
        if len(group) > 1:
            _refuse_group(group, field_name, columns)


def _who_has_no_number(row: PupilRow) -> object:
    values = row.values
    if values.get("id_no") or values.get("registry_no"):
        return None
    name, born_on = values.get("name"), values.get("born_on")
    return (row.school_id, name, born_on) if name and born_on else None


def _refuse_group(
    group: list[PupilRow], field_name: str, columns: dict[str, tuple[str, str]]
) -> None:
    letter, heading = columns.get(field_name, ("", ""))
    for row in group:
        others = "、".join(str(other.number) for other in group[:6] if other is not row)
        message = f"与第{others}行重复（{heading}相同），请只保留一行"
        row.problems.append({"column": letter, "label": heading, "message": message})
