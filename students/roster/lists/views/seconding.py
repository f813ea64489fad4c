"""The page of exports that wait for a second person, and the buttons that decide them."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.people.forms import ReasonForm
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.roster.lists.books import noun_of, title_of
from students.roster.lists.export_table import export_table
from students.roster.lists.seconding import agree, refuse, withdraw
from students.roster.lists.views.lists import list_crumb
from students.roster.models import RosterExport

LIST = "roster:exports"
RIGHTS = (Right.EXPORT_ROSTER, Right.CONFIRM_EXPORTS, Right.SEE_AUDIT)
# The way to decide: its button, what follows, its act.
OFFERS = {
    "agree": ("同意导出", "名单在后台生成，只有申请人能下载，24小时内最多3次。", agree),
    "refuse": ("不同意", "名单不生成，申请人能看到理由。", refuse),
    "withdraw": ("撤回申请", "这项导出不再办理，名单不生成。", withdraw),
}
HINTS = {"agree": "已核对用途和名单", "refuse": "用途不明", "withdraw": "不再需要；名册选错"}


@require_safe
@needs(*RIGHTS)
def exports(request: Request) -> HttpResponseBase:
    """Exports of full numbers at the viewer's unit or below, those that wait first."""
    rows = RosterExport.objects.visible_to(request.viewer, as_second=True)
    table = export_table(rows, request.viewer.person_id, clock.now())
    crumbs = [list_crumb(request.viewer), {"label": "导出复核", "url": ""}]
    context = {**list_context(request, table, ()), "crumbs": crumbs}
    return show_list(request, "roster/exports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def decide(request: Request, pk: int, name: str) -> HttpResponse:
    """Ask for the reason, then decide."""
    rows = RosterExport.objects.visible_to(request.viewer, as_second=True).select_related(
        "person", "post__unit"
    )
    export = get_object_or_404(rows, pk=pk)
    label, effect, act = OFFERS[name]
    form = ReasonForm(request.POST if request.method == "POST" else None, hint=HINTS[name])
    if form.is_valid():
        try:
            act(replace(doer_of(request), reason=form.cleaned_data["reason"]), export)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(LIST)
    context = {
        "form": form,
        "heading": label,
        "facts": _facts(export),
        "effects": [effect],
        "action_label": label,
        "danger": name != "agree",
        "back_url": reverse(LIST),
        "crumbs": [
            list_crumb(request.viewer),
            {"label": "导出复核", "url": reverse(LIST)},
            {"label": label, "url": ""},
        ],
    }
    return render(request, "parts/confirm.html", context, status=422 if form.is_bound else 200)


def _facts(export: RosterExport) -> list[tuple[str, Any]]:
    numbers = "，含完整证件号、学籍号" if export.with_numbers else ""
    return [
        ("名册", title_of(export.listing)),
        ("行数", f"{export.rows}{noun_of(export.listing)}{numbers}"),
        ("用途", export.purpose),
        ("申请人", f"{export.person.name}（{export.post.unit.name} · {export.post.role_label}）"),
    ]
