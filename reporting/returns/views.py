"""The pages of the county's returns: order, watch the building, read, download."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from foundation.jobs.models import Job
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.pages.paging import page_of
from reporting.figures.base import months_with_base
from reporting.returns import actions
from reporting.returns.forms import OFFERED, OrderForm
from reporting.returns.models import BuiltReturn
from reporting.returns.opening import Narrowing, cases_open_to, listed, opened
from reporting.returns.querysets import reading_posts
from reporting.returns.reading import Sight, as_seen, rows_naming, shows_all, sight_of
from reporting.returns.sheets import sheet_of
from reporting.returns.table import return_table
from students.roster.lists.export_forms import PurposeForm

STOP_POLLING = 286
OF_FIGURES = ("1", "2", "3")  # the sheets whose figures lead to their names

_READERS = (Right.BUILD_RETURNS, Right.SEE_FIGURES)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_READERS)
def index(request: Request) -> HttpResponseBase:
    """Lists every version built so far. A POST orders the chosen month."""
    _require_reader(request)
    today, posts = clock.today(), request.viewer.posts_with(Right.BUILD_RETURNS)
    months: tuple[list[date], str] = ([], "")
    if posts:
        county = Unit.objects.get(pk=posts[0].county_id)
        months = months_with_base(county, today, OFFERED)
    form = OrderForm(request.POST or None, today=today, offered=months[0])
    if request.method == "POST":
        return _order(request, form)
    return _list(request, form, none_because="" if months[0] else months[1])


def _order(request: Request, form: OrderForm) -> HttpResponseBase:
    posts = request.viewer.posts_with(Right.BUILD_RETURNS)
    if not posts:
        raise PermissionDenied
    if not form.is_valid():
        return _list(request, form, status=422)
    county = Unit.objects.get(pk=posts[0].county_id)
    month = form.cleaned_data["month"]
    try:
        built = actions.order_return(doer_of(request, posts[0]), county, month)
    except Refused as refusal:
        form.add_error("month", str(refusal))
        return _list(request, form, status=422)
    return redirect("returns:detail", pk=built.pk)


def _list(
    request: Request, form: OrderForm, status: int = 200, none_because: str = ""
) -> HttpResponseBase:
    table = return_table(BuiltReturn.objects.visible_to(request.viewer))
    context = {
        **list_context(request, table, ()),
        "form": form,
        "may_build": request.viewer.has(Right.BUILD_RETURNS),
        "none_because": none_because,
    }
    return show_list(request, "reporting/index.html", context, status=status)


@require_safe
@needs(*_READERS)
def detail(request: Request, pk: int) -> HttpResponse:
    """Shows one version sheet by sheet, or the progress while it is being built."""
    built = _built(request, pk)
    if not built.is_built:
        return render(request, "reporting/building.html", {"built": built, "job": _job(built)})
    sight = sight_of(request.viewer, built.county_id)
    sheet = _asked_sheet(request, sight)
    is_whole = sight.schools is None
    context: dict[str, Any] = {
        "built": built,
        "checks_failed": built.failed_checks if is_whole else (),
        "gaps": built.content.get("gaps", ()) if is_whole else (),
    }
    content = as_seen(built.content, sight)
    page = actions.pages_of(built, sight)[sight.sheets.index(sheet)]
    if sheet.names_children:
        actions.note_reading(doer_of(request), built, sheet.number)
        wanted = Narrowing.asked(request.GET.dict())
        numbers = cases_open_to(request.viewer, sheet, content)
        context["page_obj"] = page_of(
            request, listed(page, sheet, content, wanted, numbers), usual=50
        )
        context["narrowed"] = wanted.words
    elif sheet.number in OF_FIGURES:
        page = opened(page, sheet, content)
    context |= {"page": page, "sheets": sight.sheets, "sheet": sheet}
    return render(request, "reporting/detail.html", context)


def _asked_sheet(request: Request, sight: Sight) -> Any:
    sheet = sheet_of(request.GET.get("sheet", sight.sheets[0].number))
    if sheet is None or sheet not in sight.sheets:
        raise Http404
    return sheet


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_READERS)
def print_sheet(request: Request, pk: int) -> HttpResponse:
    """Asks for the purpose. A POST answers with the whole sheet for paper, the purpose on it."""
    built = _built(request, pk)
    if not built.is_built:
        raise Http404
    sight = sight_of(request.viewer, built.county_id)
    sheet = _asked_sheet(request, sight)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    back = f"{reverse('returns:detail', args=[pk])}?sheet={sheet.number}"
    if request.method == "POST" and form.is_valid():
        purpose = form.cleaned_data["purpose"]
        mark = actions.print_sheet(doer_of(request), built, sheet.number, purpose)
        page = actions.pages_of(built, sight)[sight.sheets.index(sheet)]
        context = {"built": built, "sheet": sheet, "page": page, "mark": mark, "back_url": back}
        return render(request, "reporting/printed.html", context)
    return render(
        request,
        "roster/record.html",
        {
            "heading": f"打印{built.month.words}月报《{sheet.name}》（第{built.version}版）",
            "facts": [],
            "effects": ["打印人、时间和用途印在纸上，并记入日志，长期保存。"],
            "form": form,
            "action_label": "打开打印页",
            "back_url": back,
        },
        status=422 if form.errors else 200,
    )


@require_safe
@needs(*_READERS)
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the building is. The last answer makes the page stop asking."""
    job = _job(_built(request, pk))
    status = STOP_POLLING if job["finished"] else 200
    return render(request, "parts/_progress.html", {"job": job}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*_READERS)
