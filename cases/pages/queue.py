"""Duties as the queues read them: those of the viewer, and those overdue in the viewer's area."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from cases.duedates import SOON_DAYS
from cases.models import Case, Deadline, Dispatch
from cases.policy import ALL_DUTIES
from cases.querysets import DeadlineQuerySet
from foundation.accounts.asking import prepared_for
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import number_of, prepared
from students.calendars.workdays import Calendar, DayType
from students.roster.models import ClassPost
from students.roster.models.querysets import in_force

LISTED = 30  # receipts on the card
DUE_STATES = ("overdue", "today", "soon", "week")


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many duties are in each due state."""

    overdue: int
    today: int
    soon: int
    total: int


def mine(viewer: Viewer, day: date) -> DeadlineQuerySet:
    """The duties that the viewer's posts owe."""
    scope = Q(pk__in=[])
    for post in viewer.posts_with(Right.SEE_CASES):
        if post.role.queue:
            scope |= _of_post(post, day)
    return Deadline.objects.owed().filter(scope)


def _of_post(post: HeldPost, day: date) -> Q:
    shared = [d.code for d in ALL_DUTIES.values() if post.role.level in d.listed_for]
    owed = Q(unit_id=post.unit_id) & (Q(level__in=post.role.queue) | Q(code__in=shared))
    if post.role_code != "class_teacher":
        return owed
    classes = ClassPost.objects.filter(in_force(day), post_id=post.id).values("school_class_id")
    return owed & Q(case__school_class__in=classes)


def owed_in_area(viewer: Viewer, day: date) -> DeadlineQuerySet:
    """Every duty still owed in the cases that the viewer may see, whoever owes it."""
    return Deadline.objects.owed().visible_to(viewer, day)


def area_overdue(viewer: Viewer, day: date) -> DeadlineQuerySet:
    """The overdue ones among them."""
    return owed_in_area(viewer, day).filter(due_on__lt=day)


def overdue_parts(viewer: Viewer, day: date) -> list[DeadlineQuerySet]:
    """The same in parts that are counted fast."""
    parts = Deadline.objects.owed().counted_for(viewer, day)
    return [part.filter(due_on__lt=day) for part in parts]


def watches(viewer: Viewer) -> bool:
    """Whether the viewer answers for an area."""
    return any(post.role.watches for post in viewer.posts)


def works(viewer: Viewer) -> bool:
    """Whether the viewer has a queue of duties."""
    return any(post.role.queue for post in viewer.posts)


def due_condition(state: str, today: date, calendar: Calendar) -> Q:
    """The condition for a due state. An unknown state means all duties.

    ``week`` is what falls due from today to the coming Sunday.
    """
    return due_on(state, **due_days(today, calendar)) if state in DUE_STATES else Q()


def due_days(today: date, calendar: Calendar) -> dict[str, date]:
    """The days by which the due states are told apart."""
    sunday = today + timedelta(days=6 - today.weekday())
    return {"today": today, "soon": _soon(today, calendar), "sunday": sunday}


def _soon(today: date, calendar: Calendar) -> date:
    return calendar.nth_day_after(today, SOON_DAYS, DayType.WORKING)


def due_on(state: str, *, today: Any, soon: Any, sunday: Any) -> Q:
    """The condition for one of DUE_STATES by the days of ``due_days``."""
    return {
        "overdue": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "soon": Q(due_on__gt=today, due_on__lte=soon),
        "week": Q(due_on__range=(today, sunday)),
    }[state]


def tally(viewer: Viewer, today: date, calendar: Calendar) -> Tallies:
    """The numbers of the viewer's own duties in the three states, and of all. One query."""
    found = _tally(viewer, today=today, soon=_soon(today, calendar))
    return Tallies(*found[0]) if found else Tallies(0, 0, 0, 0)


@prepared_for
def _tally(viewer: Viewer, *, today: Any, soon: Any) -> QuerySet[Deadline, Any]:
    states = {
        state: Count("pk", filter=due_on(state, today=today, soon=soon, sunday=today))
        for state in DUE_STATES
        if state != "week"
    }
    rows = mine(viewer, today).order_by().annotate(_all=Value(1)).values_list("_all")
    return rows.annotate(**states, total=Count("pk")).values_list(*states, "total")


@dataclass(frozen=True, slots=True)
class Receipts:
    """How many reports wait for a signature, and those that a card lists, the oldest first."""

    total: int
    shown: list[Dispatch]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.total - len(self.shown)


def to_inspect(viewer: Viewer, day: date) -> int:
    """How many cases that the roll closed wait for the county's 抽查."""
    return sum(_to_inspect(viewer, day=day)) if viewer.has(Right.APPROVE_CLOSURE) else 0


@prepared_for
def _to_inspect(viewer: Viewer, *, day: Any) -> QuerySet[Case, Any]:
    seen = Case.objects.visible_to(viewer, day).drawn()
    return number_of(seen.filter(sample_result__isnull=True))


def to_receive(viewer: Viewer) -> Receipts:
    """Reports that wait for the signature of the viewer's unit, one for each case (R6).

    Those of the time before reports were papers: what is sent today waits on the paper itself.

    In a township without an office the government is both addressees, and signs once.
    """
    units = [post.unit_id for post in viewer.posts_with(Right.RECEIVE_REPORT)]
    total = sum(_cases_to_receive(units=units)) if units else 0
    if not total:
        return Receipts(0, [])
    rows = _to_receive(units)
    first = rows.order_by("case_id", "sent_on", "pk").distinct("case_id").values("pk")
    listed = Dispatch.objects.filter(pk__in=first).select_related("case__school")
    return Receipts(total, list(listed.order_by("sent_on", "pk")[:LISTED]))


def _to_receive(units: Any) -> QuerySet[Dispatch]:
    return Dispatch.objects.filter(
        to_unit__among=units, kind="report_township", received_on=None, paper=None
    )


@prepared
def _cases_to_receive(*, units: Any) -> QuerySet[Dispatch, Any]:
    rows = _to_receive(units).order_by().annotate(_all=Value(1)).values_list("_all")
    return rows.annotate(cases=Count("case", distinct=True)).values_list("cases", flat=True)
