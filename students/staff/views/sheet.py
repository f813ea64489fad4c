"""Taking on people from a sheet: template, upload with preview, confirmation."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.door.fresh import fresh_to_post
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.people.areas import grantable
from foundation.accounts.requests import Request, needs
from foundation.downloads import workbook
from foundation.tablefiles.reading import Unreadable, read_workbook
from students.roster.rules.sheet_titles import other_school_in
from students.staff.acts.posts import take_on_staff
from students.staff.class_teachers import classes_of
from students.staff.forms import SheetForm
from students.staff.plan import LABELS, REFUSED, UNCHANGED, StaffPlan, plan_staff
from students.staff.sheet import (
    OTHERS,
    StaffRow,
    WrongStaffSheet,
    packed,
    read_staff,
    title_of,
    unpacked,
)
from students.staff.template_book import staff_template
from students.staff.views.common import RIGHTS, crumbs, doer_with, schools_of, units_of

NAME = "人员登记表.xlsx"
SHOWN_HOURS = 2
EXPIRED = "核对结果已过期或不属于您，没有登记。请重新上传人员表。"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def upload(request: Request) -> HttpResponse:
    """The upload form; a sheet is answered with what it would do, row by row."""
    form = SheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            rows = _read(request, form.cleaned_data["file"])
        except (Unreadable, WrongStaffSheet) as wrong:
            form.add_error("file", str(wrong))
        else:
            return _preview(request, rows)
    context = {"form": form, "crumbs": crumbs(("批量登记", ""))}
    return render(request, "staff/upload.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(*RIGHTS)
@fresh_to_post
def confirm(request: Request) -> HttpResponse:
    """Take on all rows of a preview, or none and say why."""
    try:
        kinds, rows = _opened(request)
        people = take_on_staff(
            doer_with(request, "批量登记"),
            rows,
            are_others="are_others" in request.POST,
            seen=kinds,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("staff:sheet")
    messages.success(request, f"已登记{len(people)}人。请为还没有登录单的账号打印登录单。")
    return redirect("staff:slips")


@require_safe
@needs(*RIGHTS)
def template(request: Request) -> HttpResponse:
    """The empty sheet, with the posts, units and classes that may be chosen."""
    today, schools = clock.today(), list(schools_of(request)[:2])
    classes = []
    if len(schools) == 1:
        classes = [one.name_on(today) for one in classes_of(schools[0].pk, today)]
    content = staff_template(
        [role.label for role in grantable(request.viewer)],
        [unit.name for unit in units_of(request)],
        classes,
    )
    return workbook(content, NAME)


def _read(request: Request, file: Any) -> list[StaffRow]:
    with tempfile.TemporaryDirectory(prefix="staff-") as folder:
        path = Path(folder) / "upload.xlsx"
        path.write_bytes(file.read())
        rows = read_workbook(path).rows
    _refuse_others(request, title_of(rows))
    return read_staff(rows)


def _refuse_others(request: Request, title: str) -> None:
    """Raise WrongStaffSheet where the title names a school whose people the viewer manages not."""
    units = [(unit.name, unit.short_name) for unit in units_of(request)]
    schools = Unit.objects.filter(county_id=request.viewer.county_id, kind=UnitKind.SCHOOL)
    named = {name: (name, short) for name, short in schools.values_list("name", "short_name")}
    others = {name: names for name, names in named.items() if names not in units}
    own = [name for names in units for name in names]
    if name := other_school_in(title, own, others):
        raise WrongStaffSheet(OTHERS.format(name=name))


def _preview(request: Request, rows: list[StaffRow]) -> HttpResponse:
    plans = plan_staff(request.viewer, rows, clock.today())
    refused = [plan for plan in plans if plan.kind == REFUSED]
    kinds = [plan.kind for plan in plans]
    context = {
        "plans": sorted(plans, key=lambda plan: list(LABELS).index(plan.kind)),
        "counts": [(label, kinds.count(kind)) for kind, label in LABELS.items()],
        "refused": refused,
        "writes": sum(kind not in (REFUSED, UNCHANGED) for kind in kinds),
        "namesakes": [plan for plan in plans if plan.namesake],
        "token": "" if refused else _sealed(request, plans),
        "crumbs": crumbs(("批量登记", ""), ("核对", "")),
    }
    return render(request, "staff/preview.html", context)


def _salt(request: Request) -> str:
    return f"staff-sheet-{request.viewer.person_id}"


def _sealed(request: Request, plans: list[StaffPlan]) -> str:
    """Return the signed rows and their shown kinds; they come back unchanged, from the same
    person."""
    rows = [[plan.kind, packed(plan.row)] for plan in plans]
    return signing.dumps(rows, salt=_salt(request), compress=True)


def _opened(request: Request) -> tuple[list[str], list[StaffRow]]:
    try:
        rows = signing.loads(
            request.POST.get("token", ""), salt=_salt(request), max_age=SHOWN_HOURS * 3600
        )
    except signing.BadSignature:
        raise Refused(EXPIRED) from None
    return [kind for kind, _ in rows], [unpacked(row) for _, row in rows]
