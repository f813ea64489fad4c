"""Recounts absence spells after a day of the roll changed, and writes only what differs."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from foundation.prepared import prepared
from students.attendance.models import Absence, AbsenceSpell
from students.attendance.rolls.facts import facts_of, last_present_before
from students.attendance.rules.spells import Spell, recount_from, spells_of
from students.roster.models import Child

_FIELDS = (
    "school_class",
    "last_missed_on",
    "ended_on",
    "halves",
    "last_present_on",
    "is_void",
    "updated_at",
)


@transaction.atomic(savepoint=False)  # a part of what its caller writes
def recount(children: Collection[int], changed_on: date, until: date) -> None:
    """Recount the spells of ``children`` after facts of ``changed_on`` changed.

    ``until`` is the last day considered, today. A spell that is no longer one becomes void, and is
    restored when a later correction brings it back.
    """
    if not children:
        return
    _lock(children)
    known = _known(children)
    since = {child: recount_from(_standing(known[child]), changed_on) for child in children}
    found = _found(children, since, until)
    _write([(child, spell) for child in children for spell in _changed(known[child], found[child])])
    _void(
        row
        for child in children
        for row in known[child]
        if not row.is_void and row.started_on >= since[child] and row.started_on not in found[child]
    )


def _lock(children: Collection[int]) -> None:
    """Lock the children: two classes may submit for a child that changed class."""
    _locked(children=list(children))


@prepared
def _locked(*, children: Any) -> QuerySet[Any, Any]:
    rows = Child.objects.select_for_update(no_key=True).filter(pk__among=children)
    return rows.order_by("pk").values_list("pk")


def _known(children: Collection[int]) -> dict[int, list[AbsenceSpell]]:
    known: dict[int, list[AbsenceSpell]] = defaultdict(list)
    for row in _spells(children=list(children)):
        known[row.child_id].append(row)
    return known


@prepared
def _spells(*, children: Any) -> QuerySet[AbsenceSpell]:
    return AbsenceSpell.objects.filter(child__among=children)


def _standing(rows: Iterable[AbsenceSpell]) -> list[Spell]:
    return [_spell(row) for row in rows if not row.is_void]


def _spell(row: AbsenceSpell) -> Spell:
    return Spell(row.started_on, row.last_missed_on, row.ended_on, row.halves, row.last_present_on)


def _found(
    children: Collection[int], since: dict[int, date], until: date
) -> dict[int, dict[date, Spell]]:
    """The recounted spells of each child from its own day on, by first day."""
    first = min(since.values())
    facts = facts_of(children, first, until)
    away = [child for child in children if any(fact.unexcused for fact in facts[child])]
    seen = last_present_before(away, first) if away else {}
    found: dict[int, dict[date, Spell]] = {}
    for child in children:
        earlier = [fact for fact in facts[child] if fact.day < since[child]]
        later = facts[child][len(earlier) :]
        present = max((fact.day for fact in earlier if fact.present), default=seen.get(child))
        found[child] = {spell.started_on: spell for spell in spells_of(later, present)}
    return found


def _changed(known: Iterable[AbsenceSpell], found: dict[date, Spell]) -> list[Spell]:
    """The spells that differ from the stored ones."""
    standing = {row.started_on: _spell(row) for row in known if not row.is_void}
    return [spell for day, spell in found.items() if standing.get(day) != spell]


def _write(spells: list[tuple[int, Spell]]) -> None:
    if not spells:
        return
    classes = _classes(spells)
    AbsenceSpell.objects.bulk_create(
        (
            AbsenceSpell(
                child_id=child,
                school_class_id=classes[child, spell.started_on],
                started_on=spell.started_on,
                last_missed_on=spell.last_missed_on,
                ended_on=spell.ended_on,
                halves=spell.halves,
                last_present_on=spell.last_present_on,
            )
            for child, spell in spells
        ),
        update_conflicts=True,
        unique_fields=["child", "started_on"],
        update_fields=_FIELDS,
    )


def _classes(spells: list[tuple[int, Spell]]) -> dict[tuple[int, date], int]:
    """The class of each spell: the one whose roll call began it."""
    children = [child for child, _ in spells]
    days = list({spell.started_on for _, spell in spells})
    rows = _begun(children=children, days=days)
    return {(child, day): school_class for child, day, school_class in rows}


@prepared
def _begun(*, children: Any, days: Any) -> QuerySet[Any, Any]:
    absences = Absence.objects.standing().filter(child__among=children, day__among=days)
    return absences.values_list("child_id", "day", "roll_call__school_class_id")


def _void(rows: Iterable[AbsenceSpell]) -> None:
    gone = [row.pk for row in rows]
    if gone:
        AbsenceSpell.objects.filter(pk__in=gone).update(is_void=True)
