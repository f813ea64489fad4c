"""Adds units with their place and, for a school, its facts; and changes what may change of one."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from foundation.accounts import actions as accounts
from foundation.accounts.actions import UnitOrder
from foundation.accounts.doer import Doer
from foundation.accounts.models import Region, Unit, UnitChange, UnitKind
from foundation.accounts.models.unit_changes import CATCHMENT, SCHOOL, SCHOOL_WORDS
from kongchuo.setup.units.carrying import order
from students.census.actions.catchments import villages_of
from students.roster.pupils.acts.pupils import add_school

SAME = "和现在的一样，没有要更改的。"
PLACED = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)


@transaction.atomic
def add(doer: Doer, kind: UnitKind, parent: Unit, typed: Mapping[str, Any]) -> Unit:
    """Add a unit below ``parent`` as the form has it; it opens on its day. Raises Refused."""
    doer = accounts.keeper(doer, parent.county_id)
    made = accounts.add_unit(
        kind,
        typed["name"],
        _place(doer, kind, parent, typed),
        parent,
        short_name=typed["short_name"] or _short(kind, typed["name"]),
        phone=typed["phone"],
        office_of=typed.get("office_of"),
        is_open=False,
    )
    if kind is UnitKind.SCHOOL:
        facts = {name: typed[name] for name in ("is_boarding", "marks_half_days")}
        add_school(made, typed["code"], typed["township"], **facts)
    order(doer, made, _order(UnitChange.ADDED, typed))
    return made


def _short(kind: UnitKind, name: str) -> str:
    """A village is known by its place where nothing shorter is given."""
    return accounts.place_name(name) if kind is UnitKind.VILLAGE else ""


def _place(doer: Doer, kind: UnitKind, parent: Unit, typed: Mapping[str, Any]) -> Region:
    """A new place for a township or village, else the place of the township or the parent."""
    if kind in PLACED:
        return Region.objects.create(
            code=typed["code"],
            name=accounts.place_name(typed["name"]),
            parent=parent.region,
            valid_from=typed["day"],
        )
    township: Unit | None = typed.get("township")
    return township.region if township else parent.region


def change(doer: Doer, unit: Unit, typed: Mapping[str, Any]) -> UnitChange:
    """Give the unit the name and facts of the form from its day on. Raises Refused."""
    told = {name: typed[name] for name in ("short_name", "phone")}
    for name in ("parent", "office_of"):
        if name in typed:
            told[f"{name}_id"] = typed[name].pk if typed[name] else None
    told = {name: value for name, value in told.items() if value != getattr(unit, name)}
    facts = {
        n: typed[n] for n in SCHOOL_WORDS if n in typed and typed[n] != getattr(unit.school, n)
    }
    township = typed.get("township")
    if township is not None and township.pk != unit.school.township_id:
        facts["township_id"] = township.pk
        told["region_id"] = township.region_id
    if facts:
        told[SCHOOL] = facts
    after = typed["name"] if typed["name"] != unit.name else ""
    if not told and not after:
        raise accounts.Refused(SAME)
    return order(doer, unit, _order(UnitChange.CHANGED, typed, after=after, told=told))


def change_catchment(doer: Doer, unit: Unit, typed: Mapping[str, Any]) -> UnitChange:
    """Give the school other villages, or other stages, from the form's day on. Raises Refused."""
    pairs = sorted(
        (village.pk, stage) for village in typed["villages"] for stage in typed["stages"]
    )
    if set(pairs) == villages_of(unit.pk, typed["day"]):
        raise accounts.Refused(SAME)
    told = {CATCHMENT: [list(pair) for pair in pairs]}
    return order(doer, unit, _order(UnitChange.CHANGED, typed, told=told))


def _order(kind: str, typed: Mapping[str, Any], **more: Any) -> UnitOrder:
    return UnitOrder(kind, typed["day"], typed["reason"], typed["document"], **more)
