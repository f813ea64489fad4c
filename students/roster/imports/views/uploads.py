"""Steps 1 and 2: the template, the upload, and the question about a file uploaded before."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.models import UnitKind
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from students.calendars.loading import calendar_for
from students.roster.imports.acts.answers import go_on_reading, upload_roster
from students.roster.imports.acts.for_another import take_for_named
from students.roster.imports.batch_table import batch_table
from students.roster.imports.books.template_book import template_workbook
from students.roster.imports.forms import UploadForm
from students.roster.imports.views.common import batch_of, crumbs
from students.roster.models import Enrolment, ImportBatch, School

TEMPLATE_NAME = "学生信息导入模板.xlsx"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_ROSTER)
def upload(request: Request) -> HttpResponseBase:
    """The upload form, with every batch of the viewer's schools below it."""
    today = clock.today()
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        schools=_schools(request),
        for_county=_is_county(request),
        initial={"as_of": _first_day(request, today)},
    )
    if form.is_valid():
        try:
            batch = _start(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _led_on(request, batch)
    batches = ImportBatch.objects.visible_to(request.viewer)
    listed = list_context(request, batch_table(batches), ())
    context = {**listed, "form": form, "crumbs": crumbs("导入名册")}
    return show_list(request, "roster/upload.html", context)


@require_POST
@needs(Right.IMPORT_ROSTER)
def go_on(request: Request, pk: int) -> HttpResponse:
    """Read a file although it had been uploaded before."""
    found = batch_of(request, pk)
    try:
        go_on_reading(doer_of(request), found.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("roster:batch", pk=pk)


@require_POST
@needs(Right.IMPORT_ROSTER)
def for_named(request: Request, pk: int) -> HttpResponse:
    """Take a sheet that was refused as another school's for that school."""
    found = batch_of(request, pk)
    try:
        taken = take_for_named(doer_of(request), found)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("roster:batch", pk=pk)
    return redirect("roster:batch", pk=taken.pk)


@require_safe
@needs(Right.IMPORT_ROSTER)
def template(request: Request) -> HttpResponse:
    audit.record(origin_of(request), "download_template", "roster_template")
    return workbook(template_workbook(), TEMPLATE_NAME)


def _first_day(request: Request, today: date) -> date:
    """Return today; for a school without pupils the first day of its term.

    A first roster with a later day would show nobody enrolled at the start of the school year, and
    every rate is based on that.
    """
    if Enrolment.objects.visible_to(request.viewer, today).exists():
        return today
    term = calendar_for(request.viewer.posts[0].county_id).term_of(today)
    return term.first_day if term else today


def _schools(request: Request) -> QuerySet[School]:
    units = [post.unit_id for post in request.viewer.posts_with(Right.IMPORT_ROSTER)]
    return School.objects.filter(pk__in=units).select_related("unit")


def _is_county(request: Request) -> bool:
    posts = request.viewer.posts_with(Right.IMPORT_ROSTER)
    return any(post.unit_kind == UnitKind.COUNTY for post in posts)


def _start(request: Request, form: UploadForm) -> ImportBatch:
    file = form.cleaned_data["file"]
    return upload_roster(
        doer_of(request),
        form.cleaned_data["school"],
        file.name,
        file.read(),
        form.cleaned_data["as_of"],
    )


def _led_on(request: Request, batch: ImportBatch) -> HttpResponse:
    """Redirect to the batch. For htmx the whole page is redirected."""
    if getattr(request, "htmx", False):
        return HttpResponseClientRedirect(reverse("roster:batch", args=[batch.pk]))
    return redirect("roster:batch", pk=batch.pk)
