"""The register: a list of the pupils one may see, and one pupil, with every number masked."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.masking import mask_id
from foundation.protected import digest, normalise
from students.roster import codes
from students.roster.filters import PupilFilter
from students.roster.forms import NumberForm
from students.roster.models import Child, Enrolment, SchoolClass
from students.roster.tables import PupilTable, UnverifiedTable, paged


@require_safe
@needs(Right.SEE_PUPILS)
def pupil_list(request: Request) -> HttpResponse:
    """The pupils of today whom the person may see; every filter stands in the address."""
    today = clock.today()
    classes = SchoolClass.objects.visible_to(request.viewer, today).taught_on(today)
    chosen = PupilFilter(
        request.GET or None,
        _enrolled(request, today),
        day=today,
        classes=list(classes.select_related("school__unit").order_by("school__unit__name", "pk")),
    )
    rows = chosen.qs if chosen.is_valid() or not chosen.is_bound else chosen.queryset.none()
    table = _table(PupilTable, request, rows, today)
    if not chosen.has_many_schools:
        table.columns.hide("school")
    _note_read(request, table, "list_pupils")
    context = {
        "filter": chosen,
        "table": table,
        "may_import": request.viewer.has(Right.IMPORT_ROSTER),
        "is_filtered": any(value for key, value in request.GET.items() if key in chosen.filters),
    }
    return render(request, "roster/list.html", context)


@require_safe
@needs(Right.SEE_PUPILS)
def unverified_homes(request: Request) -> HttpResponse:
    """户籍待核实: pupils whose village the county does not know; their line is the school's."""
    today = clock.today()
    rows = _enrolled(request, today).filter(child__home_village__isnull=True)
    table = _table(UnverifiedTable, request, rows, today)
    _note_read(request, table, "list_unverified_homes")
    crumbs = [_list_crumb(), {"label": "户籍待核实", "url": ""}]
    return render(request, "roster/unverified.html", {"table": table, "crumbs": crumbs})


@require_safe
@needs(Right.SEE_PUPILS)
def pupil(request: Request, pk: int) -> HttpResponse:
    """One pupil; outside what one may see it does not exist."""
    today = clock.today()
    child = get_object_or_404(
        Child.objects.visible_to(request.viewer, today).select_related(
            "home_village", "home_township"
        ),
        pk=pk,
    )
    spells = list(child.enrolments.select_related("school__unit", "school_class"))
    audit.record(origin_of(request), "read_pupil", "child", child.pk, children=[child.pk])
    name = request.viewer.name_of(child.name)
    context = {
        "child": child,
        "name": name,
        "facts": _facts(child, name),
        "guardians": [(request.viewer.name_of(g.name), g) for g in child.guardians.all()],
        "spells": [
            (spell, spell.school_class.name_on(_named_on(spell, today))) for spell in spells
        ],
        "crumbs": [_list_crumb(), {"label": name, "url": ""}],
    }
    return render(request, "roster/pupil.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_PUPILS)
def find(request: Request) -> HttpResponse:
    """Find by a whole number; a single hit opens at once, and the number is in no address."""
    today = clock.today()
    form = NumberForm(request.POST or None)
    table = None
    if form.is_valid():
        rows = _having_number(_enrolled(request, today), form.cleaned_data["number"])
        table = _table(PupilTable, request, rows, today)
        found = _note_read(request, table, "search_pupils")
        if len(found) == 1:
            return redirect("roster:pupil", pk=found[0])
    crumbs = [_list_crumb(), {"label": "按号码查找", "url": ""}]
    context = {"form": form, "table": table, "crumbs": crumbs}
    return render(request, "roster/find.html", context)


def _enrolled(request: Request, today: date) -> QuerySet[Enrolment]:
    return (
        Enrolment.objects.on(today)
        .visible_to(request.viewer, today)
        .select_related("child__home_village", "school__unit", "school_class")
        .prefetch_related("child__guardians")
    )


def _having_number(rows: QuerySet[Enrolment], number: str) -> QuerySet[Enrolment]:
    """Equality by digest, so that the number itself is nowhere compared in the clear."""
    return rows.filter(
        Q(child__registry_no=normalise(number))
        | Q(child__id_no_digest=digest(number, "id"))
        | Q(
            child__in=Child.objects.filter(
                guardians__phone_digest=digest(number, "phone"), guardians__voided_on__isnull=True
            )
        )
    )


def _table(kind: Any, request: Request, rows: QuerySet[Enrolment], today: date) -> Any:
    return paged(kind(rows, day=today, viewer=request.viewer), request)


def _note_read(request: Request, table: Any, verb: str) -> list[int]:
    """One audit row with the children on the page."""
    ids = [row.record.child_id for row in table.paginated_rows]
    audit.record(origin_of(request), verb, "child", children=ids)
    return ids


def _list_crumb() -> dict[str, str]:
    return {"label": "学生名册", "url": reverse("roster:pupils")}


def _named_on(spell: Enrolment, today: date) -> date:
    """A class is called in a list of history as it was called at the end of the spell."""
    return min(spell.ends_on or today, today) if spell.starts_on <= today else spell.starts_on


def _facts(child: Child, name: str) -> list[tuple[str, str]]:
    return [
        ("姓名", name),
        ("性别", child.sex_label),
        ("出生日期", f"{child.born_on:%Y年%-m月%-d日}" if child.born_on else ""),
        ("民族", codes.ETHNICITY_NAMES.get(child.ethnicity, "")),
        ("学籍号", mask_id(child.registry_no)),
        ("证件类型", codes.ID_TYPES.get(child.id_type, "")),
        ("证件号", child.masked_id),
        ("户籍村（居）", str(child.home_village or "待核实")),
        ("户籍乡镇", str(child.home_township or "待核实")),
        ("户籍区划码", child.home_region),
        ("现住址", child.masked_address),
        ("就读方式", "住校" if child.boards else "不住校"),
    ]
