"""拨打, 住址: a teacher reaches the family of a child missing from the own class today."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import needs, origin_of
from foundation.accounts.roles import Reach, Right
from students.attendance.models import Absence
from students.roster.models import SchoolClass

# What is opened by one tap → the verb of the audit, which counts against its own limit.
VERBS = {"phone": "reveal_phone", "address": "reveal_address"}


@require_POST
@needs(Right.CALL_ROLL)
def family(request: Any, class_id: int, pk: int, what: str) -> HttpResponse:
    """Shows the guardians' numbers or the address, with a preset reason (design 4).

    Raises Http404 unless the child is missing today from a class that the teacher holds.
    """
    today = clock.today()
    own = request.viewer.by(Right.DIAL).reached_by(Reach.CLASSES)
    school_class = get_object_or_404(
        SchoolClass.objects.visible_to(own, today, Right.CALL_ROLL), pk=class_id
    )
    seen = Absence.objects.visible_to(own, today).standing().missing()
    missing = seen.filter(roll_call__school_class=school_class, day=today, child_id=pk)
    absence = missing.select_related("child").first()
    if absence is None:
        raise Http404
    child = absence.child
    audit.record(
        origin_of(request),
        VERBS[what],
        "child",
        pk,
        children=[pk],
        reason="当日未到校，联系监护人",
    )
    context = {
        "child": child,
        "school_class": school_class,
        "what": what,
        "guardians": child.guardians.all(),
    }
    return render(request, "attendance/family.html", context)
