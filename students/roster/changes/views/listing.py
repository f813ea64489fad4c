"""The list of changes, and the page of one change with its papers and its history."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.lists.rows import IdsFirst, widened
from students.roster.certificates.shown import certificates_on_page
from students.roster.changes.forms import ListForm
from students.roster.changes.table import ChangeLine, ChangeTable
from students.roster.changes.views.common import (
    change_or_404,
    crumbs,
    hides_child,
    name_in,
    possible,
    reads_names,
    with_places,
)
from students.roster.models import Change, ChangeEvent, Child
from students.roster.rules.change_kinds import BY_CODE, PENDING


@require_safe
@needs(Right.SEE_PUPILS, Right.APPROVE_SUSPENSION)
def change_list(request: Request) -> HttpResponseBase:
    """The changes that the viewer may see, filtered, with the number of each kind."""
    today, viewer = clock.today(), request.viewer
    form = ListForm(request.GET or None)
    rows = Change.objects.visible_to(viewer, today)
    if form.is_bound:
        rows = _chosen(rows, form.cleaned_data, today) if form.is_valid() else rows.none()
    tell = partial(_lines, viewer=viewer, today=today)
    table = ChangeTable(IdsFirst(rows, widened(Change, with_places), tell), order_by="-day")
    listed = list_context(request, table, form.fields, verb="list_changes", kind="change")
    context = {
        **listed,
        "form": form,
        "totals": _totals(rows),
        "tallies": _tallies(Change.objects.visible_to(viewer, today), today),
        "may_record": viewer.has(Right.RECORD_CHANGE),
        "may_report": viewer.has(Right.REPORT_CHANGE) or viewer.has(Right.SEE_PUPILS),
    }
    return show_list(request, "changes/list.html", context)


def _chosen(rows: Any, asked: dict[str, Any], today: date) -> Any:
    if asked["kind"]:
        rows = rows.filter(kind=asked["kind"])
    if asked["state"] == "late":
        rows = rows.late_on(today)
    elif asked["state"]:
        states = PENDING if asked["state"] == "pending" else [asked["state"]]
        rows = rows.filter(state__in=states)
    if asked["month"]:
        first = date.fromisoformat(f"{asked['month']}-01")
        last = first.replace(day=monthrange(first.year, first.month)[1])
        rows = rows.filter(occurred_on__range=(first, last))
    return rows


def _lines(changes: Sequence[Change], *, viewer: Viewer, today: date) -> Iterator[ChangeLine]:
    for change in changes:
        hidden = hides_child(change, viewer)
        left = "" if hidden else _place(change.from_school, change.from_class, change, today)
        outside = " ".join(filter(None, (change.outside_place, change.outside_school)))
        entered = _place(change.to_school, change.to_class, change, today) or outside
        yield ChangeLine(change, name_in(change, viewer), left, entered, change.is_late_on(today))


def _place(school: Any, school_class: Any, change: Change, today: date) -> str:
    if school is None:
        return ""
    name = school_class.name_on(min(change.occurred_on, today)) if school_class else ""
    return f"{school} {name}".strip()


def _totals(rows: Any) -> list[tuple[str, int]]:
    counted = rows.order_by().values_list("kind").annotate(n=Count("pk"))
    counts = dict(counted)
    return [(kind.label, counts[code]) for code, kind in BY_CODE.items() if code in counts]


def _tallies(rows: Any, today: date) -> list[dict[str, Any]]:
    url = reverse("changes:list")
    return [
        {
            "label": "待办",
            "count": rows.pending().count(),
            "url": f"{url}?state=pending",
            "state": "soon",
        },
        {
            "label": "逾期未办结",
            "count": rows.late_on(today).count(),
            "url": f"{url}?state=late",
            "state": "overdue",
        },
    ]


@require_safe
@needs(Right.SEE_PUPILS, Right.APPROVE_SUSPENSION)
def change(request: Request, pk: int) -> HttpResponse:
    """One change: its facts, papers and history, and the moves that the viewer may make."""
    today, viewer = clock.today(), request.viewer
    row = change_or_404(request, pk)
    hidden = hides_child(row, viewer)
    audit.record(origin_of(request), "read_change", "change", row.pk, children=[row.child_id])
    events = row.events.select_related("person", "unit")
    context = {
        "change": row,
        "name": name_in(row, viewer),
        "facts": _facts(row, hidden, today, office=viewer.has(Right.RECORD_CHANGE)),
        "proofs": [] if hidden else row.proofs.select_related("document__file"),
        "events": [_told(event, hidden, row) for event in reversed(events)],
        "moves": possible(row, viewer),
        "is_late": row.is_late_on(today),
        "sees_pupil": not hidden
        and Child.objects.visible_to(viewer, today).filter(pk=row.child_id).exists(),
        "may_open": reads_names(row, viewer),
        **certificates_on_page(row, viewer, today),
        "crumbs": crumbs(row.kind_label),
    }
    return render(request, "changes/change.html", context)


def _facts(change: Change, hidden: bool, today: date, *, office: bool) -> Iterable[tuple[str, str]]:
    row = {
        "类别": change.kind_label,
        "登记全国学籍系统用的类别代码": change.rule.registry if office else "",
        "转出（原）学校": ""
        if hidden
        else _place(change.from_school, change.from_class, change, today),
        "转入（现）学校": _place(change.to_school, change.to_class, change, today),
        "县外学校": change.outside_school,
        "所在地": change.outside_place,
        change.rule.day_label: _words_of(change.occurred_on),
        "期限至": _words_of(change.until),
        "原因": change.reason_label,
        "说明": change.note,
        "批准单位": str(change.township or ""),
        "应办结日期": _words_of(change.due_on),
        "办结日期": _words_of(change.settled_on),
        "登记日期": _words_of(change.recorded_on),
    }
    if hidden:
        row["状况"] = "已在本县其他学校登记"
    return [(label, value) for label, value in row.items() if value]


def _words_of(day: date | None) -> str:
    return full_day_words(day) if day else ""


def _told(event: ChangeEvent, hidden: bool, change: Change) -> dict[str, Any]:
    """Return a line of the history. The asking school does not read who answers at the other
    school."""
    secret = hidden and event.unit_id == change.from_school_id
    who = "原学校" if secret else f"{event.unit or ''} {event.person or ''}".strip()
    late = event.recorded_on > event.occurred_on
    return {
        "on": event.occurred_on,
        "title": event.label,
        "who": who,
        "words": event.text,
        "note": "补登" if late else "",
        "tone": "good" if event.to_state == "confirmed" else "",
        "recorded_at": event.recorded_at if late else None,
    }
