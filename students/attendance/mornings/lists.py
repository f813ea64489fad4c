"""Rows for the pages that list classes, and for the page that compares two versions."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from students.attendance.rolls.entries import Mark
from students.attendance.rolls.sheet import RollPupil
from students.attendance.rolls.states import CHANGED, SUBMITTED, UNCALLED, ClassState
from students.attendance.rules.kinds import BY_CODE
from students.roster.models import SchoolClass

_TONES = {UNCALLED: "today", SUBMITTED: "done", CHANGED: "done"}


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class in a list, with its state of the day."""

    school_class: SchoolClass
    name: str
    school: str
    state: ClassState
    is_late: bool  # 未点名 after P0

    @property
    def is_called(self) -> bool:
        return self.state.is_called


def rows_of(
    classes: Sequence[SchoolClass],
    states: Mapping[int, ClassState],
    late: Collection[int],
    school_year: int,
) -> list[ClassRow]:
    return [
        ClassRow(row, row.name_in(school_year), str(row.school), states[row.pk], row.pk in late)
        for row in classes
    ]


def tallies_of(rows: Sequence[ClassRow]) -> list[dict[str, object]]:
    """The classes by state; 未点名 is a number of its own beside 已提交 and 已修改."""
    return [
        {
            "label": state,
            "count": sum(row.state.state == state for row in rows),
            "tone": _TONES[state],
        }
        for state in (UNCALLED, SUBMITTED, CHANGED)
    ]


def conflict_marks(pupils: Iterable[RollPupil], marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """The names and kinds in the other person's version."""
    names = {pupil.id: pupil.name for pupil in pupils}
    return [
        (names.get(mark.child_id, "已离班学生"), BY_CODE[mark.kind].counted_label) for mark in marks
    ]
