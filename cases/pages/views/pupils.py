"""The page of one pupil: what roster, roll and cases tell of the child."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.discoveries.seats import has_open_case
from cases.models import Case
from cases.pages.views.common import sees_sensitive
from cases.rolls.reach import missing_today, records_of
from cases.rules.codes import outcome_label
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from students.attendance.mornings.views.months import asked_month, months_beside
from students.attendance.rolls.history import attendance_of
from students.attendance.rolls.month import month_of_child
from students.attendance.rules.kinds import BY_CODE
from students.attendance.rules.marks import legend
from students.roster.models import Child
from students.roster.pupils.history import changes_of
from students.roster.pupils.profile import (
    ENROLMENT_COLUMNS,
    enrolments_of,
    facts_of,
    groups_of,
    guardians_of,
    home_of,
)
from students.roster.pupils.views.documents import papers_of

CHANGES_SHOWN = 100


@require_safe
@needs(Right.SEE_PUPILS)
def pupil(request: Request, pk: int) -> HttpResponse:
    """Shows one pupil. Raises Http404 if the viewer may not see the child."""
    viewer, today = request.viewer, clock.today()
    rows = Child.objects.visible_to(viewer, today).select_related(
        "home_village", "home_township", "county__region"
    )
    child = get_object_or_404(rows, pk=pk)
    name = viewer.name_of(child.name, child.pk)
    sees_groups = _has(request, child, Right.SEE_GROUPS)
    changes = changes_of(child, viewer, with_groups=sees_groups)
    audit.record(origin_of(request), "read_pupil", "child", child.pk, children=[child.pk])
    context = {
        **papers_of(request, child),
        "child": child,
        "name": name,
        "facts": facts_of(child, viewer),
        "home": home_of(child),
        "may_reveal": viewer.may(Right.SEE_NAMES, child.pk),
        "may_settle_home": _has(request, child, Right.IMPORT_ROSTER),
        "asks_audit": _has(request, child, Right.SEE_UNIT_AUDIT),
        "guardians": guardians_of(child, viewer),
        "enrolments": enrolments_of(child, today),
        "enrolment_columns": ENROLMENT_COLUMNS,
        "groups": groups_of(child, viewer, today) if sees_groups else None,
        "may_manage": _has(request, child, Right.MANAGE_GROUPS),
        "attendance": attendance_of(child.pk, child.county_id),
        "calendar": month_of_child(child, asked_month(request, today), today),
        "legend": legend(),
        **months_beside(asked_month(request, today), today),
        **_today(request, child),
        "cases": _cases(request, child),
        "may_report": _may_report(request, child),
        "changes": changes[:CHANGES_SHOWN],
        "older_changes": max(len(changes) - CHANGES_SHOWN, 0),
        "crumbs": [
            {"label": "学生名册", "url": reverse("roster:pupils")},
            {"label": name, "url": ""},
        ],
    }
    return render(request, "cases/pupil.html", context)


def _has(request: Request, child: Child, right: Right) -> bool:
    """Whether a post that reaches this child has the right."""
    rows = Child.objects.visible_to(request.viewer, clock.today(), right)
    return request.viewer.has(right) and bool(rows.filter(pk=child.pk).exists())


def _may_report(request: Request, child: Child) -> bool:
    """Whether the viewer may report the child: of an own class or school, and without a case."""
    return _has(request, child, Right.REPORT_CHILD) and not has_open_case(child)


def _today(request: Request, child: Child) -> dict[str, Any]:
    """The absence of today, for the child's class teacher, who calls the family by one tap."""
    today = clock.today()
    absence = missing_today(request.viewer, child.pk, today)
    if absence is None:
        return {"missing": None}
    roll = reverse("roll_class", args=[absence.roll_call.school_class_id])
    own = f"{roll}?session={absence.roll_call.session}&edit=1#p{child.pk}"
    records = records_of(request.viewer, [child.pk], today)
    words = BY_CODE[absence.kind].label
    return {
        "missing": absence,
        "missing_words": words,
        "record_url": records.get(child.pk, own),
        "is_of_case": child.pk in records,
    }


def _cases(request: Request, child: Child) -> list[dict[str, Any]]:
    rows = Case.objects.visible_to(request.viewer, clock.today()).filter(child=child)
    return [
        {
            "case": case,
            "badge": case.stage_badge,
            "tone": case.stage_tone,
            "outcome": outcome_label(case.outcome, sees_sensitive(request.viewer, case)),
        }
        for case in rows.select_related("school").order_by("-opened_on", "-pk")
    ]
