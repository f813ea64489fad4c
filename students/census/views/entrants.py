"""The pages of entrants: the list, entering one or many, and one child."""

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from foundation.lists.filters import selected
from foundation.lists.page import BulkAct, list_context
from foundation.lists.printing import show_list
from students.census import actions
from students.census.filters import EntrantFilter, states_on
from students.census.forms import EntrantForm, PasteForm
from students.census.lines import line_of
from students.census.models import Entrant
from students.census.notices.facts import needless
from students.census.notices.shown import notices_on_page
from students.census.occasions import entry_year_on
from students.census.querysets import ENTRY_RIGHTS
from students.census.sheet import EntrantRow, read_lines
from students.census.tables import entrant_table
from students.census.views.common import (
    asked_year,
    crumbs,
    entrant_or_404,
    entrants_of,
    schools_for,
)

_TALLIES = (
    ("no_notice", "未发通知书", ""),
    ("waiting", "尚未报到", ""),
    ("missing", "未报到", "overdue"),
    ("arrived", "已报到", ""),
    ("excused", "不需报到", ""),
)


@require_safe
@needs(*ENTRY_RIGHTS)
def entrant_list(request: Request) -> HttpResponseBase:
    """The year's entrants with their state; the address holds every filter."""
    today, viewer = clock.today(), request.viewer
    year, withdrawn = asked_year(request, today), "withdrawn" in request.GET
    everybody = entrants_of(request, year, today, withdrawn=withdrawn)
    chosen = EntrantFilter(request.GET or None, everybody, today=today)
    table = entrant_table(selected(chosen), viewer, today)
    may_issue = viewer.has(Right.ISSUE_NOTICES) and not withdrawn
    bulk = (BulkAct("为勾选的学生拟入学通知书", reverse("census:issue")),) if may_issue else ()
    context = {
        **list_context(request, table, chosen.filters, verb="list_entrants", bulk=bulk),
        "filter": chosen,
        "tallies": [] if withdrawn else _tallies(request, everybody, today),
        "withdrawn": entrants_of(request, year, today, withdrawn=True).count(),
        "shows_withdrawn": withdrawn,
        "year": year,
        "undrafted": _undrafted(everybody, today) if may_issue else 0,
        "may_manage": viewer.has(Right.MANAGE_ENTRANTS),
        "may_hand_over": viewer.has(Right.SIGN_HANDOVER),
    }
    return show_list(request, "census/entrants.html", context)


def _undrafted(rows: Any, today: date) -> int:
    """How many have no notice yet: those are drawn up in one step."""
    return int(rows.order_by().filter(states_on(today)["no_notice"]).count())


def _tallies(request: Request, rows: Any, today: date) -> list[dict[str, Any]]:
    conditions = states_on(today)
    found = []
    for state, label, due in _TALLIES:
        query = QueryDict(mutable=True)
        query["state"] = state
        if "year" in request.GET:
            query["year"] = request.GET["year"]
        count = rows.order_by().filter(conditions[state]).count()
        found.append({"label": label, "count": count, "url": f"?{query.urlencode()}", "state": due})
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def add(request: Request) -> HttpResponse:
    today = clock.today()
    year = entry_year_on(today)
    schools = schools_for(request.viewer, Right.MANAGE_ENTRANTS)
    form = EntrantForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        row = form.row(year)
        entrants = _enter(request, form, year, [row])
        if entrants:
            return redirect("census:entrant", pk=entrants[0].pk)
        for problem in row.problems:
            form.add_error(None, f"{problem}。")
    context = {"form": form, "year": year, "crumbs": crumbs("登记新生")}
    status = 422 if request.method == "POST" else 200
    return render(request, "census/add.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def paste(request: Request) -> HttpResponse:
    """Enter a list copied from a sheet: all of it, or each line's fault is shown."""
    today = clock.today()
    year = entry_year_on(today)
    schools = schools_for(request.viewer, Right.MANAGE_ENTRANTS)
    form, rows = PasteForm(request.POST or None, schools=schools), list[EntrantRow]()
    if request.method == "POST" and form.is_valid():
        rows = read_lines(form.cleaned_data["rows"], year)
        if not rows:
            form.add_error("rows", "没有读到名单，请连同每人一行的内容一起粘贴。")
        elif _enter(request, form, year, rows):
            return redirect(f"{reverse('census:entrants')}?year={year}&state=no_notice")
    context = {
        "form": form,
        "year": year,
        "bad": [row for row in rows if row.problems],
        "read": len(rows),
        "crumbs": crumbs("粘贴名单"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "census/paste.html", context, status=status)


def _enter(request: Request, form: Any, year: int, rows: list[EntrantRow]) -> list[Entrant]:
    school = form.cleaned_data["school"]
    try:
        return actions.add_entrants(doer_of(request), school, year, rows)
    except Refused as refused:
        form.add_error(None, str(refused))
        return []


@require_safe
@needs(*ENTRY_RIGHTS)
def entrant(request: Request, pk: int) -> HttpResponse:
    today = clock.today()
    found = entrant_or_404(request, pk)
    audit.record(origin_of(request), "read_entrant", "entrant", found.pk, children=[found.child_id])
    line = line_of(found, request.viewer, today)
    own = [school.pk for school in schools_for(request.viewer, Right.MANAGE_ENTRANTS)]
    context = {
        "line": line,
        "facts": _facts(found, line.name),
        "guardians": [
            (request.viewer.name_of(g.name, found.child_id), g.relation, g.masked_phone)
            for g in found.child.guardians.all()
        ],
        "notices": notices_on_page(found, request.viewer),
        "may_draft": _may_draft(request, found),
        "checkins": found.checkins.select_related("post__person", "school_class"),
        "exemptions": found.exemptions.select_related("granted_by__person", "document"),
        "may_manage": found.school_id in own and found.withdrawn_on is None,
        "withdraw_refusal": actions.why_not_withdrawn(found, today),
        "crumbs": crumbs(line.name),
    }
    return render(request, "census/entrant.html", context)


def _may_draft(request: Request, found: Entrant) -> bool:
    """Whether the viewer may draw up a notice of a child who came to the list late."""
    own = Entrant.objects.visible_to(request.viewer, clock.today(), [Right.ISSUE_NOTICES])
    needs_one = found.notice_no is None and not needless(found) and not found.withdrawn_on
    return needs_one and bool(own.filter(pk=found.pk).exists())


def _facts(found: Entrant, name: str) -> list[tuple[str, str]]:
    child = found.child
    return [
        ("姓名", name),
        ("性别", child.sex_label),
        ("出生日期", full_day_words(child.born_on) if child.born_on else ""),
        ("身份证件号", child.masked_id or "无"),
        ("户籍村（居）", str(found.village or "外县或待核实")),
        ("应入学校", str(found.school.unit)),
        ("年级", f"{found.school_year}年秋季{found.grade_label}"),
        ("原就读小学", str(found.from_school.unit) if found.from_school else "—"),
        ("报到日期", full_day_words(found.due_on) if found.due_on else "未设置"),
        ("未报到时动员", _mobilises(found)),
    ]


def _mobilises(found: Entrant) -> str:
    """R24 in words, shown to both schools."""
    if found.from_school is None:
        return str(found.school.unit)
    if found.arrived_on:
        return f"{found.school.unit}（已报到）"
    return f"{found.from_school.unit}（到初中报到后由{found.school.unit}负责）"
