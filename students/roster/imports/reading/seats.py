"""Finds the class that a row means by its name, the grade, 入学年月 and the year of birth."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from students.roster.imports.reading.pupil_row import ClassKey, Note, SheetPlace
from students.roster.rules.classnames import read_class, read_grade
from students.roster.rules.grades import entry_year_of, grade_name, grade_of, is_at_school

AGE_TOLERANCE = 3  # years from the usual age; beyond it a reminder is given (forms 2.4)

MakeNote = Callable[[str, str], Note]  # of a field and a message


@dataclass(frozen=True, slots=True)
class Seat:
    """The class that name, grade, month of entry, school and year of birth give together."""

    label: str
    key: ClassKey | None = None
    problems: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()


class SeatFinder:
    """Finds seats under one header; ``columns`` are its fields, ``note`` makes their notes."""

    def __init__(
        self, place: SheetPlace, columns: Mapping[str, tuple[str, str]], note: MakeNote
    ) -> None:
        self.place, self.columns, self.note = place, columns, note
        self._known: dict[tuple[str, ...], Seat] = {}

    def find(self, label: str, grade: str, entered: str, code: str, born: str) -> Seat:
        """Return the seat that the cells name; ``born`` is a year."""
        said = (label, grade, entered, code, born)
        seat = self._known.get(said)
        if seat is None:
            seat = self._known[said] = self._seat_of(*said)
        return seat

    def _seat_of(self, label: str, grade_words: str, entered: str, code: str, born: str) -> Seat:
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

    def _no_seat(self, label: str, field_name: str, message: str) -> Seat:
        return Seat(label[:40], problems=(self.note(field_name, message),))

    def _teaches(self, stage: str, year: int) -> bool:
        now = self.place.school_year
        is_next = year == now + 1 and self.place.as_of.month in (6, 7, 8)
        return is_next or is_at_school(stage, year, now)

    def _not_taught(self, label: str, year: int) -> Seat:
        late = year > self.place.school_year
        word = "晚于本学年，尚未入学" if late else "，推算已毕业"
        at = "entered" if "entered" in self.columns else "class_name"
        return self._no_seat(label, at, f"入学年份{year}{word}，请核对入学年月和班级")

    def _seat_in(self, key: ClassKey, by_month: int | None, born: str) -> Seat:
        stage, year, _ = key
        warnings = []
        if by_month is not None and by_month != year:
            warnings.append(
                self.note("entered", "入学年月与班级的年级不一致，已按班级编班，请核对")
            )
        grade = grade_of(stage, year, self.place.school_year)
        if born and abs(self.place.school_year - int(born) - grade - 6) > AGE_TOLERANCE:
            warnings.append(self.note("born_on", "年龄与年级相差较大，请核对出生日期"))
        return Seat(self._name_of(key), key, warnings=tuple(warnings))


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
