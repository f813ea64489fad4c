"""Where a duty is done, and which one comes next in a person's own queue."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cases.models import URGENCY, Case, Deadline
from cases.pages import queue
from cases.wording import DueBadge, badge_of
from foundation.accounts.viewer import Viewer
from students.calendars.workdays import Calendar


@dataclass(frozen=True, slots=True)
class NextDuty:
    """The duty that comes next: whose, what, how urgent, and the page where it is done.

    ``is_here``: it is of the case that the viewer has before him.
    """

    name: str
    label: str
    due: DueBadge
    url: str
    is_here: bool


def done_at(row: Deadline) -> str:
    """The form that fulfils the duty; the case for a duty that only time ends.

    Of several acts that end a duty the first is the usual one, and its form leads to the others.
    """
    number, acts = row.case.number, row.duty.met_by
    return reverse("act", args=[number, acts[0].value]) if acts else reverse("case", args=[number])


def next_duty(viewer: Viewer, case: Case, today: date, calendar: Calendar) -> NextDuty | None:
    """The most urgent duty of the viewer's posts in another case, as the queue sorts them.

    Where no other case has one, what is still owed in this one.
    """
    owed = queue.mine(viewer, today).order_by(*URGENCY).select_related("case__child")
    row = owed.exclude(case=case.pk).first() or owed.first()
    if row is None:
        return None
    name = viewer.name_of(row.case.child.name, row.case.child_id)
    due = badge_of(row.due_on, today, calendar)
    return NextDuty(name, row.duty.label, due, done_at(row), row.case_id == case.pk)
