"""Who reaches the family of a child missing today, and where the talk with it is recorded."""

from collections.abc import Collection
from datetime import date

from django.urls import reverse

from cases.acts.performing import acting_post
from cases.models import Case
from cases.policy import RULES, Act, Stage, acts_of
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import Viewer
from students.attendance.models import Absence


def missing_today(viewer: Viewer, child_id: int, today: date) -> Absence | None:
    """The absence of today of a child of a class that the viewer teaches (design 4, 拨打).

    From the first missed day on, before any case exists. None if the child is not missing, or is
    of another class.
    """
    own = viewer.by(Right.DIAL).reached_by(Reach.CLASSES)
    seen = Absence.objects.visible_to(own, today).standing().missing()
    absences = seen.filter(day=today, child_id=child_id).select_related("child", "roll_call")
    found: Absence | None = absences.first()
    return found


def records_of(viewer: Viewer, children: Collection[int], today: date) -> dict[int, str]:
    """The address where 记录劝返 is done, of those of the children whose open case allows it."""
    cases = Case.objects.visible_to(viewer, today).filter(child_id__in=children)
    return {
        case.child_id: reverse("act", args=[case.number, Act.CONTACT])
        for case in cases.exclude(stage=Stage.DX)
        if Act.CONTACT in acts_of(Stage(case.stage))
        and acting_post(viewer, RULES[Act.CONTACT], case, today)
    }
