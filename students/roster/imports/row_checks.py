"""Checks one row of a sheet by itself: its cells, its school, its class, and contradictions."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from foundation.days import years_between
from foundation.tablefiles.cell import Cell
from students.roster.imports.reading.cells import BadCell, Parser, month_alone, parser_of, text
from students.roster.imports.reading.pupil_row import (
    ASKS_ID,
    LEFT_OUT,
    UNREAD_HOME,
    Note,
    PupilRow,
    SheetPlace,
)
from students.roster.imports.reading.seats import SeatFinder
from students.roster.rules import codes, ids
from students.roster.rules.phones import is_nearly_mobile
from students.roster.rules.roster_column import CellKind, RosterColumn
from students.roster.rules.sheet_headings import letter_of

# A wrong cell in these fields refuses the row: they say whose it is. Others are only omitted.
_IDENTITY = {"registry_no", "id_no", "school_code"}
# Fields whose absence has its own message, or is reported with another field.
_ASKED_ELSEWHERE = {"id_type", "school_code", "entered"}
# Years on the day of the sheet. Outside them a digit of the birth date is wrong: nobody of such an
# age is on a roll of grades 1 to 9, while a child early or late by some years may be.
_YOUNGEST, _OLDEST = 4, 25
_LONGEST_HOME = 200  # characters of an address of the hukou
_REMEMBERED = 5_000  # parsed cells cached for a column; most columns have far fewer different ones


class RowReader:
    """Reads the rows of a sheet under one header."""

    def __init__(
        self, mapping: dict[int, RosterColumn], implied: dict[str, str], place: SheetPlace
    ) -> None:
        self.mapping, self.implied, self.place = mapping, implied, place
        self.columns = {
            column.field: (letter_of(position), column.heading)
            for position, column in mapping.items()
        }
        # The cache of each column: cell → parsed value. An empty cell has the value "".
        self._kept: list[tuple[int, str, dict[Cell, str], RosterColumn, Parser]] = [
            (position, column.field, {"": ""}, column, parser_of(column))
            for position, column in mapping.items()
        ]
        self._width = max(mapping, default=-1) + 1
        self._phones = [c.field for c in mapping.values() if c.kind is CellKind.PHONE]
        asked = {column.field for column in mapping.values() if column.needed or column.star}
        self._asked = frozenset(asked - _ASKED_ELSEWHERE)
        self.foreign: Counter[str] = Counter()  # codes of other schools, with their rows
        self._seats = SeatFinder(place, self.columns, self.note)

    def read(self, number: int, cells_of_row: Sequence[Cell]) -> PupilRow:
        """Parse each cell, then check the cells against each other."""
        row = PupilRow(number)
        unread = self._parse(row, cells_of_row)
        for field_name, word in self.implied.items():
            if row.values.get(field_name.replace("_relation", "_name")):
                row.values.setdefault(field_name, word)
        code = self._check_school(row, unread)
        self._check_identity(row)
        self._place_in_class(row, code)
        self._check_phones(row)
        self._check_needed(row, unread)
        return _without_facts(row) if number in self.place.left_out else row

    def _parse(self, row: PupilRow, cells_of_row: Sequence[Cell]) -> set[str]:
        unread: set[str] = set()
        values, width = row.values, len(cells_of_row)
        if width < self._width:
            cells_of_row = [*cells_of_row, *[None] * (self._width - width)]
        for position, field_name, known, column, parse in self._kept:
            cell = cells_of_row[position]
            if cell is None:
                continue
            value = known.get(cell)
            if value is None:
                value = self._read_cell(row, column, parse, cell, known, unread)
            if value:
                values[field_name] = value
        return unread

    def _read_cell(
        self,
        row: PupilRow,
        column: RosterColumn,
        parse: Parser,
        cell: Cell,
        known: dict[Cell, str],
        unread: set[str],
    ) -> str:
        try:
            value = self._parsed(column, parse, cell)
        except BadCell as error:
            unread.add(column.field)
            row.born_in = month_alone(cell) if column.field == "born_on" else row.born_in
            if not (column.field == "born_on" and row.born_in):
                self._note_bad(row, column, str(error), text(cell))
            return ""
        # Only text is cached: 1, 1.0 and True would be the same key.
        if isinstance(cell, str) and len(known) < _REMEMBERED:
            known[cell] = value
        return value

    def _parsed(self, column: RosterColumn, parse: Parser, cell: Cell) -> str:
        """Return the value; a hukou in words is read by the names of the county's villages."""
        try:
            return parse(cell)
        except BadCell:
            code = self.place.homes.code_of(text(cell)) if column.field == "home_region" else ""
            if not code:
                raise
            return code

    def _note_bad(self, row: PupilRow, column: RosterColumn, message: str, written: str) -> None:
        if column.needed or column.field in _IDENTITY:
            row.problems.append(self.note(column.field, message))
        elif column.field == "home_region":
            row.warnings.append(self.note(column.field, message) | UNREAD_HOME)
            row.values["home_words"] = " ".join(written.split())[:_LONGEST_HOME]
        else:
            row.warnings.append(self.note(column.field, f"{message}；该格没有导入"))

    def note(self, field_name: str, message: str) -> Note:
        """Return a problem or reminder with the letter and heading of its column."""
        letter, heading = self.columns.get(field_name, ("", ""))
        return {"column": letter, "label": heading, "message": message}

    def _check_school(self, row: PupilRow, unread: set[str]) -> str:
        """Return the code of the row's school; "" when the sheet may not name it."""
        own = self.place.own
        code = row.values.pop("school_code", "") or own
        row.school_id = self.place.schools.get(code)
        if code in self.place.others:
            self.foreign[code] += 1
        if row.school_id is None and "school_code" not in unread:
            row.problems.append(self.note("school_code", self._complaint_about_school(code)))
        status = row.values.pop("status", "")
        if status and status not in codes.AT_SCHOOL:
            message = f"学生状态为「{status[:10]}」，不是在读，没有导入；异动请按异动手续办理"
            row.problems.append(self.note("status", message))
        return code if row.school_id else own

    def _complaint_about_school(self, code: str) -> str:
        if self.place.own:
            return "学校标识码不是本校的，请核对；其他学校的学生由该校导入"
        if not code:
            return "缺少学校标识码，不知道是哪所学校的学生，请填写10位数字"
        return "本县没有这个学校标识码的学校，请核对；新设学校请先在系统中登记"

    def _check_identity(self, row: PupilRow) -> None:
        number = row.values.get("id_no", "")
        kind = row.values.get("id_type", codes.RESIDENT_ID)
        self._complete_birth(row, number if kind == codes.RESIDENT_ID else "")
        if number:
            row.values["id_type"] = kind
        if number and kind == codes.RESIDENT_ID:
            complaint = ids.complaint_about(number)
            if complaint:
                row.problems.append(self.note("id_no", complaint))
            else:
                self._cross_check(row, number)
        self._check_age(row, number)
        if "id_no" in self.columns and not number and kind == codes.NO_PAPER:
            row.warnings.append(self.note("id_no", "没有登记证件号，请尽快补录"))

    def _check_age(self, row: PupilRow, number: str) -> None:
        told = row.values.get("born_on")
        born = date.fromisoformat(told) if told else ids.birth_of(number)
        if born is None:
            return
        day = self.place.as_of
        if born > day:
            words = "出生日期晚于数据日期，请核对"
        elif not _YOUNGEST <= (age := years_between(born, day)) <= _OLDEST:
            words = f"按出生日期推算为{age}岁，不是小学、初中学生的年龄，请核对"
        else:
            return
        row.problems.append(self.note("born_on", words))

    def _check_phones(self, row: PupilRow) -> None:
        """Remind of a number by which nobody can be rung, since a digit is missing or too many."""
        for field_name in self._phones:
            number = row.values.get(field_name, "")
            if number and is_nearly_mobile(number):
                words = f"像是手机号，但有{len(number)}位，手机号应为11位，请核对；照表导入"
                row.warnings.append(self.note(field_name, words))

    def _complete_birth(self, row: PupilRow, number: str) -> None:
        """Take the day of a birth date such as 2012年5月 from the ID number of the same month."""
        if not row.born_in:
            return
        born = None if ids.complaint_about(number) else ids.birth_of(number)
        if born and f"{born:%Y-%m}" == row.born_in:
            row.values["born_on"] = born.isoformat()
            words = f"出生日期只写到月，已按身份证件号记为{born.isoformat()}"
            row.warnings.append(self.note("born_on", words))
        else:
            words = "出生日期只写到月，请写到日，如20120506"
            row.problems.append(self.note("born_on", words))

    def _cross_check(self, row: PupilRow, number: str) -> None:
        """Ask when sex or birth date contradict the ID number: one of the two is wrong.

        A person may stand by the row, since papers contain errors too; then it is a reminder.
        """
        born = ids.birth_of(number)
        if born and row.values.get("born_on", born.isoformat()) != born.isoformat():
            self._ask(row, "born_on", f"出生日期与身份证件号（{born.isoformat()}）不一致，请核对")
        if row.values.get("sex", ids.sex_of(number)) != ids.sex_of(number):
            self._ask(row, "sex", "性别与身份证件号不一致，请核对")

    def _ask(self, row: PupilRow, field_name: str, message: str) -> None:
        note = self.note(field_name, message)
        if row.number in self.place.sure:
            row.warnings.append(note)
        else:
            row.problems.append(note | ASKS_ID)

    def _check_needed(self, row: PupilRow, unread: set[str]) -> None:
        absent = self._asked - row.values.keys() - unread
        if not absent:
            return
        reminders = []
        for column in self.mapping.values():
            if column.field not in absent:
                continue
            if column.needed and self._is_needed(row, column):
                row.problems.append(self.note(column.field, column.complaint))
            elif column.star and column.field != "id_no":
                reminders.append(column.heading)
        if reminders:
            message = f"没有填写：{'、'.join(reminders)}"
            row.warnings.append({"column": "", "label": "", "message": message})

    def _is_needed(self, row: PupilRow, column: RosterColumn) -> bool:
        return column.field != "id_no" or row.values.get("id_type") != codes.NO_PAPER

    def _place_in_class(self, row: PupilRow, code: str) -> None:
        """Find stage, entry year and class number by the class's name, the grade and 入学年月."""
        values = row.values
        label, grade = values.pop("class_name", ""), values.pop("grade", "")
        entered, born = values.pop("entered", ""), values.get("born_on", "")[:4]
        if not label:
            return
        seat = self._seats.find(label, grade, entered, code, born)
        values["class_name"] = label
        row.class_label, row.school_class = seat.label, seat.key
        row.problems += seat.problems
        row.warnings += seat.warnings


def _without_facts(row: PupilRow) -> PupilRow:
    """A row that is not imported: it contradicts no other row and means nobody."""
    row.values = {"name": row.name} if row.name else {}
    row.problems, row.warnings, row.born_in = [dict(LEFT_OUT)], [], ""
    return row
