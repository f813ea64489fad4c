"""The page of one case, and the page that explains a due day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cases.acts.ladder.register import registered_day
from cases.acts.performing import acting_post
from cases.discoveries.assigning import may_assign
from cases.models import URGENCY, Case, CaseEvent, Deadline
from cases.pages import timeline
from cases.pages.case_papers import papers_of
from cases.pages.explain import explain
from cases.pages.offered import acts_on
from cases.pages.order_steps import card_of
from cases.pages.paper_history import with_papers
from cases.pages.views.common import case_or_404, sees_sensitive, what_follows
from cases.policy import LEVEL_LABELS, RULES, Act, Level
from cases.rules import codes
from cases.rules.category import Standing
from cases.seeing import lets
from cases.standing import standings
from cases.wording import DueBadge, badge_of, done_badge, lapsed_badge
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.attendance.models import AbsenceSpell
from students.calendars.loading import calendar_for
from students.calendars.workdays import Calendar
from students.roster.models import Child
from students.roster.rules.change_kinds import State
from students.roster.rules.grades import school_year_of

SHOWN_AT_ONCE = 3  # events of a case; the earlier ones are folded


def _class_name(case: Case, today: date) -> str:
    return case.school_class.name_in(school_year_of(today)) if case.school_class else ""


def _ledger(standing: Standing | None) -> dict[str, str]:
    """The child's ledger, and what is said of a return that is only somebody's word."""
    if standing is None:
        return {"category": "", "pending": ""}
    return {"category": standing.ledger_label, "pending": standing.pending_label}


@needs(Right.SEE_CASES)
def case_page(request: Any, number: str) -> HttpResponse:
    """Shows who owes what by when, the chain, the timeline, and the acts open to the viewer."""
    viewer, today = request.viewer, clock.today()
    case = case_or_404(request, number)
    calendar = calendar_for(case.county_id, case.school_id)
    events = list(case.events.select_related("person", "unit"))
    deadlines = list(case.deadlines.select_related("unit").order_by(*URGENCY))
    sensitive = sees_sensitive(viewer, case)
    standing = standings([case], today).get(case.pk)
    told = with_papers(case, timeline.entries(events, sensitive))
    context = {
        "case": case,
        "name": viewer.name_of(case.child.name, case.child_id),
        "class_name": _class_name(case, today),
        **_ledger(standing),
        "cause": codes.cause_label(case.cause, sensitive),
        "whereabouts": codes.WHEREABOUTS.get(case.whereabouts, ""),
        "owed": [_owed(d, today, calendar) for d in deadlines if d.is_open],
        "past": [_owed(d, today, calendar) for d in deadlines if not d.is_open and not d.void_on],
        "chain": timeline.chain(case, events, deadlines, today),
        "latest": told[:SHOWN_AT_ONCE],
        "earlier": told[SHOWN_AT_ONCE:],
        "acts": acts_on(doer_of(request), case, deadlines, _done(events)),
        "confirmations": case.confirmations.select_related("event__unit", "noted", "reverted"),
        "may_open_papers": lets(viewer, Right.SEE_NAMES, case.pk),
        **card_of(doer_of(request), case),
        **papers_of(doer_of(request), case, events),
        "outcome": codes.outcome_label(case.outcome, sensitive),
        **_request(case, sensitive),
        "changes": _changes(case, viewer, today),
        "spell_id": _spell_id(case, viewer, today),
        **_reach(case, viewer, today),
        "pupil_url": _pupil_url(case, viewer, today),
        "left_on": registered_day(case),
        "days_away": (today - standing.last_there_on).days if standing else None,
    }
    if "done" in request.GET:
        context |= what_follows(viewer, case, today)
    audit.record(origin_of(request), "read", "case", case.pk, children=[case.child_id])
    return render(request, "cases/case.html", context)


def _request(case: Case, sensitive: bool) -> dict[str, Any]:
    """The request for closure that waits for an answer, and the outcome it asks for in words."""
    waiting = case.closures.filter(decided__isnull=True).first()
    asked = codes.outcome_label(waiting.outcome, sensitive) if waiting else ""
    return {"closure": waiting, "asked_outcome": asked}


def _reach(case: Case, viewer: Viewer, today: date) -> dict[str, Any]:
    """The guardians whom the viewer may know of, and whether the viewer may ring them.

    ``may_assign``: the viewer may name the school, where the child has none.
    """
    return {
        "guardians": case.child.guardians.all() if lets(viewer, Right.DIAL, case.pk) else [],
        "may_call": acting_post(viewer, RULES[Act.CALL], case, today) is not None,
        "may_assign": may_assign(viewer, case),
    }


def _pupil_url(case: Case, viewer: Viewer, today: date) -> str:
    """The address of the child's page. Empty for who sees cases and no pupils (镇, 村)."""
    seen = Child.objects.visible_to(viewer, today).filter(pk=case.child_id)
    may = viewer.has(Right.SEE_PUPILS) and seen.exists()
    return reverse("pupil", args=[case.child_id]) if may else ""


def _spell_id(case: Case, viewer: Viewer, today: date) -> int | None:
    """The key of the absence behind the case. The school line may print its report (F01)."""
    spells = AbsenceSpell.objects.visible_to(viewer, today).standing()
    mine = spells.filter(child=case.child_id, started_on=case.away_from)
    return mine.values_list("pk", flat=True).first()


def _changes(case: Case, viewer: Viewer, today: date) -> list[dict[str, Any]]:
    """The child's 异动 since the absence began, with the outcome that each allows for the case."""
    rows = case.child.changes.exclude(asked=True, agreed_on__isnull=True)
    since = rows.filter(Q(settled_on__isnull=True) | Q(settled_on__gte=case.first_missed_on))
    seen = set(since.visible_to(viewer, today).values_list("pk", flat=True))
    return [
        {
            "row": row,
            "is_open": row.pk in seen,
            "outcome": codes.OUTCOMES.get(row.rule.outcome, "")
            if case.is_open and row.state == State.CONFIRMED
            else "",
        }
        for row in since
    ]


def _done(events: Iterable[CaseEvent]) -> set[Act]:
    """The acts done since the case was opened, or opened again."""
    done: set[Act] = set()
    for event in events:
        done = set() if event.act == Act.AGAIN else done | {Act(event.act)}
    return done


def _owed(row: Deadline, today: date, calendar: Calendar) -> dict[str, Any]:
    return {
        "row": row,
        "due": _badge(row, today, calendar),
        "level": LEVEL_LABELS[Level(row.level)],
    }


def _badge(row: Deadline, today: date, calendar: Calendar) -> DueBadge:
    if row.met_on:
        return done_badge(row.met_on, row.due_on, calendar)
    if row.lapsed_on:
        return lapsed_badge(row.lapsed_on, row.due_on, climbed=row.climbed)
    return badge_of(row.due_on, today, calendar)


@needs(Right.SEE_CASES)
def why(request: Any, number: str, pk: int) -> HttpResponse:
    """Explains the due day of one deadline."""
    case = case_or_404(request, number)
    row = get_object_or_404(case.deadlines.select_related("unit"), pk=pk)
    calendar = calendar_for(case.county_id, case.school_id)
    context = {
        "case": case,
        "row": row,
        "explanation": explain(row, calendar),
        "due": _owed(row, clock.today(), calendar)["due"],
        "level": LEVEL_LABELS[Level(row.level)],
    }
    audit.record(origin_of(request), "read", "deadline", row.pk, children=[case.child_id])
    return render(request, "cases/why.html", context)
