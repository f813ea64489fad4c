"""学籍变动月报 (F05, B19): why a grade has more or fewer pupils in class than a month ago.

Counts the pupils in class (在校). A pupil who is suspended, who has dropped out, or whose transfer
is not confirmed yet, is not counted there but under 在籍不在校. A dropout stays on the roll (N-R7).
The column 退学 is always 0: it does not exist in compulsory education.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

PLUS = {
    "new": "新生",
    "in_within": "转入（县内）",
    "in_outside": "转入（县外）",
    "return": "复学",
    "plus_other": "其他",
}
MINUS = {
    "graduation": "毕业",
    "out_within": "转出（县内）",
    "out_outside": "转出（县外）",
    "suspension": "休学",
    "expelled": "退学",
    "dropout": "辍学",
    "death": "死亡",
    "abroad": "出国（境）",
    "minus_other": "其他",
}
# Kind of change → the column it adds to in the new grade, and the one it takes from in the old.
_PLUS_BY = {
    "transfer_within": "in_within",
    "transfer_in": "in_outside",
    "return": "return",
}
_MINUS_BY = {
    "transfer_within": "out_within",
    "transfer_out": "out_outside",
    "suspension": "suspension",
    "death": "death",
    "abroad": "abroad",
}


@dataclass(frozen=True, slots=True)
class ChildSeat:
    """Where a child stood at one end of the month: its grade and school, and whether in class.

    ``is_dropout`` tells why a child is not in class.
    """

    grade: str
    school: int
    in_class: bool = True
    is_dropout: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A child's month: where it stood before and at the end, and the kinds of its changes."""

    before: ChildSeat | None
    after: ChildSeat | None
    kinds: tuple[str, ...] = ()
    is_new: bool = False  # enrolled for the first time in the stage, in an entry grade
    is_graduate: bool = False  # graduated with its class


@dataclass(slots=True)
class GradeRow:
    """One grade's month. It balances when 月末 = 月初 + 增加 − 减少."""

    grade: str
    start: int = 0
    end: int = 0
    away: int = 0
    moves: Counter[str] = field(default_factory=Counter)

    @property
    def plus(self) -> int:
        """增加合计."""
        return sum(self.moves[code] for code in PLUS)

    @property
    def minus(self) -> int:
        """减少合计."""
        return sum(self.moves[code] for code in MINUS)

    @property
    def enrolled(self) -> int:
        """月末在籍."""
        return self.end + self.away

    @property
    def is_balanced(self) -> bool:
        """月末 = 月初 + 增加 − 减少 (forms 1.6)."""
        return self.end == self.start + self.plus - self.minus

    @property
    def cells(self) -> list[int]:
        """The numbers in the order of the columns."""
        plus = [self.moves[code] for code in PLUS]
        minus = [self.moves[code] for code in MINUS]
        return [
            self.start,
            *plus,
            self.plus,
            *minus,
            self.minus,
            self.end,
            self.away,
            self.enrolled,
        ]


# (shared heading, heading) of each number of a row
HEADS = (
    ("", "月初在校"),
    *(("增加", label) for label in (*PLUS.values(), "合计")),
    *(("减少", label) for label in (*MINUS.values(), "合计")),
    ("", "月末在校"),
    ("", "在籍不在校"),
    ("", "月末在籍"),
)


def grade_rows(courses: Iterable[Course], grades: Iterable[str]) -> list[GradeRow]:
    """One row a grade in the order given, and the total."""
    rows = {grade: GradeRow(grade) for grade in grades}
    for course in courses:
        _count(rows, course)
    total = GradeRow("合计")
    for row in rows.values():
        total.start += row.start
        total.end += row.end
        total.away += row.away
        total.moves.update(row.moves)
    return [*rows.values(), total]


def _count(rows: dict[str, GradeRow], course: Course) -> None:
    before, after = course.before, course.after
    if after is not None and not after.in_class:
        rows[after.grade].away += 1
    origin = _key(before)
    came = _key(after)
    if before is not None and origin:
        rows[before.grade].start += 1
    if after is not None and came:
        rows[after.grade].end += 1
    if origin == came:
        return
    if before is not None and origin:
        rows[before.grade].moves[_reason(course, _MINUS_BY, _why_gone(course))] += 1
    if after is not None and came:
        rows[after.grade].moves[_reason(course, _PLUS_BY, _why_come(course))] += 1


def _why_gone(course: Course) -> str:
    """Return the column for a child who left class without a change."""
    if course.after is not None and course.after.is_dropout:
        return "dropout"
    return "graduation" if course.is_graduate else "minus_other"


def _why_come(course: Course) -> str:
    """Return the column for a child who came into class without a change."""
    if course.before is not None and course.before.is_dropout:
        return "return"
    return "new" if course.is_new else "plus_other"


def _key(seat: ChildSeat | None) -> tuple[str, int] | None:
    """Return what identifies the child's place. A move to another class of the grade is no
    difference."""
    return (seat.grade, seat.school) if seat is not None and seat.in_class else None


def _reason(course: Course, by_kind: dict[str, str], other: str) -> str:
    """Return the column of the month's last change that explains the difference, else ``other``."""
    found = [by_kind[kind] for kind in course.kinds if kind in by_kind]
    return found[-1] if found else other
