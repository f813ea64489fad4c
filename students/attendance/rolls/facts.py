"""Reads day facts from roll calls, absences and leave slips, in a few queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from foundation.days import ONE_DAY
from foundation.prepared import prepared
from students.attendance.models import Absence, LeaveSlip, RollCall
from students.attendance.rules.kinds import PRESENT_KINDS
from students.attendance.rules.leave import (
    ON_LEAVE,
    WITH_SLIP,
    Halves,
    SlipSpan,
    half_of,
    run_at_end,
    settle,
)
from students.attendance.rules.spells import EXCUSED, MISSED, PRESENT, DayFact
from students.roster.models import AwaySpell, Enrolment

# The half-days of a session: morning 0, afternoon 1.
_SLOTS = {"d": (0, 1), "am": (0,), "pm": (1,)}

FOREVER = date.max
Slots = dict[int, dict[date, list[str]]]


def facts_of(child_ids: Collection[int], since: date, until: date) -> dict[int, list[DayFact]]:
    """Day facts of children between two days, both included, by child, ordered by day.

    A child was present when its class was called on a day it was enrolled there and it has no mark,
    unless it is out of class (休学, 转出待确认). A day without a roll call, or a suspended day, has
    no fact. A leave past its end date is unexcused (R9), and so is one past 3 school days without a
    slip (leave.py), for which the days before ``since`` count too.
    """
    days = halves_of(child_ids, since, until)
    before = _runs_before([child for child in child_ids if _begins_on_leave(days[child])], since)
    return {
        child: [_fact(day, order) for day, order in settle(days[child], before.get(child, 0))]
        for child in child_ids
    }


def halves_of(child_ids: Collection[int], since: date, until: date) -> dict[int, list[Halves]]:
    """The half-days as the roll marks them, before runs of leave are counted (leave.py)."""
    slots: Slots = {child: {} for child in child_ids}
    _mark_present(slots, child_ids, since, until)
    _mark_absent(slots, child_ids, since, until)
    return {
        child: [(day, "".join(days[day])) for day in sorted(days)] for child, days in slots.items()
    }


def last_present_before(child_ids: Collection[int], day: date) -> dict[int, date]:
    """The last day before ``day`` on which each child was at school; omitted if unknown."""
    return dict(_last_present(children=list(child_ids), day=day))


def last_there(child_id: int, today: date) -> date | None:
    """The last day up to today on which the roll found the child at school; None if unknown."""
    return last_present_before([child_id], today + ONE_DAY).get(child_id)


@prepared
def _last_present(*, children: Any, day: Any) -> QuerySet[Any, Any]:
    enrolment = "school_class__enrolments__"
    child = OuterRef(f"{enrolment}child_id")
    own = Absence.objects.standing().filter(roll_call=OuterRef("pk"), child_id=child)
    away = AwaySpell.objects.filter(
        Q(back_on__isnull=True) | Q(back_on__gt=OuterRef("day")),
        child_id=child,
        starts_on__lte=OuterRef("day"),
    )
    lasts = Q(**{f"{enrolment}ends_on__isnull": True}) | Q(**{f"{enrolment}ends_on__gte": F("day")})
    counts = {f"{enrolment}starts_on__lte": F("day"), f"{enrolment}voided_on__isnull": True}
    implied = ~Exists(own.missing()) & ~Exists(away) & lasts & Q(**counts)
    # As in the facts, a mark of lateness is a presence, also where the child has moved since.
    marked = Exists(own.filter(kind__in=PRESENT_KINDS))
    rows = RollCall.objects.counted().filter(
        implied | marked, **{f"{enrolment}child__among": children}, day__lt=day
    )
    return rows.values_list(f"{enrolment}child_id").annotate(last=Max("day")).order_by()


def away_days(
    child_ids: Collection[int], since: date, until: date
) -> dict[int, list[tuple[date, date]]]:
    """By child, the days it was on a roll but not expected: first day, day it is back."""
    found: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for child, first, back in _away(children=list(child_ids), since=since, until=until):
        found[child].append((first, back or FOREVER))
    return found


@prepared
def _away(*, children: Any, since: Any, until: Any) -> QuerySet[Any, Any]:
    rows = AwaySpell.objects.between(since, until).filter(child__among=children)
    return rows.values_list("child_id", "starts_on", "back_on")


def _mark_present(slots: Slots, child_ids: Collection[int], since: date, until: date) -> None:
    stays = _stays(children=list(child_ids), since=since, until=until)
    calls = _calls({school_class for _, school_class, _, _ in stays}, since, until)
    away = away_days(child_ids, since, until)
    for child, school_class, starts_on, ends_on in stays:
        for day, session in calls[school_class]:
            if (
                starts_on <= day
                and (ends_on is None or day <= ends_on)
                and not any(first <= day < back for first, back in away[child])
            ):
                _put(slots[child], day, session, PRESENT)


@prepared
def _stays(*, children: Any, since: Any, until: Any) -> QuerySet[Any, Any]:
    rows = Enrolment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=since),
        child__among=children,
        starts_on__lte=until,
    )
    return rows.values_list("child_id", "school_class_id", "starts_on", "ends_on")


def _calls(classes: Iterable[int], since: date, until: date) -> dict[int, list[tuple[date, str]]]:
    calls: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for school_class, day, session in _counted(classes=list(classes), since=since, until=until):
        calls[school_class].append((day, session))
    return calls


@prepared
def _counted(*, classes: Any, since: Any, until: Any) -> QuerySet[Any, Any]:
    rows = RollCall.objects.counted().filter(
        school_class__among=classes, day__gte=since, day__lte=until
    )
    return rows.values_list("school_class_id", "day", "session")


def _mark_absent(slots: Slots, child_ids: Collection[int], since: date, until: date) -> None:
    """Enters a mark. It wins over the presence implied by a class's roll."""
    rows = _marks(children=list(child_ids), since=since, until=until)
    slips = slips_of({child for child, *_ in rows}, since, until)
    for child, day, session, kind, leave_until in rows:
        _put(slots[child], day, session, half_of(kind, leave_until, day, slips.get(child, ())))


