"""Checks one row of a sheet by itself: its cells, its school, its class, and contradictions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foundation.tablefiles.cell import Cell
from students.roster.imports.cells import BadCell, Parser, parser_of
from students.roster.rules import codes, ids
from students.roster.rules.classnames import read_class, read_grade
from students.roster.rules.grades import (
    entry_year_of,
    grade_name,
    grade_of,
    is_at_school,
    school_year_of,
)
from students.roster.rules.roster_column import RosterColumn
from students.roster.rules.sheet_headings import letter_of

AGE_TOLERANCE = 3  # years from the usual age; beyond it a reminder is given (forms 2.4)
# A wrong cell in these fields refuses the row: they say whose it is. Others are only omitted.
_IDENTITY = {"registry_no", "id_no", "school_code"}
# Fields whose absence has its own message, or is reported with another field.
_ASKED_ELSEWHERE = {"id_type", "school_code", "entered"}
_REMEMBERED = 5_000  # parsed cells cached for a column; most columns have far fewer different ones

Note = dict[str, str]
ClassKey = tuple[str, int, int]  # stage, entry year, number


@dataclass(slots=True)
class PupilRow:
    """One row of the sheet. ``values``: field → parsed value; empty cells are omitted."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    school_id: int | None = None
    school_class: ClassKey | None = None
    class_label: str = ""
    problems: list[Note] = field(default_factory=list)
    warnings: list[Note] = field(default_factory=list)
    id_digest: str | None = None  # of the ID number; computed when first needed

    @property
    def name(self) -> str:
        return self.values.get("name", "")


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """The schools that a sheet may name, and the day on which it is true.

    ``schools``: 学校标识码 → unit. ``own`` is the code of the only school in a school's sheet,
    which need not name it; the county's sheet has none. ``closed`` are the classes that are closed
    on that day. ``denied`` are classes that a person said are written wrong, by school and everyday
    name.
    """

    schools: Mapping[str, int]
    as_of: date
    own: str = ""
    closed: frozenset[tuple[int, ClassKey]] = frozenset()
    denied: frozenset[tuple[int, str]] = frozenset()

    @property
    def school_year(self) -> int:
        return school_year_of(self.as_of)


