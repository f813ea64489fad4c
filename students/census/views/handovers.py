"""The pages of the grade-6 handover: all rosters, one roster, its signatures, its print."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.papers.acts.common import drafting_post
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState
from students.census import actions
from students.census.forms import PrepareForm, WhyForm
from students.census.models import Handover, HandoverRow
from students.census.occasions import entry_year_on, juniors_of
from students.census.roster_sheet import CODE
from students.census.tables import handover_table
from students.census.views.common import crumbs, schools_for

# act → heading, button, consequence. Only `send` is for rosters of today: the others are of the
# receiver of one that was signed before rosters were papers.
_ACTS: dict[str, tuple[str, str, list[str]]] = {
    "send": (
        "送校长签发",
        "送签",
        [
            "校长在“待签发”里看全文、签发，交接单编文号，名册不能再改。",
            "签发后送到初中，初中在“收文”里签收或者退回。",
        ],
    ),
    "accept": (
        "接收方签收",
        "签收",
        ["名册上的学生列入本校七年级新生名单。", "到本校报到之前，仍由原小学负责动员。"],
    ),
    "return": ("退回交接单", "退回", ["交接单退回小学，由小学重新编制。"]),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SIGN_HANDOVER)
def handover_list(request: Request) -> HttpResponseBase:
    """The rosters sent and received, and the form to prepare new ones."""
    today = clock.today()
    year = entry_year_on(today)
    schools = schools_for(request.viewer, Right.SIGN_HANDOVER)
    juniors = juniors_of(request.viewer.county_id)
    form = PrepareForm(request.POST or None, schools=schools, juniors=juniors)
    if request.method == "POST" and form.is_valid():
        made = _prepare(request, form, year)
        if made:
            return redirect("census:handover", pk=made[0].pk)
    table = handover_table(Handover.objects.visible_to(request.viewer, today))
    context = {
        **list_context(request, table, ()),
        "form": form,
        "year": year,
        "crumbs": crumbs("六年级名册交接"),
    }
    status = 422 if request.method == "POST" else 200
    return show_list(request, "census/handovers.html", context, status=status)


def _prepare(request: Request, form: PrepareForm, year: int) -> list[Handover]:
    data = form.cleaned_data
    try:
        made = actions.prepare_handovers(doer_of(request), data["school"], year, data["otherwise"])
    except Refused as refused:
        form.add_error(None, str(refused))
        return []
    messages.success(request, f"已编制{len(made)}份交接单，请核对后签字。")
    return made


@require_safe
@needs(Right.SIGN_HANDOVER)
def handover(request: Request, pk: int) -> HttpResponse:
    """One roster with its rows, totals and signatures."""
    found = _found(request, pk)
    return render(request, "census/handover.html", _context(request, found))


@require_safe
@needs(Right.SIGN_HANDOVER)
def paper(request: Request, pk: int) -> HttpResponse:
    """Prints a 六年级学生名册交接单 that was signed before it was a paper with a number (T14)."""
    found = _found(request, pk)
    if found.paper_id is not None and found.state != Handover.DRAFT:
        return redirect("papers:paper", pk=found.paper_id)
    if found.state == Handover.DRAFT:
        return redirect("census:handover", pk=pk)
    return render(request, "census/handover_paper.html", _context(request, found))


@require_POST
@needs(Right.SIGN_HANDOVER)
def describe(request: Request, pk: int) -> HttpResponse:
    found = _found(request, pk)
    try:
        for row in found.rows.all():
            exception = request.POST.get(f"exception-{row.pk}", row.exception)
            remark = request.POST.get(f"remark-{row.pk}", row.remark).strip()[:100]
            known = exception if exception in HandoverRow.EXCEPTIONS else ""
            if (known, remark) != (row.exception, row.remark):
                actions.describe_row(doer_of(request), row.pk, known, remark)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "特殊情况和备注已保存。")
    return redirect("census:handover", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SIGN_HANDOVER)
def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Asks once more, then sends it to be signed; accepts or returns one of the time before."""
    if name not in _ACTS:
        raise Http404
    found = _found(request, pk)
    if name == "send" and not _drafts(request, found):
        raise PermissionDenied
    if name != "send" and found.paper_id is not None:
        return redirect("papers:paper", pk=found.paper_id)
    form = WhyForm(request.POST or None) if name == "return" else None
    refusal = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _do(request, found, name, form)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"已办理：{_ACTS[name][0]}。")
            return redirect("census:handover", pk=pk)
    heading, label, effects = _ACTS[name]
    context = {
        "heading": heading,
        "facts": [
            ("移交学校", str(found.from_school.unit)),
            ("接收学校", str(found.to_school.unit)),
            ("人数", f"{found.rows.count()}人"),
        ],
        "effects": effects,
        "form": form,
        "refusal": refusal,
        "action_label": label,
        "danger": name == "return",
        "back_url": reverse("census:handover", args=[pk]),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "census/confirm.html", context, status=status)


