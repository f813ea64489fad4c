"""Orders a change of a unit and carries it out on its day: every storey moves what is its own."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cases.actions.context import Contexts
from cases.actions.succeeding import hand_on_cases
from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.actions import Refused, UnitOrder
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit, UnitChange, UnitChangeEnd, UnitKind
from foundation.accounts.models.unit_changes import CATCHMENT, SCHOOL
from foundation.alone import alone
from foundation.messaging.actions import post_letters
from kongchuo.setup.units.carried import Carried, Carrying, order_of
from kongchuo.setup.units.holdings import first_day, in_the_way, needs_successor
from kongchuo.setup.units.telling import letters_of, renamed_words
from kongchuo.setup.units.undoing import check_undoing, undo
from students.census.actions.catchments import set_villages
from students.census.actions.succeeding import hand_on_catchments, hand_on_entrants
from students.roster.classes.moving import move_classes
from students.roster.models import School
from students.roster.pupils.acts.homes import move_homes
from students.roster.pupils.acts.pupils import set_school_facts

log = logging.getLogger(__name__)
U = UnitChange
OF_ANOTHER_KIND = "接收单位要和原单位同类：学校并入学校，村并入村。请重新选择。"


@transaction.atomic
def order(doer: Doer, unit: Unit, wanted: UnitOrder) -> UnitChange:
    """Write the order, and carry it out where its day is today. Raises Refused."""
    if wanted.kind in (U.MERGED, U.CLOSED):
        check_closing(unit, wanted.successor, wanted.day)
    if wanted.undoes is not None:
        check_undoing(wanted.undoes, doer.today)
    change = accounts.order_change(doer, unit, wanted)
    if wanted.day <= doer.today:
        carry_out(change, Carrying(doer.today, doer.now, doer.origin))
    return change


def check_closing(unit: Unit, successor: Unit | None, day: date) -> None:
    """Raises Refused where the unit cannot be closed so."""
    if words := in_the_way(unit) or accounts.begins_too_late(unit, first_day(unit, day)):
        raise Refused(words)
    if successor is None:
        if words := needs_successor(unit, day):
            raise Refused(words)
    elif (successor.kind, successor.county_id) != (unit.kind, unit.county_id):
        raise Refused(OF_ANOTHER_KIND)


@transaction.atomic
def carry_out(change: UnitChange, how: Carrying) -> UnitChangeEnd:
    """Let the change come true, all of it or nothing; raises Refused where it cannot."""
    units = (change.county_id, change.unit_id, change.successor_id)
    locked = Unit.objects.select_for_update(no_key=True).filter(pk__in=filter(None, units))
    found = {unit.pk: unit for unit in locked.order_by("pk")}
    change.unit = found[change.unit_id]
    change.successor = found.get(change.successor_id or 0)
    done = _CARRIERS[change.kind](change, how)
    moved = {label: count for label, count in done.moved.items() if count}
    ending = ("任职转出", "任职结束")
    came = {label: count for label, count in moved.items() if label not in ending}
    renamed = renamed_words(done.marks.get("classes", []), change.day)
    post_letters(letters_of(change, came, renamed), how.today)
    return accounts.end_change(
        change, UnitChangeEnd.DONE, how.now, how.by.post_id, moved=moved, marks=done.marks
    )


def _write(change: UnitChange, how: Carrying) -> Carried:
    accounts.write_facts(change)
    if facts := change.told.get(SCHOOL):
        set_school_facts(change.unit, facts)
    if CATCHMENT in change.told:
        pairs = [(village, stage) for village, stage in change.told[CATCHMENT]]
        set_villages(change.unit_id, pairs, change.day, order_of(change))
    return Carried()


def _close(change: UnitChange, how: Carrying) -> Carried:
    """Close the unit; what it had goes to the successor."""
    unit, successor = change.unit, change.successor
    check_closing(unit, successor, change.day)
    change.day, written = first_day(unit, change.day), change.day
    handed = accounts.hand_on_posts(change, how.by, how.now)
    done = Carried({"任职转出": len(handed.on), "任职结束": len(handed.ended)})
    done.marks["posts"] = handed.marks
    if successor is not None:
        _hand_on(change, how, handed.on, done)
    change.day = written
    accounts.shut(change)
    return done


def _hand_on(change: UnitChange, how: Carrying, posts: dict[int, Any], done: Carried) -> None:
    unit, successor, day = change.unit, change.successor, change.day
    assert successor is not None
    classes: dict[int, Any] = {}
    if unit.kind == UnitKind.SCHOOL:
        old, new = (School.objects.get(pk=one.pk) for one in (unit, successor))
        by_id = change.ordered_by_id
        classes, children = move_classes(old, new, day, posts, by_id, how.now)
    else:
        children = move_homes(unit, successor)
    contexts = Contexts(how.today, how.now, how.by)
    cases = hand_on_cases(unit, successor, change.day, contexts, classes)
    audit.record(
        how.by,
        "unit_handed_on",
        "unit_change",
        change.pk,
        children={*children, *(mark[1] for mark in cases)},
        reason=change.reason,
    )
    done.note("学生", "children", children)
    done.note("班级", "classes", [(old, into.pk) for old, into in classes.items()])
    done.note("个案", "cases", cases)
    done.note("新生名单", "entrants", hand_on_entrants(unit, successor, day))
    catchments = hand_on_catchments(unit, successor, day, order_of(change))
    done.note("学区", "catchments", catchments)


_CARRIERS: dict[str, Callable[[UnitChange, Carrying], Carried]] = {
    U.ADDED: _write,
    U.CHANGED: _write,
    U.MERGED: _close,
    U.CLOSED: _close,
    U.UNDONE: undo,
}


def carry_out_due(today: date, now: datetime) -> int:
    """Carry out every order whose day has come; returns how many. Running it twice is harmless.

    One that cannot be carried out waits, and the page of changes says what is in its way.
    """
    due = UnitChange.objects.waiting().filter(day__lte=today).order_by("day", "pk")
    count = 0
    for change in due.select_related("unit"):
        with alone(log, "change %s of a unit waits", change.pk) as tried:
            carry_out(change, Carrying(today, now, Origin()))
        count += not tried.failed
    return count