@dataclass(frozen=True, slots=True)
class _Seat:
    """The class that name, grade, month of entry, school and year of birth give together."""

    label: str
    key: ClassKey | None = None
    problems: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()


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
        asked = {column.field for column in mapping.values() if column.needed or column.star}
        self._asked = frozenset(asked - _ASKED_ELSEWHERE)
        self._seats: dict[tuple[str, ...], _Seat] = {}

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
        self._check_needed(row, unread)
        return row

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
            value = parse(cell)
        except BadCell as error:
            unread.add(column.field)
            self._note_bad(row, column, str(error))
            return ""
        # Only text is cached: 1, 1.0 and True would be the same key.
        if isinstance(cell, str) and len(known) < _REMEMBERED:
            known[cell] = value
        return value

    def _note_bad(self, row: PupilRow, column: RosterColumn, message: str) -> None:
        if column.needed or column.field in _IDENTITY:
            row.problems.append(self.note(column.field, message))
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
        if number:
            row.values["id_type"] = kind
        if number and kind == codes.RESIDENT_ID:
            complaint = ids.complaint_about(number)
            if complaint:
                row.problems.append(self.note("id_no", complaint))
            else:
                self._cross_check(row, number)
        if "id_no" in self.columns and not number and kind == codes.NO_PAPER:
            row.warnings.append(self.note("id_no", "没有登记证件号，请尽快补录"))

    def _cross_check(self, row: PupilRow, number: str) -> None:
        """Warn when sex or birth date contradict the ID number.

        The number does not refuse the row: rosters contain errors, and correcting them is separate
        work.
        """
        born = ids.birth_of(number)
        if born and row.values.get("born_on", born.isoformat()) != born.isoformat():
            row.warnings.append(
                self.note("born_on", f"出生日期与身份证件号（{born.isoformat()}）不一致，请核对")
            )
        if row.values.get("sex", ids.sex_of(number)) != ids.sex_of(number):
            row.warnings.append(self.note("sex", "性别与身份证件号不一致，请核对"))

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
        label = values.pop("class_name", "")
        said = (
            label,
            values.pop("grade", ""),
            values.pop("entered", ""),
            code,
            values.get("born_on", "")[:4],
        )
        if not label:
            return
        seat = self._seats.get(said)
        if seat is None:
            seat = self._seats[said] = self._seat_of(*said)
        values["class_name"] = label
        row.class_label, row.school_class = seat.label, seat.key
        row.problems += seat.problems
        row.warnings += seat.warnings

    def _seat_of(self, label: str, grade_words: str, entered: str, code: str, born: str) -> _Seat:
        parsed = read_class(label)
        if parsed is None:
            message = (
                f"班级名称「{label[:20]}」无法识别，请写成「七年级1班」「2024级1班」或班号「1」"
            )
            return self._no_seat(label, "class_name", message)
        grade = read_grade(grade_words) if grade_words else None
        if grade_words and grade is None:
            message = f"年级「{grade_words[:10]}」无法识别，请核对"
            return self._no_seat(label, "grade", message)
        grade, by_month = parsed.grade or grade, _entry_year(entered)
        year = parsed.cohort or by_month
        stage = _stage(code, grade, year, born)
        if grade is not None:
            year = entry_year_of(stage, grade, self.place.school_year)
        if year is None:
            at = next((name for name in ("entered", "grade") if name in self.columns), "class_name")
            message = "缺少入学年月，不能确定年级，请填写6位数字，如202409"
            return self._no_seat(label, at, message)
        if not self._teaches(stage, year):
            return self._not_taught(label, year)
        key = (stage, year, parsed.number)
        if complaint := self._complaint_about_class(code, key):
            return self._no_seat(label, "class_name", complaint)
        return self._seat_in(key, by_month, born)

    def _complaint_about_class(self, code: str, key: ClassKey) -> str:
        """Return why pupils cannot be put into the class; "" when they can."""
        school, name = self.place.schools.get(code, 0), self._name_of(key)
        if (school, key) in self.place.closed:
            return f"{name}已经撤并，请填写学生现在的班级"
        if (school, name) in self.place.denied:
            return f"{name}不是新开的班，请改成学生所在的班级"
        return ""

    def _name_of(self, key: ClassKey) -> str:
        stage, year, number = key
        return f"{grade_name(stage, year, self.place.school_year)}{number}班"

    def _no_seat(self, label: str, field_name: str, message: str) -> _Seat:
        return _Seat(label[:40], problems=(self.note(field_name, message),))

    def _teaches(self, stage: str, year: int) -> bool:
        now = self.place.school_year
        is_next = year == now + 1 and self.place.as_of.month in (6, 7, 8)
        return is_next or is_at_school(stage, year, now)

    def _not_taught(self, label: str, year: int) -> _Seat:
        late = year > self.place.school_year
        word = "晚于本学年，尚未入学" if late else "，推算已毕业"
        at = "entered" if "entered" in self.columns else "class_name"
        return self._no_seat(label, at, f"入学年份{year}{word}，请核对入学年月和班级")

    def _seat_in(self, key: ClassKey, by_month: int | None, born: str) -> _Seat:
        stage, year, _ = key
        warnings = []
        if by_month is not None and by_month != year:
            warnings.append(
                self.note("entered", "入学年月与班级的年级不一致，已按班级编班，请核对")
            )
        grade = grade_of(stage, year, self.place.school_year)
        if born and abs(self.place.school_year - int(born) - grade - 6) > AGE_TOLERANCE:
            warnings.append(self.note("born_on", "年龄与年级相差较大，请核对出生日期"))
        return _Seat(self._name_of(key), key, warnings=tuple(warnings))


def _entry_year(entered: str) -> int | None:
    """Return the entry year of a month such as 2024-09. Entry in spring belongs to the year
    before."""
    if not entered:
        return None
    year, month = int(entered[:4]), int(entered[5:])
    return year if month >= 7 else year - 1


def _stage(code: str, grade: int | None, entry_year: int | None, born: str) -> str:
    """Return stage 1 or 2: by the grade, else by the school's kind, else by the age at entry.

    A nine-year school may carry the code of a junior school (domain 6.1), so age decides there.
    """
    if grade is not None:
        return "1" if grade <= 6 else "2"
    if code.startswith("21"):
        return "1"
    if entry_year is not None and born:
        return "1" if entry_year - int(born[:4]) <= 9 else "2"
    return "2"
