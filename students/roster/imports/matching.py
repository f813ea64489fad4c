"""Finds the child that each row of a sheet means, and decides what happens to the row."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foundation.days import full_day_words
from students.roster.imports.differences import (
    Difference,
    compare,
    fingerprint,
    is_empty,
    keep_back,
)
from students.roster.imports.reading.pupil_row import Note, PupilRow, only_asks_id
from students.roster.imports.snapshot import Known, RosterSnapshot, id_digest, registry_digest
from students.roster.models import ImportRow
from students.roster.rules.grades import grade_name, school_year_of

ELSEWHERE = "该证件号已在本县其他学校登记，请走转学手续"
BY_NAME = "与本校一名学生同名、同出生日期，请确认是否同一人"
TWO_CHILDREN = "学籍号与身份证件号分别属于两名学生，请核对"
LATER = "该生自{}起已有学籍记录，请把数据日期改到该日之后"

_PAPERS = frozenset({"born_on", "sex", "id_no"})

Answer = tuple[str, int | None]  # same or other, and the child in question


@dataclass(slots=True)
class RowPlan:
    """A row, the child it means, and what would be written."""

    row: PupilRow
    known: Known | None = None
    action: str = ImportRow.REFUSED
    difference: Difference = field(default_factory=Difference)

    @property
    def child_id(self) -> int | None:
        """The child whom the row means, or may mean."""
        return self.known.child.pk if self.known else None

    @property
    def writes(self) -> bool:
        """Whether a confirmation would write the row."""
        return self.action in ImportRow.WRITES and not self.row.problems

    @property
    def seen(self) -> str:
        """The fingerprint of the child it was compared with, when something would be written."""
        return fingerprint(self.known) if self.known and self.writes else ""


class Matcher:
    """Matches the rows of one sheet by registry number, ID number, then name with birth date.

    ``answers``: row number → what a person said of a row in doubt.
    """

    def __init__(
        self,
        snapshot: RosterSnapshot,
        columns: Mapping[str, tuple[str, str]],
        answers: Mapping[int, Answer] | None = None,
    ) -> None:
        self.snapshot, self.columns = snapshot, columns
        self.answers = answers or {}
        self.by_birth: dict[tuple[int, str, str], list[Known]] = defaultdict(list)
        for known in snapshot.here():
            born, at = known.child.born_on, known.enrolment
            if at and born:
                self.by_birth[at.school_id, known.child.name, born.isoformat()].append(known)

    def plan(
        self, rows: Sequence[PupilRow], claimed: frozenset[int] = frozenset()
    ) -> list[RowPlan]:
        """Return one plan for each row, in order; ``claimed`` are children whom other rows mean."""
        return list(self.settled(self.meet(rows, claimed)))

    def meet(
        self, rows: Sequence[PupilRow], claimed: frozenset[int] = frozenset()
    ) -> list[RowPlan]:
        """Return the plans with the child of each row; what would happen is not settled yet.

        Finding the children needs all rows: two rows may mean the same child.
        """
        plans = [RowPlan(row, self._by_number(row)) for row in rows]
        self._refuse_shared(plans)
        taken = {plan.known.child.pk for plan in plans if plan.known} | claimed
        for plan in plans:
            if plan.known is None:
                self._by_name(plan, taken)
        return plans

    def settled(self, plans: Iterable[RowPlan]) -> Iterator[RowPlan]:
        """Yield the plans, each with what would happen. Reads no table."""
        for plan in plans:
            if plan.action != ImportRow.ASKED:
                self._settle(plan)
            yield plan

    def answer_to(self, row: PupilRow) -> str:
        """Return what a person said of the row."""
        return self.answers.get(row.number, ("", None))[0]

    def absent(self, plans: Sequence[RowPlan]) -> list[Known]:
        """Return the children of the schools whom no settled row means."""
        meant = {plan.known.child.pk for plan in plans if plan.known}
        return [known for known in self.snapshot.here() if known.child.pk not in meant]

    def _by_number(self, row: PupilRow) -> Known | None:
        by_registry = self.snapshot.by_registry.get(registry_digest(row))
        by_id = self.snapshot.by_id.get(id_digest(row))
        if by_registry and by_id and by_registry is not by_id:
            self._refuse(row, "id_no", TWO_CHILDREN)
            return None
        return by_registry or by_id

    def _refuse_shared(self, plans: Sequence[RowPlan]) -> None:
        """Refuse both of two rows that mean the same child by different numbers."""
        groups: dict[int, list[PupilRow]] = defaultdict(list)
        for plan in plans:
            if plan.known:
                groups[plan.known.child.pk].append(plan.row)
        for rows in groups.values():
            if len(rows) < 2 or any(row.problems for row in rows):
                continue
            for row in rows:
                others = "、".join(str(other.number) for other in rows if other is not row)
                self._refuse(row, "id_no", f"与第{others}行对应同一名学生，请只保留一行")

    def _by_name(self, plan: RowPlan, taken: set[int]) -> None:
        """Look for a child by name, birth date and school.

        They never decide: a person does, unless nothing would change.
        """
        row = plan.row
        key = (row.school_id or 0, row.name, row.values.get("born_on", ""))
        candidates = [known for known in self.by_birth.get(key, ()) if known.child.pk not in taken]
        if not candidates:
            return
        said, asked_of = self.answers.get(row.number, ("", None))
        if said == ImportRow.OTHER:
            return
        if said == ImportRow.SAME:
            candidates = [known for known in candidates if known.child.pk == asked_of] or candidates
        elif not row.problems:
            candidates.sort(key=lambda known: bool(known.child.id_no_digest))
            candidates = [k for k in candidates if self._changes_nothing(row, k)] or candidates
        plan.known = candidates[0]
        if row.problems or said == ImportRow.SAME or self._changes_nothing(row, plan.known):
            taken.add(plan.known.child.pk)  # refused or known: must not be listed as absent
            return
        plan.action = ImportRow.ASKED
        row.warnings.append(self._note("name", BY_NAME))

    def _changes_nothing(self, row: PupilRow, known: Known) -> bool:
        """Whether a pupil without a number is on the roster exactly as the row says."""
        if row.values.get("id_no") or row.values.get("registry_no"):
            return False
        return known.class_key == row.school_class and not self._compared(row, known).changes

    def _compared(self, row: PupilRow, known: Known) -> Difference:
        home = self.snapshot.home_of(row.values.get("home_region", ""))
        return compare(row, known, home)

    def _settle(self, plan: RowPlan) -> None:
        if plan.known:
            self._check_enrolment(plan, plan.known)
            self._settle_known_papers(plan.row, plan.known)
        if plan.row.problems:
            return
        if plan.known is None:
            plan.action = ImportRow.NEW
            return
        plan.difference = self._compared(plan.row, plan.known)
        self._choose(plan, plan.known)

    def _settle_known_papers(self, row: PupilRow, known: Known) -> None:
        """Ask about the papers of a child once: the roster has the same already."""
        if only_asks_id(row.problems) and _PAPERS.isdisjoint(self._compared(row, known).facts):
            row.warnings += row.problems
            row.problems.clear()

    def _check_enrolment(self, plan: RowPlan, known: Known) -> None:
        """Refuse a row whose child has an enrolment that the batch may not change.

        A child at another school stays unnamed: the row does not point to it.
        """
        row, at = plan.row, known.enrolment
        if at and at.school_id != row.school_id:
            if self.snapshot.scope.sees_all:
                return
            plan.known = None
            if not row.problems:
                field_name = "id_no" if row.values.get("id_no") else "registry_no"
                self._refuse(row, field_name, ELSEWHERE)
                plan.action = ImportRow.ARRIVING
        elif known.later_from and at is None:
            self._refuse(row, "name", LATER.format(full_day_words(known.later_from)))

    def _choose(self, plan: RowPlan, known: Known) -> None:
        row, at = plan.row, known.enrolment
        if at is None:
            plan.action = ImportRow.NEW
        elif at.school_id != row.school_id:
            plan.action = ImportRow.ARRIVING
            names = self.snapshot.scope.names
            old = names.get(at.school_id, "") + label_of(known, self.snapshot.scope.day)
            new = names.get(row.school_id or 0, "") + row.class_label
            plan.difference.changes.insert(0, {"label": "学校", "old": old, "new": new})
        elif known.class_key != row.school_class:
            plan.action = ImportRow.MOVED
            plan.difference.changes.insert(
                0,
                {
                    "label": "班级",
                    "old": label_of(known, self.snapshot.scope.day),
                    "new": row.class_label,
                },
            )
        elif plan.difference.changes:
            plan.action = ImportRow.CHANGED
        else:
            plan.action = ImportRow.UNCHANGED

    def _note(self, field_name: str, message: str) -> Note:
        letter, heading = self.columns.get(field_name, ("", ""))
        return {"column": letter, "label": heading, "message": message}

    def _refuse(self, row: PupilRow, field_name: str, message: str) -> None:
        row.problems.append(self._note(field_name, message))


def label_of(known: Known, day: date) -> str:
    """Return the everyday name, on a day, of the child's class."""
    if known.class_key is None:
        return ""
    stage, year, number = known.class_key
    return f"{grade_name(stage, year, school_year_of(day))}{number}班"


def writes_still(plan: RowPlan, kept: Collection[str]) -> bool:
    """Whether the plan writes anything when the kept columns are removed."""
    if plan.known:
        keep_back(plan.difference, kept)
    return plan.action != ImportRow.CHANGED or not is_empty(plan.difference)
