"""The form that asks for what 文书台账 is exported, then the file."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.lists.filters import selected
from foundation.papers.filters import PaperFilter
from foundation.papers.models import Paper
from reporting.papers.exporting import CODE, MOST, TITLE, TWO_FROM
from students.roster.lists.export_forms import PurposeForm
from students.roster.lists.views.books import BookOrder, order_book


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_PAPERS)
def order(request: Request) -> HttpResponse:
    """Asks for the purpose. Fewer rows than take a second person are sent at once."""
    asked = {key: str(value) for key, value in request.GET.items() if value and key != "page"}
    mine = Paper.objects.visible_to(request.viewer)
    rows = selected(PaperFilter(asked or None, mine, clock.today())).count()
    wanted = BookOrder(
        CODE,
        asked,
        rows,
        MOST,
        none="没有符合条件的文书，无需导出。请返回台账调整筛选条件。",
        narrow="请按月份或发文机关分几次导出。",
    )
    return order_book(request, wanted, lambda form: _ask(request, form, rows))


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
