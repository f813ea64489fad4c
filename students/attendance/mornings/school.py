"""Reads a school's morning from the database in a fixed number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import Count
from django.utils import timezone

from students.attendance.models import Absence, Nudge, RollCall
from students.attendance.rolls.facts import facts_of
from students.attendance.rolls.states import ClassState, SessionState, is_late, state_of
from students.attendance.rules.figures import (
    Figures,
    called_class,
    column_of,
    silent_words,
    sum_of,
    uncalled_class,
)
from students.attendance.rules.kinds import BY_CODE
from students.attendance.rules.spells import EXCUSED, MISSED
from students.roster.class_posts import teacher_posts
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.rules.grades import grade_name, is_at_school, school_year_of

WHOLE_DAY, AFTERNOON = "d", "pm"


@dataclass(frozen=True, slots=True)
class MorningRow:
    """A class at one roll call of a day."""

    school_class: SchoolClass
    name: str
    grade: str
    state: SessionState
    figures: Figures
    is_late: bool  # 未点名 after P0
    teachers: tuple[str, ...] = ()
    nudges: tuple[Nudge, ...] = ()  # of this day, the newest first
    silent: Mapping[str, int] = field(default_factory=dict)  # marks that count as 无故, by label

    @property
    def is_called(self) -> bool:
        """Whether the roll was called. A class without pupils owes none."""
        return self.state.roll_call is not None

    @property
    def is_asked(self) -> bool:
        """Whether the class has pupils that day and its roll is still missing."""
        return not self.is_called and self.figures.uncalled > 0


@dataclass(frozen=True, slots=True)
class Morning:
    """A school's classes at one roll call of a day, 未点名 first."""

    school: School
    day: date
    session: str
    sessions: tuple[str, ...]
    rows: tuple[MorningRow, ...]

    @property
    def total(self) -> Figures:
        return sum_of(row.figures for row in self.rows)

    @property
    def silent_words(self) -> str:
        """What 无故 holds besides 无故未到, in words."""
        return silent_words_of(self.rows)

    @property
    def grades(self) -> list[tuple[str, Figures]]:
        """The grades, the lowest first."""
        found: dict[str, list[Figures]] = {}
        for row in self.in_order:
            found.setdefault(row.grade, []).append(row.figures)
        return [(grade, sum_of(figures)) for grade, figures in found.items()]

    @property
    def in_order(self) -> list[MorningRow]:
        """The classes by grade and number, the order of a sheet."""
        return sorted(self.rows, key=_place)

    @property
    def uncalled(self) -> list[MorningRow]:
        """The classes whose roll is missing, those past P0 first."""
        return [row for row in self.rows if row.is_asked]


def silent_words_of(rows: Iterable[MorningRow]) -> str:
    """What 无故 of some classes holds besides 无故未到, in words."""
    found: Counter[str] = Counter()
    for row in rows:
        found.update(row.silent)
    return silent_words(found)


def in_time(called_at: datetime, day: date, cutoff: time) -> bool:
    """Whether a roll was called on its day by P0."""
    local = timezone.localtime(called_at)
    return local.date() == day and local.time() <= cutoff


def morning_of(
    school: School, day: date, now: datetime, cutoff: time, session: str = ""
) -> Morning:
    """The school's classes of the day at a session, or at the one that P0 asks for."""
    classes = classes_on([school.pk], day)
    states = state_of(classes, day)
    sessions = tuple(dict.fromkeys(s.session for row in states.values() for s in row.sessions))
    wanted = session if session in sessions else (sessions or (WHOLE_DAY,))[0]
    picked = {pk: _session(state, wanted) for pk, state in states.items()}
    figures, silent = _figures(classes, picked, day)
    teachers, nudges = _teachers(classes, day), _nudges(classes, day)
    year = school_year_of(day)
    rows = [
        MorningRow(
            row,
            row.name_in(year),
            grade_name(row.stage, row.entry_year, year),
            picked[row.pk],
            figures[row.pk],
            figures[row.pk].uncalled > 0 and _is_late(picked[row.pk], day, now, cutoff),
            tuple(teachers[row.pk]),
            tuple(nudges[row.pk]),
            silent[row.pk],
        )
        for row in classes
    ]
    ordered = sorted(rows, key=lambda row: (not row.is_late, not row.is_asked, _place(row)))
    return Morning(school, day, wanted, sessions, tuple(ordered))


