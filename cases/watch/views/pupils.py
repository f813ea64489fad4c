"""The page of one pupil: today's points with their reasons, and the ledger's entries."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.watch.codes import ENDINGS, SUPPORT, risks_told
from cases.watch.facts import facts_of
from cases.watch.ledger import HIDDEN, entries_for, whole
from cases.watch.models import Entry, Step
from cases.watch.places import places_of
from cases.watch.rules import Reason, Result, RiskKind, Ruleset
from cases.watch.settings import rules_on
from cases.watch.views.common import crumbs
from cases.watch.windows import windows_of
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from students.calendars.loading import calendar_for
from students.roster.models import Child, Enrolment


@require_safe
@needs(Right.SEE_PUPILS)
def pupil(request: Request, pk: int) -> HttpResponse:
    """Shows the points of today, computed from the roll as it stands now."""
    viewer, today = request.viewer, clock.today()
    rows = Child.objects.visible_to(viewer, today).select_related("county__region")
    child = get_object_or_404(rows, pk=pk)
    audit.record(origin_of(request), "read_warning", "child", child.pk, children=[child.pk])
    rules = rules_on(child.county_id, today)
    enrolment = places_of([child.pk], today).get(child.pk)
    with_groups = _may(request, child, Right.SEE_GROUPS)
    name = viewer.name_of(child.name, child.pk)
    found = whole(entries_for(viewer, today).filter(child=child), viewer, today)
    entries = list(found.prefetch_related("steps__person"))
    context = {
        "child": child,
        "name": name,
        "facts": _facts(enrolment, name, today),
        "is_scored": enrolment is not None,
        "rules": rules,
        **_told(_result(child, enrolment, rules, today), rules, with_groups=with_groups),
        "with_groups": with_groups,
        "entries": [_entry(entry, today) for entry in entries],
        "may_put_on": enrolment is not None
        and not any(entry.is_open for entry in entries)
        and _may(request, child, Right.MANAGE_WATCH),
        "may_manage": _may(request, child, Right.MANAGE_WATCH),
        "may_support": _may(request, child, Right.RECORD_SUPPORT),
        "crumbs": [*crumbs(), {"label": name, "url": reverse("pupil", args=[child.pk])}],
    }
    return render(request, "watch/pupil.html", context)


def _result(child: Child, enrolment: Enrolment | None, rules: Ruleset, today: date) -> Result:
    if enrolment is None:
        return Result()
    windows = windows_of(calendar_for(child.county_id, enrolment.school_id), today)
    facts = facts_of([enrolment], windows, child.county.region.code).get(child.pk)
    return rules.result(facts) if facts else Result()


def _told(result: Result, rules: Ruleset, *, with_groups: bool) -> dict[str, Any]:
    """The points and reasons the viewer may read. Without groups neither tells of them."""
    shown = [r for r in result.reasons if with_groups or r.kind is not RiskKind.GROUP]
    points = result.score if with_groups else result.open_score
    sources = {rule.code: rule.source for rule in rules.rules}
    return {
        "points": points,
        "is_warned": points >= rules.line,
        "reasons": [_reason(reason, sources) for reason in shown],
    }


def _reason(reason: Reason, sources: dict[str, str]) -> dict[str, Any]:
    return {"words": reason.words, "points": reason.points, "source": sources[reason.code]}


def _facts(enrolment: Enrolment | None, name: str, today: date) -> list[tuple[str, str]]:
    if enrolment is None:
        return [("姓名", name), ("学校", "已离校，不再计算")]
    return [
        ("姓名", name),
        ("学校", str(enrolment.school)),
        ("班级", enrolment.school_class.name_on(today)),
    ]


def _entry(entry: Any, today: date) -> dict[str, Any]:
    told = entry.sees_groups
    return {
        "row": entry,
        "facts": [
            ("列入日期", full_day_words(entry.starts_on)),
            ("风险类型", risks_told(entry.risks, with_sensitive=told) or HIDDEN),
            ("风险表现", entry.signs if told else HIDDEN),
            ("帮扶责任人", entry.helper_on(today)),
            ("帮扶措施", entry.measures if told else HIDDEN),
            ("帮扶记录", f"{entry.supports}次"),
            *_ended(entry),
        ],
        "events": [_event(step, told=told) for step in reversed(entry.steps.all())],
    }


def _ended(entry: Entry) -> list[tuple[str, str]]:
    if entry.ends_on is None:
        return []
    return [("移出", f"{full_day_words(entry.ends_on)} {entry.ending_label}")]


def _event(step: Step, *, told: bool) -> dict[str, Any]:
    ending = ENDINGS.get(step.data.get("ending", ""), "")
    return {
        "on": step.day,
        "title": step.label,
        "words": step.text if told else "",
        "who": step.person.name,
        "note": ending,
        "tone": "good" if step.kind == SUPPORT else "",
    }


def _may(request: Request, child: Child, right: Right) -> bool:
    """Whether a post that reaches this child has the right."""
    rows = Child.objects.visible_to(request.viewer, clock.today(), right)
    return request.viewer.has(right) and bool(rows.filter(pk=child.pk).exists())
