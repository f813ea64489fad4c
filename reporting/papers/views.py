"""The form that asks for what 文书台账 is exported, then the file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.door.fresh import ask_again
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from foundation.lists.filters import selected
from foundation.papers.filters import PaperFilter
from foundation.papers.models import Paper
from reporting.papers.exporting import CODE, MOST, TITLE, TWO_FROM, write
from students.roster.lists.actions import ExportOrder, note_export, order_export
from students.roster.lists.export_forms import PurposeForm
from students.roster.lists.views.exports import keep_typed, kept_typed


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_PAPERS)
def order(request: Request) -> HttpResponse:
    """Asks for the purpose. Fewer rows than take a second person are sent at once."""
    asked = {key: str(value) for key, value in request.GET.items() if value and key != "page"}
    mine = Paper.objects.visible_to(request.viewer)
    rows = selected(PaperFilter(asked or None, mine, clock.today())).count()
    if request.method != "POST":
        return _ask(request, PurposeForm(initial=kept_typed(request)), rows)
    form = PurposeForm(request.POST)
    if not form.is_valid() or not _fits(form, rows):
        return _ask(request, form, rows)
    keep_typed(request, form.cleaned_data)
    ask_again(request)  # the order goes on after it
    kept_typed(request)
    doer = doer_of(request)
    wanted = ExportOrder(CODE, TITLE, asked, form.cleaned_data["purpose"], False, rows)
    export = order_export(doer, wanted)
    if export.needs_second:
        return redirect("roster:export", pk=export.pk)
    content, children = write(export, doer.viewer, doer.today)
    note_export(doer.origin, export, children)
    return workbook(content, export.file_name)


def _fits(form: PurposeForm, rows: int) -> bool:
    if not rows:
        form.add_error(None, "没有符合条件的文书，无需导出。请返回台账调整筛选条件。")
    elif rows > MOST:
        form.add_error(None, f"共{rows}份，一次最多导出{MOST}份。请按月份或发文机关分几次导出。")
    return not form.errors


def _ask(request: Request, form: PurposeForm, rows: int) -> HttpResponse:
    query, back = request.GET.urlencode(), reverse("papers:ledger")
    words = "按台账页面当前的筛选条件" if query else "全部在您可以看到范围内的文书"
    context: dict[str, Any] = {
        "heading": f"导出{TITLE}",
        "facts": [("行数", f"{rows}份"), ("筛选", words)],
        "effects": [
            "表上印有导出人、时间、用途和导出编号；姓名和页面上一样显示。",
            "这次导出连同用途记入日志，长期保存。",
            *(["满2000份的，须另一人在“导出复核”中同意后生成。"] * (rows >= TWO_FROM)),
        ],
        "form": form,
        "action_label": "导出",
        "again": True,  # a download does not replace the page, so the button works again
        "back_url": f"{back}?{query}" if query else back,
        "crumbs": [{"label": "文书", "url": back}, {"label": "导出", "url": ""}],
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)
