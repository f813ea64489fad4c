"""Builds the rows to insert and update for a part of a sheet. Reads no table.

A part is built in a thread while the database writes the part before it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import uuid4

from foundation.days import ONE_DAY
from students.roster.imports.differences import (
    enrolment_of,
    facts_of,
    fingerprint,
    guardians_of,
)
from students.roster.imports.matching import RowPlan
from students.roster.imports.reading.pupil_row import ClassKey
from students.roster.imports.reading.table_rows import (
    CHILD_COLUMNS,
    ENROLMENT_COLUMNS,
    GUARDIAN_COLUMNS,
    ChildRow,
    EnrolmentRow,
    GuardianRow,
)
from students.roster.imports.snapshot import Known, RosterSnapshot
from students.roster.models import ImportRow

Numbered = tuple[int, dict[str, Any]]  # row number, what undoing needs to know
Link = tuple[int, int, str]  # import row, child, fingerprint after writing

# Attribute → the columns of the database that change with it.
_STORED_AS = {
    column.attribute: column.stored_as
    for column in (*CHILD_COLUMNS, *GUARDIAN_COLUMNS, *ENROLMENT_COLUMNS)
} | {"name": ("name", "name_key", "initials")}
_CORRECTED = (
    "school_id",
    "school_class_id",
    *(name for column in ENROLMENT_COLUMNS for name in column.stored_as),
)
_as_corrected: Callable[[EnrolmentRow], tuple[Any, ...]] = attrgetter(*_CORRECTED)


@dataclass(slots=True)
class Before:
    """What undoing needs to know of a row: the former values, and the ids of new rows."""

    facts: dict[str, Any] = field(default_factory=dict)
    relatives: dict[int, dict[str, Any]] = field(default_factory=dict)
    enrolments: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_relatives: list[int] = field(default_factory=list)
    new_enrolments: list[int] = field(default_factory=list)

    def as_payload(self, child_id: int) -> dict[str, Any]:
        """Return it as it is sealed in the chunks. The keys stand in stored data and stay as they
        are."""
        return {
            "child": child_id,
            "facts": self.facts,
            "relatives": self.relatives,
            "spells": self.enrolments,
            "new_relatives": self.new_relatives,
            "new_spells": self.new_enrolments,
        }


@dataclass(slots=True)
class RowsToWrite:
    """Rows to insert, rows to update, and what is kept for undoing."""

    new_people: list[ChildRow] = field(default_factory=list)
    new_relatives: list[GuardianRow] = field(default_factory=list)
    new_enrolments: list[EnrolmentRow] = field(default_factory=list)
    people: list[ChildRow] = field(default_factory=list)
    relatives: list[GuardianRow] = field(default_factory=list)
    enrolments: list[EnrolmentRow] = field(default_factory=list)
    former: list[tuple[int, str]] = field(default_factory=list)  # child, registry number
    before: list[Numbered] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


@dataclass(slots=True)
class Ids:
    """Ids reserved in advance; some may stay unused."""

    children: Iterator[int]
    relatives: Iterator[int]
    enrolments: Iterator[int]


class RowBuilder:
    """Builds the rows of one batch; enrolments begin on ``day``."""

    def __init__(
        self,
        snapshot: RosterSnapshot,
        classes: Mapping[tuple[int, ClassKey], int],
        ids: Ids,
    ) -> None:
        self.snapshot, self.classes, self.ids = snapshot, classes, ids
        self.day: date = snapshot.scope.day
        self.hand = RowsToWrite()

    def build(self, due: Sequence[tuple[int, RowPlan]]) -> RowsToWrite:
        """Return the rows for these plans; each plan comes with the id of its import row."""
        self.hand = RowsToWrite()
        for pk, plan in due:
            known, before = plan.known, Before()
            if known is None:
                known = plan.known = self._make(plan, before)
            else:
                self._change(plan, known, before)
            self._seat(plan, known, before)
            child_id = known.child.pk
            self.hand.before.append((plan.row.number, before.as_payload(child_id)))
            self.hand.links.append((pk, child_id, fingerprint(known)))
        return self.hand

    def _make(self, plan: RowPlan, before: Before) -> Known:
        """Build a new child with its guardians. Undoing does not touch them, so ``before`` omits
        them."""
        row, person = plan.row, ChildRow(next(self.ids.children), str(uuid4()))
        home = self.snapshot.home_of(row.values.get("home_region", ""))
        person.home_village_id, person.home_township_id = home.village_id, home.township_id
        person.take(facts_of(row))
        known = Known(person)
        self.hand.new_people.append(person)
        for position, facts in guardians_of(row).items():
            self._relative(known, position, facts)
        return known

    def _relative(self, known: Known, position: int, facts: dict[str, Any]) -> GuardianRow:
        one = GuardianRow(next(self.ids.relatives), str(uuid4()), known.child.pk, position)
        one.take(facts)
        known.guardians[position] = one
        self.hand.new_relatives.append(one)
        return one

    def _change(self, plan: RowPlan, known: Known, before: Before) -> None:
        """Update a known child and keep the former values."""
        person, facts = known.child, plan.difference.facts
        if facts:
            before.facts = _values(person, facts)
            if "registry_no" in facts and person.number:
                self.hand.former.append((person.pk, person.number))
            person.take(facts)
            self.hand.people.append(person)
        for position, said in plan.difference.guardians.items():
            if one := known.guardians.get(position):
                before.relatives[one.pk] = _values(one, said)
                one.take(said)
                self.hand.relatives.append(one)
            else:
                before.new_relatives.append(self._relative(known, position, said).pk)

    def _seat(self, plan: RowPlan, known: Known, before: Before) -> None:
        """End the enrolment the day before and begin the next one.

        An enrolment that began on the same day is corrected instead.
        """
        enrolment = known.enrolment
        if enrolment is None:
            self._begin(plan, known, before, None)
        elif plan.action == ImportRow.CHANGED or enrolment.starts_on == self.day:
            self._correct(enrolment, plan, before)
        else:
            before.enrolments[enrolment.pk] = {"ends_on": enrolment.ends_on}
            ends_on, enrolment.ends_on = enrolment.ends_on, self.day - ONE_DAY
            self.hand.enrolments.append(enrolment)
            self._begin(plan, known, before, ends_on)

    def _begin(self, plan: RowPlan, known: Known, before: Before, ends_on: date | None) -> None:
        row, child_id = plan.row, known.child.pk
        assert row.school_id is not None  # a row without school or class is refused
        assert row.school_class is not None
        class_id = self.classes[row.school_id, row.school_class]
        pk = next(self.ids.enrolments)
        enrolment = EnrolmentRow(pk, child_id, row.school_id, class_id, self.day, ends_on)
        enrolment.take(enrolment_of(row))
        known.enrolment = enrolment
        self.hand.new_enrolments.append(enrolment)
        before.new_enrolments.append(pk)

    def _correct(self, enrolment: EnrolmentRow, plan: RowPlan, before: Before) -> None:
        """Change school, class and the sheet's facts of the enrolment in place."""
        row, old = plan.row, _as_corrected(enrolment)
        if plan.action != ImportRow.CHANGED and row.school_id and row.school_class:
            enrolment.school_id = row.school_id
            enrolment.school_class_id = self.classes[row.school_id, row.school_class]
        enrolment.take(plan.difference.enrolment)
        if old != _as_corrected(enrolment):
            before.enrolments[enrolment.pk] = dict(zip(_CORRECTED, old, strict=True))
            self.hand.enrolments.append(enrolment)


def _values(row: ChildRow | GuardianRow, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the present values of the columns that these facts will change."""
    names = [name for fact in facts for name in _STORED_AS.get(fact, (fact,)) if hasattr(row, name)]
    return {name: getattr(row, name) for name in names}
