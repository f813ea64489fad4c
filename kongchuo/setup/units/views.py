"""The pages of the units: the tree, one unit with its history, and the forms that change it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit, UnitChange, UnitKind
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.pages.paging import page_of
from kongchuo.setup.units import adding
from kongchuo.setup.units.forms import (
    AddUnitForm,
    ReasonOnlyForm,
    SchoolVillagesForm,
    UnitNameForm,
)
from kongchuo.setup.units.holdings import first_day, holdings_of, in_the_way
from kongchuo.setup.units.tree import code_of, tree_of
from kongchuo.setup.units.undoing import may_be_undone
from students.census.actions.catchments import villages_of

METHODS = ["GET", "HEAD", "POST"]
K = UnitKind
# kind → what may be added below a unit of the kind
BELOW: dict[str, tuple[UnitKind, ...]] = {
    K.COUNTY: (K.TOWNSHIP, K.CENTRAL_SCHOOL, K.SCHOOL, K.SUPERVISION),
    K.TOWNSHIP: (K.VILLAGE, K.EDUCATION_OFFICE),
    K.CENTRAL_SCHOOL: (K.SCHOOL,),
}
NO_STAGE_YET = "接着按“更改学区”，登记这所学校的学段和学区村：入学、毕业和交接按它办。"
SHORT_STAYS = "简称仍是「{short}」，名单和图里用的是它。要一起改的，再按“更改”填新的简称。"
TOWNSHIP_MOVES = "改了所在乡镇的，以后新立的个案由新的乡镇负责；已立的不变。"
NEVER_CLOSED = (K.COUNTY,)
WITH_END = (
    "unit",
    "successor",
    "ordered_by__person",
    "end__by__person",
    "undone_by",
    "undoes__successor",
)


def units_of(request: Request) -> QuerySet[Unit]:
    """The units that the viewer keeps."""
    posts = request.viewer.posts_with(Right.MANAGE_UNITS)
    rows = Unit.objects.filter(county_id__in={post.county_id for post in posts})
    return rows.select_related("region", "parent", "school__township", "office_of")


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The breadcrumbs below the tree."""
    trail = [{"label": "单位", "url": reverse("units:tree")}]
    return trail + [{"label": label, "url": url} for label, url in more]


@require_safe
@needs(Right.MANAGE_UNITS)
def tree(request: Request) -> HttpResponse:
    """Both lines of the county, or what a search finds in them."""
    words, closed = request.GET.get("q", "").strip()[:40], "closed" in request.GET
    county_id = request.viewer.posts_with(Right.MANAGE_UNITS)[0].county_id
    context = {
        "tree": tree_of(county_id, words, closed=closed),
        "words": words,
        "closed": closed,
        "waiting": UnitChange.objects.visible_to(request.viewer).waiting().count(),
    }
    return render(request, "units/tree.html", context)


