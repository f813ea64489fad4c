"""The page on which a class that was made by mistake is merged into another, or closed."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from students.roster.classes.actions import merge_class
from students.roster.models import Enrolment, SchoolClass
from students.staff.class_teachers import classes_of
from students.staff.forms import MergeForm
from students.staff.views.common import crumbs

_EFFECTS = (
    "学生转到所选的班，学籍不变；班主任和代课从今天起不再带这个班。",
    "这个班没有点过名、没有个案的，当作没有开过；已点过名的从明天起撤并，以前的点名照旧保留。",
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_ROSTER)
def merge(request: Request, pk: int) -> HttpResponse:
    """Asks into which class the pupils go, and closes the class."""
    today = clock.today()
    own = [post.unit_id for post in request.viewer.posts_with(Right.IMPORT_ROSTER)]
    seen = SchoolClass.objects.visible_to(request.viewer, today).select_related("school__unit")
    found: SchoolClass = get_object_or_404(seen, pk=pk, school_id__in=own)
    others = [one for one in classes_of(found.school_id, today) if one.pk != pk]
    choices = [(one.pk, one.name_on(today)) for one in others]
    form = MergeForm(request.POST if request.method == "POST" else None, classes=choices)
    if form.is_valid():
        doer = replace(doer_of(request), reason=form.cleaned_data["reason"])
        try:
            merge_class(doer, pk, form.cleaned_data["into"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{found.name_on(today)}已经撤并。")
            return redirect(_back(found))
    return _page(request, found, form)


def _page(request: Request, found: SchoolClass, form: MergeForm) -> HttpResponse:
    today = clock.today()
    name = f"{found.school.unit.name}{found.name_on(today)}"
    seen = Enrolment.objects.visible_to(request.viewer, today).on(today)
    pupils = seen.filter(school_class=found).count()
    context = {
        "heading": "撤并班级",
        "facts": [("班级", name), ("学生", f"{pupils}人")],
        "effects": _EFFECTS,
        "form": form,
        "action_label": "撤并这个班",
        "back_url": _back(found),
        "crumbs": crumbs(("班主任安排", _back(found)), ("撤并班级", "")),
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)


def _back(found: SchoolClass) -> str:
    return reverse("staff:class_teachers", args=[found.school_id])
