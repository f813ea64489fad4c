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
    """The duty that comes next: whose, what, how urgent, and the page where it is done."""

    name: str
    label: str
    due: DueBadge
    url: str


def done_at(row: Deadline) -> str:
    """The form that fulfils the duty; the case for a duty that only time ends.

    Of several acts that end a duty the first is the usual one, and its form leads to the others.
    """
    number, acts = row.case.number, row.duty.met_by
    return reverse("act", args=[number, acts[0].value]) if acts else reverse("case", args=[number])


def next_duty(viewer: Viewer, case: Case, today: date, calendar: Calendar) -> NextDuty | None:
    """The most urgent duty of the viewer's posts in another case, as the queue sorts them."""
    owed = queue.mine(viewer, today).exclude(case=case.pk).order_by(*URGENCY)
    row = owed.select_related("case__child").first()
    if row is None:
        return None
    name = viewer.name_of(row.case.child.name, row.case.child_id)
    return NextDuty(name, row.duty.label, badge_of(row.due_on, today, calendar), done_at(row))