@require_safe
@needs(Right.MANAGE_UNITS)
def unit(request: Request, pk: int) -> HttpResponse:
    """One unit: what it is, what hangs on it, what was changed, and what may be done."""
    found, today = get_object_or_404(units_of(request), pk=pk), clock.today()
    changes = UnitChange.objects.visible_to(request.viewer).select_related(*WITH_END)
    context = {
        "unit": found,
        "code": code_of(found),
        "holdings": holdings_of(found, today if found.is_open else first_day(found, today)),
        "catchment": _villages_words(villages_of(found.pk, today)),
        "below": found.children.filter(is_open=True).order_by("kind", "name", "pk"),
        "kinds": [kind for kind in BELOW.get(found.kind, ()) if found.is_open],
        "waits": changes.filter(unit=found, end__isnull=True).exists(),
        "may_close": found.is_open and found.kind not in NEVER_CLOSED,
        "changes": changes.filter(unit=found),
        "undoable": [c.pk for c in changes.filter(unit=found) if may_be_undone(c, today)],
        "taken_over": changes.filter(successor=found),
        "crumbs": crumbs((found.name, "")),
    }
    return render(request, "units/unit.html", context)


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def add(request: Request, pk: int, kind: str) -> HttpResponse:
    """Add a unit below another."""
    parent = get_object_or_404(units_of(request), pk=pk, is_open=True)
    if kind not in BELOW.get(parent.kind, ()):
        raise Http404
    label = UnitKind(kind).label
    form = AddUnitForm(_typed(request), kind=kind, parent=parent, today=clock.today())

    def act() -> Unit:
        made = adding.add(doer_of(request), UnitKind(kind), parent, form.cleaned_data)
        if made.kind == K.SCHOOL:
            messages.info(request, NO_STAGE_YET)
        return made

    return _asked(
        request,
        parent,
        form,
        act,
        heading=f"增加{label}",
        facts=[("上级单位", parent.name)],
        action_label=f"增加{label}",
    )


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def change(request: Request, pk: int) -> HttpResponse:
    """Rename a unit, or change what else may change of it."""
    found = get_object_or_404(units_of(request), pk=pk, is_open=True)
    form = UnitNameForm(_typed(request), unit=found, today=clock.today())

    def act() -> Unit:
        short, data = found.short_name, form.cleaned_data
        renamed = data["name"] != found.name
        adding.change(doer_of(request), found, data)
        if renamed and short and data["short_name"] == short:
            messages.info(request, SHORT_STAYS.format(short=short))
        return found

    return _asked(
        request,
        found,
        form,
        act,
        heading=f"更改{found.name}",
        facts=[("现在的名称", found.name)],
        effects=[
            "新名称从生效日期起用；以前的文书、报表仍是原来的名称。填错了，再更改一次。",
            *([TOWNSHIP_MOVES] * (found.kind == K.SCHOOL)),
        ],
        action_label="登记更改",
    )


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def catchment(request: Request, pk: int) -> HttpResponse:
    """Give a school other villages or stages from a day on."""
    schools = units_of(request).filter(kind=K.SCHOOL, is_open=True)
    found, today = get_object_or_404(schools, pk=pk), clock.today()
    held = villages_of(found.pk, today)
    form = SchoolVillagesForm(_typed(request), unit=found, held=held, today=today)

    def act() -> Unit:
        adding.change_catchment(doer_of(request), found, form.cleaned_data)
        return found

    return _asked(
        request,
        found,
        form,
        act,
        heading=f"更改{found.name}的学区",
        facts=[("现在的学区", _villages_words(held))],
        effects=["已经登记的新生和在籍学生不变；从生效日期起，新报到的按新的学区核对。"],
        action_label="登记学区",
    )


def _villages_words(held: set[tuple[int, str]]) -> str:
    """The villages by name; 没有 where there is none."""
    rows = Unit.objects.filter(pk__in={village for village, _ in held}).order_by("region__code")
    return "、".join(f"{one}" for one in rows) or "没有"


def _typed(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _asked(
    request: Request,
    about: Unit,
    form: forms.Form,
    act: Callable[[], Unit],
    template: str = "parts/confirm.html",
    **words: Any,
) -> HttpResponse:
    """Show the form, or do the act; status 422 where something is wrong."""
    if form.is_valid():
        try:
            done = act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{words['heading']}：已登记。")
            return redirect("units:unit", pk=done.pk)
    back = reverse("units:unit", args=[about.pk])
    context = {
        "form": form,
        "back_url": back,
        "crumbs": crumbs((about.name, back), (words["heading"], "")),
        **words,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


def _late(closing: UnitChange) -> str:
    """The posts that began since the order and keep the closing waiting."""
    unit = closing.unit
    return accounts.begins_too_late(unit, first_day(unit, closing.day))


@require_safe
@needs(Right.MANAGE_UNITS, Right.SEE_AUDIT)
def changes(request: Request) -> HttpResponse:
    """Every change of the county's units, those that wait first."""
    rows = UnitChange.objects.visible_to(request.viewer).select_related(*WITH_END)
    rows = rows.annotate(waits=Q(end__isnull=True))
    page = page_of(request, rows.order_by("-waits", "-day", "-pk"), usual=50)
    late = [one for one in page if not hasattr(one, "end") and one.day <= clock.today()]
    closing = (UnitChange.CLOSED, UnitChange.MERGED)
    context = {
        "page_obj": page,
        "late": [
            (one, in_the_way(one.unit) or _late(one))
            if one.kind in closing
            else (one, in_the_way(one.unit))
            for one in late
        ],
        "keeps": request.viewer.has(Right.MANAGE_UNITS),
        "crumbs": [{"label": "变动记录", "url": ""}],
    }
    return render(request, "units/changes.html", context)


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back an order that waits for its day."""
    rows = UnitChange.objects.visible_to(request.viewer).select_related("unit")
    found = get_object_or_404(rows, pk=pk)
    form = ReasonOnlyForm(_typed(request))

    def act() -> Unit:
        accounts.withdraw_change(doer_of(request), found, form.cleaned_data["reason"])
        return found.unit

    facts = [("变动", found.get_kind_display()), ("生效日期", found.day), ("文号", found.document)]
    return _asked(
        request,
        found.unit,
        form,
        act,
        heading=f"撤回{found.unit.name}的变动",
        facts=facts,
        action_label="撤回变动",
    )
