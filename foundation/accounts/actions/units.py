"""Acts that write regions, units, posts and parameters; the base of the other modules here."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from foundation import clock
from foundation.accounts.models import ClockShift, Person, Post, Region, Unit, UnitKind
from foundation.accounts.regions import RegionRow
from foundation.accounts.roles import OFFICES, ROLES, keep_apart, may_grant, role_of
from foundation.prepared import prepared

TWO_OFFICES = (
    "{name}在这段时间任「{held}」。系统管理员、安全管理员、审计员互相监督，一个人只能任其中一个："
    "请另选一人，或先结束原来的任职。"
)
OFFICE_APART = (
    "{name}在这段时间任「{held}」。系统管理员、安全管理员、审计员看不到学生和个案，"
    "不能同时任看得到学生或个案的职务：请另选一人，或先结束原来的任职。"
)


class Refused(Exception):
    """The act breaks a rule. The message says why, in Chinese."""


@transaction.atomic
def load_regions(rows: Iterable[RegionRow], valid_from: date) -> tuple[int, int]:
    """Add the regions that are not there yet, parents first; returns (added, already there)."""
    known = {r.code: r for r in Region.objects.filter(valid_to__isnull=True)}
    added = 0
    before = len(known)
    for row in sorted(rows, key=lambda row: (len(row.code), row.code)):
        if row.code not in known:
            parent = known.get(row.parent_code)
            known[row.code] = Region.objects.create(
                code=row.code, name=row.name, parent=parent, valid_from=valid_from
            )
            added += 1
    return added, before


def add_unit(kind: UnitKind, name: str, region: Region, parent: Unit | None, **more: Any) -> Unit:
    """Add an acting unit. It takes its parent's county; the county unit is its own county."""
    if kind is UnitKind.COUNTY:
        unit = Unit.objects.create(kind=kind, name=name, region=region, **more)
        unit.county = unit
        unit.save(update_fields=["county"])
        return unit
    if parent is None:
        raise Refused(f"「{name}」没有上级单位，不能建立。")
    return Unit.objects.create(
        kind=kind, name=name, region=region, parent=parent, county_id=parent.county_id, **more
    )


def grant_post(
    person: Person,
    role: str,
    unit: Unit,
    starts_on: date,
    granted_by: Post | None,
    ends_on: date | None = None,
    reason: str = "",
    *,
    asleep: bool = False,
) -> Post:
    """Give a role at a unit from a day to a day.

    ``granted_by`` is the post that grants; only an opening grants without one. Raises Refused
    when the granter's role may not grant this one, the unit is of another kind, or the person holds
    one of the three offices then beside it.
    """
    if not unit.may_hold(role_of(role).unit_kind):
        raise Refused(f"「{role_of(role).label}」不能设在{unit.kind_label}。")
    if granted_by is not None and not may_grant(granted_by.role, role):
        raise Refused(f"「{role_of(granted_by.role).label}」不能授予「{role_of(role).label}」。")
    refuse_two_offices(person, role, starts_on, ends_on)
    return Post.objects.create(
        person=person,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=granted_by,
        reason=reason,
        asleep=asleep,
    )


def refuse_two_offices(person: Person, role: str, starts_on: date, ends_on: date | None) -> None:
    """Raises Refused where the person holds, on a day of the post, one that is kept apart from it.

    系统管理员, 安全管理员 and 审计员 watch each other, so each is somebody else's, and none of them
    sees a child by another post (security S10).
    """
    last = ends_on or date.max
    found = _apart_from(role, person=person.pk, starts_on=starts_on, ends_on=last)
    held: Post | None = next(iter(found), None)
    if held is not None:
        words = TWO_OFFICES if {role, held.role} <= set(OFFICES) else OFFICE_APART
        raise Refused(words.format(name=person.name, held=held.role_label))


@prepared
def _apart_from(role: str, *, person: Any, starts_on: Any, ends_on: Any) -> QuerySet[Post]:
    apart = [one.code for one in ROLES if keep_apart(role, one.code)]
    overlap = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    others = Post.objects.filter(overlap, person_id=person, role__in=apart)
    others = others.filter(starts_on__lte=ends_on).exclude(ends_on__lt=F("starts_on"))
    return others.order_by("pk")[:1]


def end_post(post: Post, ends_on: date) -> None:
    """Set the last day on which the post is held; the row stays."""
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])


def shift_clock(by: timedelta) -> None:
    """Move the demo's clock by the distance ``by`` from real time. Never in a real county."""
    ClockShift.objects.create(shift=by)
    clock.forget()