@prepared
def _marks(*, children: Any, since: Any, until: Any) -> QuerySet[Any, Any]:
    rows = Absence.objects.standing().counted().filter(child__among=children)
    days = rows.filter(day__gte=since, day__lte=until).order_by("id")
    return days.values_list("child_id", "day", "roll_call__session", "kind", "leave_until")


def slips_of(child_ids: Collection[int], since: date, until: date) -> dict[int, list[SlipSpan]]:
    """The standing slips of children that cover a day between the first and the last, by child."""
    found: dict[int, list[SlipSpan]] = defaultdict(list)
    if child_ids:
        for child, first, last in _slips(children=list(child_ids), since=since, until=until):
            found[child].append(SlipSpan(first, last))
    return found


@prepared
def _slips(*, children: Any, since: Any, until: Any) -> QuerySet[Any, Any]:
    rows = LeaveSlip.objects.standing().between(since, until).filter(child__among=children)
    return rows.values_list("child_id", "first_day", "last_day")


def _begins_on_leave(days: Iterable[Halves]) -> bool:
    """Whether leave comes before the child's first presence."""
    order = "".join(halves for _, halves in days).split(PRESENT, 1)[0]
    return ON_LEAVE in order or WITH_SLIP in order


def _runs_before(child_ids: Collection[int], since: date) -> dict[int, int]:
    """The half-days of continuous leave of each child just before ``since``."""
    if not child_ids:
        return {}
    rows = _first_marks(children=list(child_ids), since=since)
    first = {child: day for child, day in rows if day is not None}
    if not first:
        return {}
    seen = last_present_before(list(first), since)
    start = min(seen.get(child, day) for child, day in first.items())
    days = halves_of(list(first), start, since - ONE_DAY)
    return {child: run_at_end(days[child]) for child in first}


@prepared
def _first_marks(*, children: Any, since: Any) -> QuerySet[Any, Any]:
    marks = Absence.objects.standing().filter(child__among=children, day__lt=since)
    return marks.values_list("child_id").annotate(first=Min("day")).order_by()


def _put(days: dict[date, list[str]], day: date, session: str, half: str) -> None:
    halves = days.setdefault(day, ["", ""])
    for slot in _SLOTS[session]:
        halves[slot] = half


def _fact(day: date, order: str) -> DayFact:
    return DayFact(day, len(order), order.count(MISSED), order.count(EXCUSED), order)
