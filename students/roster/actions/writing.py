"""Writing a confirmed roster: set by set, all of it or nothing."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from foundation.accounts.models import Unit
from students.roster.actions.layouts import kept_columns
from students.roster.actions.pupils import open_class
from students.roster.checking import ClassKey
from students.roster.comparing import UNNAMED_GUARDIAN, facts_of, guardians_of
from students.roster.matching import Matcher, Plan, writes_still
from students.roster.models import (
    Child,
    Enrolment,
    Guardian,
    ImportBatch,
    ImportRow,
    School,
    SchoolClass,
)
from students.roster.names import initials_of, name_key_of
from students.roster.register import read_register
from students.roster.restoring import row_of

SMALLEST_CHUNK = 100
CHUNKS = 50  # a batch tells its progress about so often
ONE_DAY = timedelta(days=1)

_CHILD_COLUMNS = [
    "registry_no",
    "name",
    "name_key",
    "initials",
    "sex",
    "born_on",
    "ethnicity",
    "id_type",
    "id_no_sealed",
    "id_no_digest",
    "home_region",
    "home_village",
    "home_township",
    "address_sealed",
    "address_digest",
    "boards",
]
_GUARDIAN_COLUMNS = ["name", "relation", "is_guardian", "phone_sealed", "phone_digest"]


class SomebodyWasFirst(Exception):
    """What the preview showed no longer holds; the message says for which rows."""


class Writer:
    """Writes one batch inside the caller's transaction."""

    def __init__(self, batch: ImportBatch, tell: Callable[[int, int, str], None]) -> None:
        self.batch, self.tell = batch, tell
        self.school = School.objects.select_related("unit").get(pk=batch.school_id)
        self.stored = list(batch.rows.exclude(action=ImportRow.ABSENT))

    def write(self) -> list[int]:
        """Write every row that changes something; returns the children written.

        Raises SomebodyWasFirst when a child was changed since the preview.
        """
        plans = self._plan_again()
        kept = kept_columns(self.batch)
        due = [
            (stored, plan)
            for stored, plan in zip(self.stored, plans, strict=True)
            if plan.action in ImportRow.WRITES and writes_still(plan, kept)
        ]
        self.classes = self._open_classes({plan.row.school_class for _, plan in due})
        done: list[int] = []
        for chunk in self._chunks(due):
            self._write_chunk([plan for _, plan in chunk])
            done += self._link(chunk)
            self.tell(len(done), len(due), "")
        return done

    def _plan_again(self) -> list[Plan]:
        """Compare once more under lock: what the preview showed must still be what happens."""
        rows = [row_of(stored) for stored in self.stored]
        self.register = read_register(self.school, self.batch.as_of, rows, lock=True)
        plans = Matcher(self.register, {}).plan(rows)
        changed = [
            str(stored.row_no)
            for stored, plan in zip(self.stored, plans, strict=True)
            if stored.action != ImportRow.REFUSED and _differs(stored, plan)
        ]
        if changed:
            listed = "、".join(changed[:10]) + ("等" if len(changed) > 10 else "")
            raise SomebodyWasFirst(
                f"预览之后，第{listed}行（共{len(changed)}行）的学生信息又有变动，本批没有写入。"
                "请取消本批，重新上传同一文件，核对后再确认。"
            )
        return plans

    def _open_classes(self, keys: set[ClassKey | None]) -> dict[ClassKey, SchoolClass]:
        known = {
            (row.stage, row.entry_year, row.number): row
            for row in SchoolClass.objects.filter(school=self.school)
        }
        for key in sorted(key for key in keys if key and key not in known):
            known[key] = open_class(self.school, *key)
        return known

    def _chunks(self, due: list[Any]) -> Iterator[list[Any]]:
        size = max(SMALLEST_CHUNK, len(due) // CHUNKS)
        for start in range(0, len(due), size):
            yield due[start : start + size]

    def _write_chunk(self, plans: list[Plan]) -> None:
        new = [plan for plan in plans if plan.known is None]
        old = [plan for plan in plans if plan.known is not None]
        self._add_children(new)
        self._change_children(old)
        self._put_guardians(old)
        self._move(old)
        self._enrol([plan for plan in plans if plan.action == ImportRow.NEW])

    def _add_children(self, plans: list[Plan]) -> None:
        county: Unit | None = self.school.unit.county
        self.made: dict[int, Child] = {}
        guardians = []
        for plan in plans:
            child = Child(county=county)
            home = self.register.home_of(plan.row.values.get("home_region", ""))
            child.home_village_id, child.home_township_id = home.village_id, home.township_id
            _set(child, facts_of(plan.row))
            self.made[plan.row.number] = child
            guardians += [
                _guardian(child, position, facts)
                for position, facts in guardians_of(plan.row).items()
            ]
        Child.objects.bulk_create(self.made.values())
        Guardian.objects.bulk_create(guardians)

    def _change_children(self, plans: list[Plan]) -> None:
        changed = []
        for plan in plans:
            if plan.known and plan.difference.facts:
                _set(plan.known.child, plan.difference.facts)
                changed.append(plan.known.child)
        Child.objects.bulk_update(changed, _CHILD_COLUMNS)

    def _put_guardians(self, plans: list[Plan]) -> None:
        new, changed = [], []
        for plan in plans:
            for position, facts in plan.difference.guardians.items():
                known = plan.known
                guardian = known.guardians.get(position) if known else None
                if guardian:
                    _set(guardian, facts)
                    changed.append(guardian)
                elif known:
                    new.append(_guardian(known.child, position, facts))
        Guardian.objects.bulk_create(new)
        Guardian.objects.bulk_update(changed, _GUARDIAN_COLUMNS)

    def _move(self, plans: list[Plan]) -> None:
        """End a spell the day before and begin the next; one begun that same day is corrected."""
        ended, corrected, begun = [], [], []
        for plan in plans:
            spell = plan.known.enrolment if plan.known else None
            if spell is None:
                continue
            if plan.action != ImportRow.MOVED or spell.starts_on == self.batch.as_of:
                if self._correct(spell, plan):
                    corrected.append(spell)
                continue
            begun.append(self._spell(spell.child_id, plan, spell))
            spell.ends_on = self.batch.as_of - ONE_DAY
            ended.append(spell)
        Enrolment.objects.bulk_update(ended, ["ends_on"])
        Enrolment.objects.bulk_update(corrected, ["school_class", "seat_no"])
        Enrolment.objects.bulk_create(begun)

    def _correct(self, spell: Enrolment, plan: Plan) -> bool:
        """Change class or seat in place; whether anything differs."""
        if plan.action == ImportRow.MOVED and plan.row.school_class:
            spell.school_class = self.classes[plan.row.school_class]
        if plan.difference.seat_no:
            spell.seat_no = plan.difference.seat_no
        return plan.action == ImportRow.MOVED or plan.difference.seat_no is not None

    def _enrol(self, plans: list[Plan]) -> None:
        Enrolment.objects.bulk_create(
            [self._spell(self._child_of(plan).pk, plan, None) for plan in plans]
        )

    def _child_of(self, plan: Plan) -> Child:
        return plan.known.child if plan.known else self.made[plan.row.number]

    def _spell(self, child_id: int, plan: Plan, before: Enrolment | None) -> Enrolment:
        assert plan.row.school_class is not None  # a row without a class is refused
        return Enrolment(
            child_id=child_id,
            school=self.school,
            school_class=self.classes[plan.row.school_class],
            starts_on=self.batch.as_of,
            ends_on=before.ends_on if before else None,
            seat_no=plan.row.values.get("seat_no", ""),
        )

    def _link(self, chunk: list[tuple[ImportRow, Plan]]) -> list[int]:
        """Point each row to the child it became."""
        fresh = []
        for stored, plan in chunk:
            if stored.child_id is None:
                stored.child = self._child_of(plan)
                fresh.append(stored)
        ImportRow.objects.bulk_update(fresh, ["child"])
        return [self._child_of(plan).pk for _, plan in chunk]


def _differs(stored: ImportRow, plan: Plan) -> bool:
    child_id = plan.known.child.pk if plan.known else None
    return (stored.action, stored.child_id, stored.seen) != (plan.action, child_id, plan.seen)


def _set(row: Child | Guardian, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    if isinstance(row, Child) and "name" in facts:
        row.name_key, row.initials = name_key_of(row.name), initials_of(row.name)


def _guardian(child: Child, position: int, facts: dict[str, Any]) -> Guardian:
    guardian = Guardian(child=child, position=position, name=UNNAMED_GUARDIAN)
    _set(guardian, facts)
    return guardian