def download(request: Request, pk: int) -> HttpResponse:
    """Asks for the purpose. A POST answers with the workbook as the reader may see it."""
    built = _built(request, pk)
    if not built.is_built:
        raise Http404
    is_whole = shows_all(sight_of(request.viewer, built.county_id), built.content)
    data = request.POST if request.method == "POST" else None
    form = PurposeForm(data, prints=not is_whole)
    if request.method == "POST" and form.is_valid():
        content = actions.hand_out(doer_of(request), built, form.cleaned_data["purpose"])
        return workbook(content, built.file_name)
    context = {
        "heading": f"下载{built.month.words}月报（第{built.version}版）",
        "facts": [("名单", f"{_named(request, built)}行")],
        "effects": ["名单连同用途记入日志，长期保存。"],
        "form": form,
        "action_label": "下载",
        "again": True,  # a download does not replace the page, so the form may be sent again
        "back_url": reverse("returns:detail", args=[built.pk]),
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)


def _named(request: Request, built: BuiltReturn) -> int:
    """How many rows with a child's name the reader's file has."""
    sight = sight_of(request.viewer, built.county_id)
    return len(rows_naming(as_seen(built.content, sight)))


def _require_reader(request: Request) -> None:
    """Raise PermissionDenied for a right held at a unit that reads no returns."""
    if not reading_posts(request.viewer):
        raise PermissionDenied


def _built(request: Request, pk: int) -> BuiltReturn:
    _require_reader(request)
    rows = BuiltReturn.objects.visible_to(request.viewer)
    return get_object_or_404(
        rows.select_related("job", "county__region", "built_by__person", "built_by__unit"), pk=pk
    )


def _job(built: BuiltReturn) -> dict[str, Any]:
    """The values that parts/_progress.html shows."""
    job: Job | None = built.job
    assert job is not None
    words = job.problem or (f"{job.done} / {job.total}：{job.note}" if job.note else "")
    if job.is_broken_off_at(timezone.now()):
        words = job.BROKEN_OFF
    return {
        "poll_url": reverse("returns:progress", args=[built.pk]),
        "title": job.title,
        "done": job.done,
        "total": job.total,
        "words": "已生成，可以查看和下载。" if built.is_built else words,
        "finished": job.is_over,
        "failed": job.state == Job.FAILED,
        "result_url": reverse("returns:detail", args=[built.pk]) if built.is_built else "",
        "result_label": "查看报表",
    }
