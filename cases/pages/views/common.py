"""Helpers of the pages of cases: which case, and which causes, a viewer may see."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from cases.models import Case
from cases.pages import queue
from cases.pages.doing import next_duty
from cases.seeing import lets
from foundation import clock
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.prepared import prepared
from students.calendars.loading import calendar_for


def case_or_404(request: Any, number: str) -> Case:
    """The case if the viewer may see it. Raises Http404 otherwise.

    Two small questions: in one, the database would plan eight joined tables anew for each page.
    """
    seen = Case.objects.visible_to(request.viewer, clock.today())
    found: int = get_object_or_404(seen.values_list("pk", flat=True), number=number)
    case: Case = _with_places(case=found)[0]
    return case


@prepared
def _with_places(*, case: Any) -> QuerySet[Case]:
    return Case.objects.filter(pk=case).select_related(
        "child", "school", "village", "township", "school_township", "county", "school_class"
    )


def sees_sensitive(viewer: Viewer, case: Case) -> bool:
    """Whether the viewer may read 信教, 怀孕, 涉案 of the case (design 4, Sensitive causes)."""
    return lets(viewer, Right.SEE_SENSITIVE_CAUSE, case.pk)


def what_follows(viewer: Viewer, case: Case, today: date) -> dict[str, Any]:
    """What is to be done after this case: the context of templates/cases/_following.html."""
    calendar = calendar_for(case.county_id, case.school_id)
    return {
        "following": next_duty(viewer, case, today, calendar),
        "works": queue.works(viewer),
    }
