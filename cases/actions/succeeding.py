"""Open cases of a unit that closes go on at its successor, with every duty still owed."""

from collections.abc import Mapping
from datetime import date

from django.db.models import Max, Q

from cases.actions.context import Contexts, lock
from cases.actions.moves import office_of, write_event
from cases.models import Case, Deadline, Dispatch
from cases.policy import Act
from foundation.accounts.models import Unit
from students.roster.models import SchoolClass

COPIED = (
    "code", "level", "day0", "window_end", "due_on", "remind_on", "missed_on", "days", "day_type",
    "rule", "parameter", "calendar_version", "lapsed_on", "told_on",
)  # fmt: skip


def open_cases_of(unit_id: int) -> int:
    """How many open cases name the unit as school or village."""
    return Case.objects.open().filter(Q(school=unit_id) | Q(village=unit_id)).count()


# The case, its child, its places before, and what wrote the successor into it.
PLACES = ("village_id", "township_id", "school_id", "school_township_id", "school_class_id")
CaseMark = tuple[int, int, list[int | None], int]


def hand_on_cases(
    old: Unit, new: Unit, day: date, contexts: Contexts, classes: Mapping[int, SchoolClass]
) -> list[CaseMark]:
    """Put the successor into every open case of the unit; returns their marks.

    ``classes`` are the classes at the new school by the former class. Due days stay as they are:
    the successor owes what is owed, and what is late stays late.
    """
    rows = Case.objects.open().filter(Q(school=old) | Q(village=old)).order_by("pk")
    return [
        _hand_on(pk, old, new, day, contexts, classes) for pk in rows.values_list("pk", flat=True)
    ]


def _hand_on(
    pk: int,
    old: Unit,
    new: Unit,
    day: date,
    contexts: Contexts,
    classes: Mapping[int, SchoolClass],
) -> CaseMark:
    case = lock(pk)
    before = [getattr(case, name) for name in PLACES]
    office = office_of(case).pk
    changed = _places(case, old, new, classes)
    case.save()
    changed.setdefault(office, office_of(case))
    event = pass_on(case, changed, old, new, day, contexts)
    return case.pk, case.child_id, before, event


def pass_on(
    case: Case, changed: Mapping[int, Unit], old: Unit, new: Unit, day: date, contexts: Contexts
) -> int:
    """Give what is owed and sent to other units, and write the event; returns its id."""
    for unit_id, successor in changed.items():
        if unit_id == successor.pk:
            continue
        _hand_on_duties(case, unit_id, successor, contexts.today)
        sent = Dispatch.objects.filter(case=case, to_unit=unit_id, received_on=None)
        sent.update(to_unit=successor)
    return write_event(
        case,
        Act.SUCCEED,
        contexts.of(case),
        occurred_on=day,
        unit_id=new.pk,
        data={"before": old.name, "after": new.name},
    ).pk


def _places(
    case: Case, old: Unit, new: Unit, classes: Mapping[int, SchoolClass]
) -> dict[int, Unit]:
    """Write the successor into the case; returns unit → successor for what is owed."""
    changed = {old.pk: new}
    if case.village_id == old.pk:
        case.village = new
        _move_township(case, old.parent_id, new.parent, changed)
    if case.school_id == old.pk:
        township = new.school.township
        before, case.school, case.school_township = case.school_township_id, new, township
        case.school_class = classes.get(case.school_class_id or 0, case.school_class)
        if case.child.home_township_id is None:
            _move_township(case, before, township, changed)
    return changed


def _move_township(
    case: Case, before: int | None, after: Unit | None, changed: dict[int, Unit]
) -> None:
    """The township's own line goes with the village, or with the school where no home is known."""
    if after is not None and case.township_id == before and before != after.pk:
        case.township = after
        changed[before] = after


def _hand_on_duties(case: Case, unit_id: int, successor: Unit, today: date) -> None:
    """Owe at the successor what the unit still owes: the old row ends, a like one begins."""
    for row in Deadline.objects.owed().filter(case=case, unit=unit_id).order_by("pk"):
        row.void_on = today
        row.save(update_fields=["void_on"])
        same = Deadline.objects.filter(case=case, code=row.code)
        last = same.aggregate(last=Max("cycle"))["last"]
        facts = {name: getattr(row, name) for name in COPIED}
        Deadline.objects.create(case=case, unit=successor, cycle=last + 1, **facts)