def figures_of(classes: Sequence[SchoolClass], day: date) -> Figures:
    """The figures of some classes at the first roll of the day, added up. Five queries."""
    picked = {pk: state.sessions[0] for pk, state in state_of(classes, day).items()}
    return sum_of(_figures(classes, picked, day)[0].values())


def _is_late(state: SessionState, day: date, now: datetime, cutoff: time) -> bool:
    """P0 is for the first roll of a day. An afternoon's roll is late from the next day on."""
    until = time.max if state.session == AFTERNOON else cutoff
    return is_late(ClassState(0, (state,)), day, now, until)


def classes_on(school_ids: Sequence[int], day: date) -> list[SchoolClass]:
    """The classes of schools with school on the day: one query."""
    year = school_year_of(day)
    rows = SchoolClass.objects.filter(school_id__in=school_ids).taught_on(day)
    found = rows.select_related("school__unit")
    return [row for row in found if is_at_school(row.stage, row.entry_year, year)]


def _place(row: MorningRow) -> tuple[str, int, int]:
    one = row.school_class
    return (one.stage, -one.entry_year, one.number)


def _session(state: ClassState, wanted: str) -> SessionState:
    """The session asked for. A class that was called for the whole day has only that one."""
    return next((s for s in state.sessions if s.session == wanted), state.sessions[0])


def _figures(
    classes: Sequence[SchoolClass], picked: dict[int, SessionState], day: date
) -> tuple[dict[int, Figures], dict[int, Counter[str]]]:
    """By class: its figures, and its marks that count as 无故 without saying so, by label."""
    calls = {s.roll_call.pk: pk for pk, s in picked.items() if s.roll_call is not None}
    expected = expected_on(classes, day)
    columns: dict[int, list[str]] = defaultdict(list)
    silent: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Absence.objects.standing().filter(roll_call__in=list(calls))
    marks = list(rows.values_list("roll_call_id", "child_id", "kind", "roll_call__session"))
    counted = _halves({child for _, child, kind, _ in marks if BY_CODE[kind].excused}, day)
    for call, child, kind, session in marks:
        half = counted.get(child, EXCUSED)[-1 if session == AFTERNOON else 0]
        excused = BY_CODE[kind].excused and half != MISSED
        columns[calls[call]].append(column_of(kind, excused=excused))
        if BY_CODE[kind].counts_silently:
            silent[calls[call]][BY_CODE[kind].counted_label] += 1
    figures = {
        pk: _of_class(state.roll_call, expected.get(pk, 0), columns[pk])
        for pk, state in picked.items()
    }
    return figures, silent


def _halves(child_ids: Collection[int], day: date) -> dict[int, str]:
    """How the day counts for children on leave, so that spells and figures agree.

    A day suspended since counts nowhere; there the marks are shown as they were made.
    """
    facts = facts_of(child_ids, day, day) if child_ids else {}
    return {child: found[0].halves for child, found in facts.items() if found}


def _of_class(call: RollCall | None, expected: int, columns: Iterable[str]) -> Figures:
    return uncalled_class(expected) if call is None else called_class(call.expected, columns)


def expected_on(classes: Sequence[SchoolClass], day: date) -> dict[int, int]:
    """应到 by class, for classes without a roll: one query."""
    rows = Enrolment.objects.expected_on(day).filter(school_class__in=classes).order_by()
    counted = rows.values_list("school_class_id").annotate(n=Count("child_id", distinct=True))
    return dict(counted)


def _teachers(classes: Sequence[SchoolClass], day: date) -> dict[int, list[str]]:
    posts = teacher_posts([row.pk for row in classes], day)
    names = {pk: [name for _, _, name in held] for pk, held in posts.items()}
    return defaultdict(list, names)


def _nudges(classes: Sequence[SchoolClass], day: date) -> dict[int, list[Nudge]]:
    found: dict[int, list[Nudge]] = defaultdict(list)
    for row in Nudge.objects.filter(school_class__in=classes, day=day).select_related("person"):
        found[row.school_class_id].append(row)
    return found
