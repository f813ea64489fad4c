"""A sheet's cells → checked rows, with every problem and reminder in words; touches no table."""

from collections.abc import Sequence
from dataclasses import dataclass

from students.roster import cells
from students.roster.cells import Cell
from students.roster.checking import Place, Row, RowReader
from students.roster.columns import Column, plain_heading
from students.roster.mapping import Layout, WrongSheet, doubts, layout_of, likely_header, recognise

_IMPLIED_RELATION = {"父亲姓名": "父亲", "母亲姓名": "母亲"}


@dataclass(frozen=True, slots=True)
class Roster:
    """A checked sheet. ``notes`` tell what was read where and what was left out."""

    rows: list[Row]
    notes: list[str]
    columns: dict[str, tuple[str, str]]  # field → (letter, heading)


def check_sheet(
    sheet: Sequence[Sequence[Cell]], place: Place, layout: Layout | None = None
) -> Roster:
    """Every row that is not blank, checked by itself and against the others; raises WrongSheet.

    Without a layout the sheet must speak for itself: what would be asked is refused.
    """
    layout = layout or _plain_layout(sheet)
    header, mapping = layout.header, dict(layout.columns)
    headings = sheet[header]
    reader = RowReader(mapping, _implied(headings, mapping), place)
    rows = [
        reader.read(number, row)
        for number, row in enumerate(sheet[header + 1 :], start=header + 2)
        if any(cells.text(cell) for cell in row)
    ]
    if not rows:
        raise WrongSheet("表头下面没有数据行。请把学生数据粘贴到表头下面，保存后再上传。")
    refuse_duplicates(rows, reader.columns)
    return Roster(rows, _notes(header, headings, mapping), reader.columns)


def _plain_layout(sheet: Sequence[Sequence[Cell]]) -> Layout:
    header = likely_header(sheet)
    found = recognise(sheet[header], {})
    if said := doubts(sheet, header, found):
        raise WrongSheet("".join(said))
    return layout_of(header, found)


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
    for key_fields in (("registry_no",), ("id_no",), ("name", "born_on")):
        groups: dict[tuple[str, ...], list[Row]] = {}
        for row in rows:
            key = tuple(row.values.get(name, "") for name in key_fields)
            if all(key) and (key_fields[0] != "name" or _has_no_number(row)):
                groups.setdefault(key, []).append(row)
        for group in groups.values():
            _refuse_group(group, key_fields[0], columns)


def _has_no_number(row: Row) -> bool:
    return not row.values.get("id_no") and not row.values.get("registry_no")


def _refuse_group(group: list[Row], field_name: str, columns: dict[str, tuple[str, str]]) -> None:
    if len(group) < 2:
        return
    letter, heading = columns.get(field_name, ("", ""))
    for row in group:
        others = "、".join(str(other.number) for other in group[:6] if other is not row)
        message = f"与第{others}行重复（{heading}相同），请只保留一行"
        row.problems.append({"column": letter, "label": heading, "message": message})
