"""Graduates a school's last classes. Children with an open case are omitted, with the reason."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.census.finishers import kept_on_roll
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.days import full_day_words
from students.census import actions as census
from students.census.models import GraduationBatch
from students.census.views.common import asked_year, crumbs, schools_for
from students.census.years import graduates_of, graduation_of
from students.roster.models import School
from students.roster.rules.grades import school_year_of


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def graduation(request: Request) -> HttpResponse:
    """Lists who graduates on the last day and who does not. A POST graduates the whole school."""
    today = clock.today()
    schools = list(schools_for(request.viewer, Right.MANAGE_ENTRANTS))
    asked = request.POST.get("school") or request.GET.get("school", "")
    school = next((s for s in schools if str(s.pk) == asked), schools[0])
    year = asked_year(request, today, school_year_of(today))
    refusal = ""
    if request.method == "POST":
        try:
            census.graduate(doer_of(request), school, year, kept_on_roll(school.pk, today))
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "毕业登记已办理。")
            return redirect(f"{reverse('census:year')}?year={year}")
    return _show(request, school, schools, year, refusal)


def _show(
    request: Request, school: School, schools: list[School], year: int, refusal: str
) -> HttpResponse:
    found = graduates_of(school, year, kept_on_roll(school.pk, clock.today()))
    enrolments = [*found.enrolments, *(enrolment for enrolment, _ in found.left_out)]
    children = [enrolment.child_id for enrolment in enrolments]
    audit.record(origin_of(request), "list_leavers", "school", school.pk, children=children)
    name_of = request.viewer.name_of
    context = {
        "school": school,
        "schools": schools,
        "year": year,
        "found": found,
        "refusal": refusal,
        "leavers": [
            (name_of(s.child.name, s.child_id), s.school_class.name_in(year))
            for s in found.enrolments
        ],
        "left_out": [
            (name_of(s.child.name, s.child_id), s.school_class.name_in(year), words)
            for s, words in found.left_out
        ],
        "done": graduation_of(school, year),
        "crumbs": crumbs("毕业登记"),
    }
    return render(request, "census/graduation.html", context, status=422 if refusal else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.MANAGE_ENTRANTS)
def undo(request: Request, pk: int) -> HttpResponse:
    """Asks once more, then undoes a graduation as a whole."""
    rows = GraduationBatch.objects.visible_to(request.viewer, clock.today())
    batch = get_object_or_404(rows.select_related("school__unit"), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            census.undo_graduation(doer_of(request), pk)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "毕业登记已整批撤销，学生恢复在籍。")
            return redirect("census:year")
    context = {
        "heading": "撤销毕业登记",
        "facts": [
            ("学校", str(batch.school.unit)),
            ("毕业日期", full_day_words(batch.day)),
            ("人数", f"{batch.rows.count()}人"),
        ],
        "effects": ["全部学生恢复在籍。", "已有学生在他校入学的，不能整批撤销。"],
        "refusal": refusal,
        "action_label": "撤销",
        "danger": True,
        "back_url": reverse("census:year"),
    }
    return render(request, "census/confirm.html", context, status=422 if refusal else 200)
