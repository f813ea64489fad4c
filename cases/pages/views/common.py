"""What the pages of cases share: the case of a viewer, and what it may read of it."""

from typing import Any

from django.shortcuts import get_object_or_404

from cases.models import Case
from foundation import clock
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer


def case_or_404(request: Any, number: str) -> Case:
    """The case, if the viewer's line reaches it; otherwise it does not exist."""
    rows = Case.objects.visible_to(request.viewer, clock.today()).select_related(
        "child",
        "school",
        "village",
        "township",
        "school_township",
        "county",
        "school_class",
    )
    case: Case = get_object_or_404(rows, number=number)
    return case


def sees_sensitive(viewer: Viewer) -> bool:
    """Whether 信教, 怀孕, 涉案 may be read (design 4, Sensitive causes)."""
    return viewer.has(Right.SEE_SENSITIVE_CAUSE)
