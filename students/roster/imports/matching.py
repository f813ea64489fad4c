"""Whom each row of a sheet means, and so what would happen to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from students.roster.imports.differences import (
    Difference,
    compare,
    fingerprint,
    is_empty,
    keep_back,
)
from students.roster.imports.row_checks import Note, PupilRow
from students.roster.imports.snapshot import Known, Register, id_digest
from students.roster.models import ImportRow
from students.roster.rules.grades import grade_name, school_year_of

ELSEWHERE = "该证件号已在本县其他学校登记，请走转学手续"
BY_NAME = "与本校一名学生同名、同出生日期，请确认是否同一人"
TWO_CHILDREN = "学籍号与身份证件号分别属于两名学生，请核对"
LATER = "该生自{}起已有学籍记录，请把数据日期改到该日之后"

Answer = tuple[str, int | None]  # same or other, and the child who was asked about


@dataclass(slots=True)
class RowPlan:
    """A row, whom it means, and what would be written."""

    row: PupilRow
    known: Known | None = None
    action: str = ImportRow.REFUSED
    difference: Difference = field(default_factory=Difference)

    @property
    def child_id(self) -> int | None:
        """The child the row means, or may mean."""
        return self.known.child.pk if self.known else None

    @property
    def writes(self) -> bool:
        """Whether a confirmation would write the row."""
        return self.action in ImportRow.WRITES and not self.row.problems

    @property
    def seen(self) -> str:
        """The fingerprint of what it was compared with, where something would be written."""
        return fingerprint(self.known) if self.known and self.writes else ""


class Matcher:
    """Matches the rows of one sheet: registry number, ID number, then name with birth date.

    ``answers``: by row number, what a person said of a row that was asked about.
    """

    def __init__(
        self,
        register: Register,
        columns: Mapping[str, tuple[str, str]],
        answers: Mapping[int, Answer] | None = None,
    ) -> None:
        self.register, self.columns = register, columns
        self.answers = answers or {}
        self.by_birth: dict[tuple[int, str, str], list[Known]] = defaultdict(list)
        for known in register.here():
            born, at = known.child.born_on, known.enrolment
            if at and born:
                self.by_birth[at.school_id, known.child.name, born.isoformat()].append(known)

    def plan(
        self, rows: Sequence[PupilRow], claimed: frozenset[int] = frozenset()
    ) -> list[RowPlan]:
        """One plan a row, in order; ``claimed`` are the children whom other rows mean."""
        return list(self.settled(self.meet(rows, claimed)))

    def meet(
        self, rows: Sequence[PupilRow], claimed: frozenset[int] = frozenset()
    ) -> list[RowPlan]:
        """Whom each row means, and what only all of them tell; not yet what would happen."""
        plans = [RowPlan(row, self._by_number(row)) for row in rows]
        self._refuse_shared(plans)
        taken = {plan.known.child.pk for plan in plans if plan.known} | claimed
        for plan in plans:
            if plan.known is None:
                self._by_name(plan, taken)
        return plans

    def settled(self, plans: Iterable[RowPlan]) -> Iterator[RowPlan]:
        """The same plans, each with what would happen; asks no table."""
        for plan in plans:
            if plan.action != ImportRow.ASKED:
                self._settle(plan)
            yield plan

    def answer_to(self, row: PupilRow) -> str:
        """What a person said of the row."""
        return self.answers.get(row.number, ("", None))[0]

    def absent(self, plans: Sequence[RowPlan]) -> list[Known]:
        """The children of the schools whom no settled row means."""
        meant = {plan.known.child.pk for plan in plans if plan.known}
        return [known for known in self.register.here() if known.child.pk not in meant]

    def _by_number(self, row: PupilRow) -> Known | None:
        by_registry = self.register.by_registry.get(row.values.get("registry_no", ""))
        by_id = self.register.by_id.get(id_digest(row))
        if by_registry and by_id and by_registry is not by_id:
            self._refuse(row, "id_no", TWO_CHILDREN)
            return None
        return by_registry or by_id

    def _refuse_shared(self, plans: Sequence[RowPlan]) -> None:
        """Two rows that mean the same child by different numbers are both refused."""
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
        """Name, birth date and school never decide: a person does, unless nothing would change."""
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
            taken.add(plan.known.child.pk)  # refused or known: kept from being listed as absent
            return
        plan.action = ImportRow.ASKED
        row.warnings.append(self._note("name", BY_NAME))

    def _changes_nothing(self, row: PupilRow, known: Known) -> bool:
        """Whether the pupil without a number is in the register just as the row says."""
        if row.values.get("id_no") or row.values.get("registry_no"):
            return False
        return known.class_key == row.school_class and not self._compared(row, known).changes

    def _compared(self, row: PupilRow, known: Known) -> Difference:
        home = self.register.home_of(row.values.get("home_region", ""))
        return compare(row, known, home)

    def _settle(self, plan: RowPlan) -> None:
        if plan.known:
            self._check_spells(plan, plan.known)
        if plan.row.problems:
            return
        if plan.known is None:
            plan.action = ImportRow.NEW
            return
        plan.difference = self._compared(plan.row, plan.known)
        self._choose(plan, plan.known)

    def _check_spells(self, plan: RowPlan, known: Known) -> None:
        """Who sits in another school stays unnamed: the row does not even point to the child."""
        row, at = plan.row, known.enrolment
        if at and at.school_id != row.school_id:
            if self.register.scope.sees_all:
                return
            plan.known = None
            if not row.problems:
                field_name = "id_no" if row.values.get("id_no") else "registry_no"
                self._refuse(row, field_name, ELSEWHERE)
                plan.action = ImportRow.ARRIVING
        elif known.later_from and at is None:
            self._refuse(row, "name", LATER.format(f"{known.later_from:%Y年%-m月%-d日}"))

    def _choose(self, plan: RowPlan, known: Known) -> None:
        row, at = plan.row, known.enrolment
        if at is None:
            plan.action = ImportRow.NEW
        elif at.school_id != row.school_id:
            plan.action = ImportRow.ARRIVING
            names = self.register.scope.names
            old = names.get(at.school_id, "") + label_of(known, self.register.scope.day)
            new = names.get(row.school_id or 0, "") + row.class_label
            plan.difference.changes.insert(0, {"label": "学校", "old": old, "new": new})
        elif known.class_key != row.school_class:
            plan.action = ImportRow.MOVED
            plan.difference.changes.insert(
                0,
                {
                    "label": "班级",
                    "old": label_of(known, self.register.scope.day),
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
    """The everyday name on a day of the class a child sits in."""
    if known.class_key is None:
        return ""
    stage, year, number = known.class_key
    return f"{grade_name(stage, year, school_year_of(day))}{number}班"


def writes_still(plan: RowPlan, kept: Collection[str]) -> bool:
    """Whether a plan writes anything once the columns that keep the register's value are out."""
    if plan.known:
        keep_back(plan.difference, kept)
    return plan.action != ImportRow.CHANGED or not is_empty(plan.difference)
