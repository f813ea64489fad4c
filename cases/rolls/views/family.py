"""拨打, 住址: a teacher reaches the family of a child missing from the own class today."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.rolls.reach import missing_today, records_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import needs, origin_of
from foundation.accounts.roles import Reach, Right
from students.roster.models import SchoolClass

# What is opened by one tap → the verb of the audit, which counts against its own limit.
VERBS = {"phone": "reveal_phone", "address": "reveal_address"}
OTHER = {"phone": "address", "address": "phone"}


@require_POST
@needs(Right.CALL_ROLL)
def family(request: Any, class_id: int, pk: int, what: str) -> HttpResponse:
    """Shows the guardians' numbers or the address, with a preset reason (design 4).

    Raises Http404 unless the child is missing today from a class that the teacher holds.
    """
    viewer, today = request.viewer, clock.today()
    own = viewer.by(Right.DIAL).reached_by(Reach.CLASSES)
    school_class = get_object_or_404(
        SchoolClass.objects.visible_to(own, today, Right.CALL_ROLL), pk=class_id
    )
    absence = missing_today(viewer, pk, today)
    if absence is None or absence.roll_call.school_class_id != class_id:
        raise Http404
    audit.record(
        origin_of(request),
        VERBS[what],
        "child",
        pk,
        children=[pk],
        reason="当日未到校，联系监护人",
    )
    roll = reverse("roll_class", args=[class_id])
    records = records_of(viewer, [pk], today)
    context = {
        "child": absence.child,
        "name": absence.child.name,
        "school_class": school_class,
        "what": what,
        "other": OTHER[what],
        "guardians": absence.child.guardians.all() if what == "phone" else [],
        "is_of_case": pk in records,
        "record_url": records.get(pk, f"{roll}?edit=1#p{pk}"),
    }
    return render(request, "attendance/family.html", context)
