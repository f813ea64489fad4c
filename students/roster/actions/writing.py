"""Writing a confirmed roster: set by set, all of it or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from foundation.bulk import copy_in, take_ids, update_rows
from students.roster.actions.layouts import kept_columns
from students.roster.actions.pupils import open_classes
from students.roster.checking import ClassKey, Row
from students.roster.comparing import facts_of, fingerprint, guardians_of
from students.roster.matching import Answer, Matcher, Plan, writes_still
from students.roster.models import (
    Child,
    Enrolment,
    FormerNumber,
    Guardian,
    ImportBatch,
    ImportChunk,
    ImportRow,
)
from students.roster.register import (
    PERSON_FIELDS,
    RELATIVE_FIELDS,
    SPELL_FIELDS,
    Known,
    Person,
    Relative,
    Spell,
    read_register,
    scope_of,
    values_of_person,
    values_of_relative,
    values_of_spell,
)
from students.roster.restoring import packed, rows_of

SMALLEST_CHUNK = 100
CHUNKS = 50  # a batch tells its progress about so often
ONE_DAY = timedelta(days=1)

# The columns that change with a field of the sheet, where they are not the field itself.
_COLUMNS = {
    "id_no": ("id_no_sealed", "id_no_digest"),
    "address": ("address_sealed", "address_digest"),
    "phone": ("phone_sealed", "phone_digest"),
    "name": ("name", "name_key", "initials"),
}


class SomebodyWasFirst(Exception):
    """What the preview showed no longer holds; the message says for which rows."""


@dataclass(slots=True)
class Stored:
    """What the preview said of a row."""

    pk: int
    row_no: int
    action: str
    child_id: int | None
    seen: str
    answer: str
    problems: list[dict[str, str]]

    def differs_from(self, plan: Plan) -> bool:
        """Whether something else would happen now."""
        return (self.action, self.child_id, self.seen) != (plan.action, plan.child_id, plan.seen)

    @property
    def is_due(self) -> bool:
        """Whether the row is to be written."""
        return self.action in ImportRow.WRITES and not self.problems

    @property
    def claims(self) -> bool:
        """Whether the row means a child without writing to it."""
        return bool(self.child_id) and not self.is_due and self.action != ImportRow.ASKED


Due = tuple[Stored, Plan]


@dataclass(slots=True)
class Before:
    """What undoing needs to know of a row: what was there before, and what was made."""

    facts: dict[str, Any] = field(default_factory=dict)
    relatives: dict[int, dict[str, Any]] = field(default_factory=dict)
    spells: dict[int, dict[str, Any]] = field(default_factory=dict)
    new_relatives: list[Relative] = field(default_factory=list)
    new_spells: list[Spell] = field(default_factory=list)

    def as_payload(self, child_id: int) -> dict[str, Any]:
        """As it is kept, once the new rows have their ids."""
        return {
            "child": child_id,
            "facts": self.facts,
            "relatives": self.relatives,
            "spells": self.spells,
            "new_relatives": [one.pk for one in self.new_relatives],
            "new_spells": [one.pk for one in self.new_spells],
        }


class Writer:
    """Writes one batch inside the caller's transaction."""

    def __init__(
        self, batch: ImportBatch, tell: Callable[[int, int, str], None], now: datetime
    ) -> None:
        self.batch, self.tell, self.now = batch, tell, now
        self.scope = scope_of(batch)

    def write(self) -> list[int]:
        """Write every row that changes something; returns the children written.

        Raises SomebodyWasFirst when a child was changed since the preview.
        """
        due = self._plan_again() if self.batch.writes else []
        self.classes = self._open_classes([plan.row for _, plan in due])
        kept: list[tuple[int, dict[str, Any]]] = []
        for chunk in self._chunks(due):
            kept += self._write_chunk(chunk)
            self.tell(len(kept), len(due), "")
        ImportChunk.objects.bulk_create(packed(self.batch, ImportChunk.BEFORE, kept), batch_size=20)
        return [payload["child"] for _, payload in kept]

    def _plan_again(self) -> list[Due]:
        """Compare once more under lock: what the preview showed must still be what happens.

        Only of the rows that are written; the children whom the others mean are theirs.
        """
        stored = self._stored()
        rows = [row for row in rows_of(self.batch) if stored[row.number].is_due]
        others = {said.child_id or 0 for said in stored.values() if said.claims}
        answers: dict[int, Answer] = {
            row.number: (said.answer, said.child_id)
            for row in rows
            if (said := stored[row.number]).answer
        }
        self.register = read_register(self.scope, rows, lock=True)
        plans = Matcher(self.register, {}, answers).plan(rows, frozenset(others))
        pairs = [(stored[plan.row.number], plan) for plan in plans]
        changed = [str(said.row_no) for said, plan in pairs if said.differs_from(plan)]
        if changed:
            listed = "、".join(changed[:10]) + ("等" if len(changed) > 10 else "")
            raise SomebodyWasFirst(
                f"预览之后，第{listed}行（共{len(changed)}行）的学生信息又有变动，本批没有写入。"
                "请取消本批，重新上传同一文件，核对后再确认。"
            )
        columns = kept_columns(self.batch)
        return [(said, plan) for said, plan in pairs if writes_still(plan, columns)]

    def _stored(self) -> dict[int, Stored]:
        rows = self.batch.rows.filter(row_no__isnull=False).order_by()
        problems = dict(rows.exclude(problems=[]).values_list("row_no", "problems"))
        values = rows.values_list("pk", "row_no", "action", "child_id", "seen", "answer")
        return {
            no: Stored(pk, no, action, child, seen, answer, problems.get(no, []))
            for pk, no, action, child, seen, answer in values.iterator()
            if no is not None
        }

    def _open_classes(self, rows: list[Row]) -> dict[tuple[int, ClassKey], int]:
        wanted = {
            (row.school_id, row.school_class)
            for row in rows
            if row.school_id is not None and row.school_class is not None
        }
        return open_classes(wanted)

    def _chunks(self, due: list[Due]) -> Iterator[list[Due]]:
        size = max(SMALLEST_CHUNK, len(due) // CHUNKS)
        for start in range(0, len(due), size):
            yield due[start : start + size]

    def _write_chunk(self, due: list[Due]) -> list[tuple[int, dict[str, Any]]]:
        self._empty_hands()
        new_ids = iter(take_ids(Child, sum(plan.known is None for _, plan in due)))
        befores = []
        for _, plan in due:
            before = Before()
            if plan.known is None:
                self._make(plan, next(new_ids))
            else:
                self._change(plan, plan.known, before)
            self._seat(plan, before)
            befores.append(before)
        self._change_rows()
        self._add_children()
        self._enrol()
        self._link(due)
        return [
            (plan.row.number, before.as_payload(plan.child_id or 0))
            for (_, plan), before in zip(due, befores, strict=True)
        ]

    def _empty_hands(self) -> None:
        self.new_people: list[Person] = []
        self.new_relatives: list[Relative] = []
        self.new_spells: list[Spell] = []
        self.people: list[Person] = []
        self.relatives: list[Relative] = []
        self.spells: list[Spell] = []
        self.former: list[FormerNumber] = []

    def _make(self, plan: Plan, pk: int) -> None:
        """A child nobody knew."""
        row, person = plan.row, Person(pk, str(uuid4()))
        home = self.register.home_of(row.values.get("home_region", ""))
        person.home_village_id, person.home_township_id = home.village_id, home.township_id
        person.take(facts_of(row))
        plan.known = known = Known(person)
        self.new_people.append(person)
        for position, facts in guardians_of(row).items():
            self._relative(known, position, facts)

    def _relative(self, known: Known, position: int, facts: dict[str, Any]) -> Relative:
        one = Relative(0, str(uuid4()), known.child.pk, position)
        one.take(facts)
        known.guardians[position] = one
        self.new_relatives.append(one)
        return one

    def _change(self, plan: Plan, known: Known, before: Before) -> None:
        """What the row says otherwise of a known child; what stood there is kept."""
        person, facts = known.child, plan.difference.facts
        if facts:
            before.facts = _values(person, facts)
            if "registry_no" in facts and person.registry_no:
                number = person.registry_no
                self.former.append(FormerNumber(child_id=person.pk, registry_no=number))
            person.take(facts)
            self.people.append(person)
        for position, said in plan.difference.guardians.items():
            if one := known.guardians.get(position):
                before.relatives[one.pk] = _values(one, said)
                one.take(said)
                self.relatives.append(one)
            else:
                before.new_relatives.append(self._relative(known, position, said))

    def _seat(self, plan: Plan, before: Before) -> None:
        """End a spell the day before and begin the next; one begun that same day is corrected."""
        known = plan.known
        assert known is not None  # made or known by now
        spell, day = known.enrolment, self.scope.day
        if spell is None:
            before.new_spells.append(self._begin(plan, known, None))
        elif plan.action == ImportRow.CHANGED or spell.starts_on == day:
            self._correct(spell, plan, before)
        else:
            before.spells[spell.pk] = {"ends_on": spell.ends_on}
            ends_on, spell.ends_on = spell.ends_on, day - ONE_DAY
            self.spells.append(spell)
            before.new_spells.append(self._begin(plan, known, ends_on))

    def _begin(self, plan: Plan, known: Known, ends_on: Any) -> Spell:
        row = plan.row
        assert row.school_id is not None  # a row without school or class is refused
        assert row.school_class is not None
        class_id = self.classes[row.school_id, row.school_class]
        seat = row.values.get("seat_no", "")
        spell = Spell(0, known.child.pk, row.school_id, class_id, self.scope.day, ends_on, seat)
        known.enrolment = spell
        self.new_spells.append(spell)
        return spell

    def _correct(self, spell: Spell, plan: Plan, before: Before) -> None:
        """Change school, class or seat in place."""
        row, old = plan.row, (spell.school_id, spell.school_class_id, spell.seat_no)
        if plan.action != ImportRow.CHANGED and row.school_id and row.school_class:
            spell.school_id = row.school_id
            spell.school_class_id = self.classes[row.school_id, row.school_class]
        if plan.difference.seat_no:
            spell.seat_no = plan.difference.seat_no
        if old != (spell.school_id, spell.school_class_id, spell.seat_no):
            names = ("school_id", "school_class_id", "seat_no")
            before.spells[spell.pk] = dict(zip(names, old, strict=True))
            self.spells.append(spell)

    def _change_rows(self) -> None:
        """Ended spells make room before the next ones come."""
        update_rows(Child, PERSON_FIELDS[1:], list(map(values_of_person, self.people)))
        update_rows(Guardian, RELATIVE_FIELDS[1:], list(map(values_of_relative, self.relatives)))
        update_rows(Enrolment, SPELL_FIELDS[1:], list(map(values_of_spell, self.spells)))
        FormerNumber.objects.bulk_create(self.former, ignore_conflicts=True)

    def _add_children(self) -> None:
        county, now = self.scope.county_id, self.now
        copy_in(
            Child,
            (*PERSON_FIELDS, "county_id", "created_at"),
            ((*values_of_person(one), county, now) for one in self.new_people),
        )
        _number(self.new_relatives, Guardian)
        copy_in(Guardian, RELATIVE_FIELDS, map(values_of_relative, self.new_relatives))

    def _enrol(self) -> None:
        _number(self.new_spells, Enrolment)
        copy_in(
            Enrolment,
            (*SPELL_FIELDS, "recorded_at"),
            ((*values_of_spell(one), self.now) for one in self.new_spells),
        )

    def _link(self, due: list[Due]) -> None:
        """Point each row to the child it became, with the fingerprint of how it was left."""
        update_rows(
            ImportRow,
            ("child_id", "left"),
            [(said.pk, plan.child_id, fingerprint(plan.known)) for said, plan in due if plan.known],
        )


def _number(rows: list[Any], model: Any) -> None:
    for one, pk in zip(rows, take_ids(model, len(rows)), strict=True):
        one.pk = pk


def _values(row: Person | Relative, facts: dict[str, Any]) -> dict[str, Any]:
    """The columns that these fields are about to change, as they stand."""
    names = [name for fact in facts for name in _COLUMNS.get(fact, (fact,)) if hasattr(row, name)]
    return {name: getattr(row, name) for name in names}
