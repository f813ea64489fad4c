"""Acts that order a change of a unit from a day on, carry it out, or take the order back.

The unit's own row is written here. What pupils, classes, cases and posts go to a successor is moved
by the storeys they belong to, in the same transaction (kongchuo/setup/units).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied

from foundation.accounts import audit
from foundation.accounts.actions.units import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Region, Unit, UnitChange, UnitChangeEnd, UnitKind
from foundation.accounts.models.unit_changes import OF_A_SCHOOL
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY
from foundation.rows import unless_taken

KIND = "unit"
PLACES = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)  # of these the region bears the name
AHEAD = timedelta(days=366)
PAST_DAY = "生效日期不能早于今天：以前的办理已经在原单位名下。请填今天或以后的日期。"
TOO_FAR = "生效日期最多登记到一年以后，请核对年份。"
WAITS = "「{name}」已登记{day:%Y-%m-%d}起{kind}，还没有生效。请先撤回那一项，再重新登记。"
IS_CLOSED = "「{name}」已经撤并，不能再办理。"
DECIDED = "这项变动已经生效或者已经撤回，请刷新页面后再看。"


@dataclass(frozen=True, slots=True)
class UnitOrder:
    """What is ordered: from which day, why, by which document, and what the unit is then."""

    kind: str
    day: date
    reason: str
    document: str
    after: str = ""
    successor: Unit | None = None
    told: Mapping[str, Any] = field(default_factory=dict)
    undoes: UnitChange | None = None


def keeper(doer: Doer, county_id: int | None) -> Doer:
    """The doer under the post that keeps the county's units; raises PermissionDenied."""
    posts = doer.viewer.posts_with(Right.MANAGE_UNITS)
    held = next((post for post in posts if post.county_id == county_id), None)
    if held is None:
        raise PermissionDenied
    return doer.under(held)


def order_change(doer: Doer, unit: Unit, order: UnitOrder) -> UnitChange:
    """Write the order for one unit at a time; raises Refused where it cannot be."""
    doer = keeper(doer, unit.county_id)
    assert unit.county_id is not None, "keeper() found a post of this county"
    locked = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    check_order(locked, order, doer.today)
    change = UnitChange.objects.create(
        county_id=unit.county_id,
        unit=unit,
        kind=order.kind,
        day=order.day,
        before="" if order.kind == UnitChange.ADDED else locked.name,
        after=order.after,
        told=dict(order.told),
        successor=order.successor,
        undoes=order.undoes,
        reason=order.reason,
        document=order.document,
        ordered_by_id=doer.post.id,
        ordered_at=doer.now,
    )
    details = {"change": change.pk, "day": f"{order.day}", "document": order.document}
    verb = f"unit_{order.kind}"
    audit.record(doer.origin, verb, KIND, unit.pk, reason=order.reason, details=details)
    return change


def check_order(unit: Unit, order: UnitOrder, today: date) -> None:
    """Raises Refused where the day, a closed unit or a waiting order forbids the order."""
    if order.day < today:
        raise Refused(PAST_DAY)
    if order.day > today + AHEAD:
        raise Refused(TOO_FAR)
    if order.kind in (UnitChange.ADDED, UnitChange.UNDONE):
        return
    for one in filter(None, (unit, order.successor)):
        if not one.is_open:
            raise Refused(IS_CLOSED.format(name=one.name))
    waiting = UnitChange.objects.waiting().filter(unit=unit).first()
    if waiting is not None:
        kind = waiting.get_kind_display()
        raise Refused(WAITS.format(name=unit.name, day=waiting.day, kind=kind))


def end_change(
    change: UnitChange, outcome: str, at: datetime, by_id: int | None, **more: Any
) -> UnitChangeEnd:
    """Note what became of the order; raises Refused where it has an end already."""
    with unless_taken() as taken:
        end = UnitChangeEnd.objects.create(
            change=change, outcome=outcome, at=at, by_id=by_id, **more
        )
    if taken:
        raise Refused(DECIDED)
    return end


def withdraw_change(doer: Doer, change: UnitChange, reason: str) -> None:
    """Take back an order that waits for its day."""
    doer = keeper(doer, change.county_id)
    end_change(change, UnitChangeEnd.WITHDRAWN, doer.now, doer.post.id, reason=reason)
    audit.record(doer.origin, "unit_withdrawn", KIND, change.unit_id, reason=reason)


def write_facts(change: UnitChange) -> None:
    """Give the unit the name and the other facts of the order, or open it."""
    unit = change.unit
    unit.is_open = True
    unit.name = change.after or unit.name
    for name, value in change.told.items():
        if name not in OF_A_SCHOOL:  # written by the storey that has schools
            setattr(unit, name, value)
    unit.save()
    if change.after and unit.kind in PLACES:
        Region.objects.filter(pk=unit.region_id).update(name=place_name(change.after))


def place_name(unit_name: str) -> str:
    """The place of a committee or government: 大寨村民委员会 → 大寨村, 大寨镇人民政府 → 大寨镇."""
    for ending in ("民委员会", "委会"):
        if unit_name.endswith(f"村{ending}"):
            return unit_name.removesuffix(ending)
    return unit_name.removesuffix("居民委员会").removesuffix("人民政府") or unit_name


def shut(change: UnitChange) -> None:
    """Close the unit; a village's place ends with it, and stays its successor's predecessor."""
    unit, successor = change.unit, change.successor
    unit.is_open = False
    unit.save(update_fields=["is_open"])
    if unit.kind not in PLACES:
        return
    Region.objects.filter(pk=unit.region_id).update(valid_to=change.day - ONE_DAY)
    if successor is not None and successor.region_id != unit.region_id:
        successor.region.predecessors.add(unit.region)


def reopen(unit: Unit) -> None:
    """Undo ``shut``. That the place once ended in its successor stays on record there."""
    unit.is_open = True
    unit.save(update_fields=["is_open"])
    if unit.kind in PLACES:
        Region.objects.filter(pk=unit.region_id).update(valid_to=None)