def _do(request: Request, found: Handover, name: str, form: WhyForm | None) -> None:
    doer = doer_of(request)
    if name == "send":
        actions.send_handover(doer, found.pk)
    elif name == "accept":
        actions.accept_handover(doer, found.pk)
    else:
        assert form is not None
        actions.return_handover(doer, found.pk, form.cleaned_data["reason"])


def _drafts(request: Request, found: Handover) -> bool:
    """Whether the viewer drafts papers of the sending school, as the central school does not."""
    paper = Paper(unit=found.from_school.unit, kind=CODE)
    return drafting_post(request.viewer, paper) is not None


def _found(request: Request, pk: int) -> Handover:
    rows = Handover.objects.visible_to(request.viewer, clock.today())
    found: Handover = get_object_or_404(
        rows.select_related("from_school__unit", "to_school__unit", "paper"), pk=pk
    )
    return found


def _open_acts(request: Request, found: Handover, own: set[int]) -> dict[str, Any]:
    paper = found.paper if found.paper and found.paper.state != PaperState.DROPPED else None
    waits = paper is not None and paper.state == PaperState.WAITING
    is_open = found.state == Handover.DRAFT and not waits
    return {
        "paper": paper,
        "reads_paper": paper is not None and _reads(request, paper),
        "may_edit": found.from_school_id in own and is_open,
        "may_send": _drafts(request, found) and is_open,
        # Of the time before rosters were papers.
        "may_print": found.paper is None and found.state != Handover.DRAFT,
        "may_accept": found.paper is None
        and found.to_school_id in own
        and found.state == Handover.SENT,
    }


def _reads(request: Request, paper: Paper) -> bool:
    seen = Paper.objects.visible_to(request.viewer, received=True).readable_by(request.viewer)
    return bool(seen.filter(pk=paper.pk).exists())


def _context(request: Request, found: Handover) -> dict[str, Any]:
    rows = list(found.rows.select_related("child", "school_class"))
    audit.record(
        origin_of(request),
        "read_handover",
        "handover",
        found.pk,
        children=[row.child_id for row in rows],
    )
    own = {school.pk for school in schools_for(request.viewer, Right.SIGN_HANDOVER)}
    year = found.school_year - 1
    classes = Counter(row.school_class.name_in(year) for row in rows)
    exceptions = Counter(row.exception_label for row in rows if row.exception)
    return {
        "handover": found,
        "rows": [
            (
                row,
                request.viewer.name_of(row.child.name, row.child_id),
                row.school_class.name_in(year),
            )
            for row in rows
        ],
        "classes": sorted(classes.items()),
        "exceptions": sorted(exceptions.items()),
        "boys": sum(row.child.sex == "1" for row in rows),
        "girls": sum(row.child.sex == "2" for row in rows),
        "steps": found.steps.select_related("post__person", "post__unit"),
        "choices": HandoverRow.EXCEPTIONS.items(),
        **_open_acts(request, found, own),
        "crumbs": [
            *crumbs(),
            {"label": "六年级名册交接", "url": reverse("census:handovers")},
            {"label": str(found.from_school.unit), "url": ""},
        ],
    }
