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
from foundation.accounts.actions import Refused, UnitOrder
from foundation.accounts.models import Unit, UnitChange, UnitChangeEnd, UnitKind
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.paging import page_of
from kongchuo.setup.units import adding, carrying
from kongchuo.setup.units.forms import (
    AddUnitForm,
    ReasonOnlyForm,
    SchoolVillagesForm,
    UndoForm,
    UnitNameForm,
)
from kongchuo.setup.units.holdings import first_day, holdings_of, in_the_way
from kongchuo.setup.units.tree import code_of, tree_of
from kongchuo.setup.units.undoing import WITHIN, may_be_undone, obstacles
from students.census.actions.catchments import villages_of

METHODS = ["GET", "HEAD", "POST"]
K = UnitKind
# kind → what may be added below a unit of the kind
BELOW: dict[str, tuple[UnitKind, ...]] = {
    K.COUNTY: (K.TOWNSHIP, K.CENTRAL_SCHOOL, K.SCHOOL, K.SUPERVISION),
    K.TOWNSHIP: (K.VILLAGE, K.EDUCATION_OFFICE),
    K.CENTRAL_SCHOOL: (K.SCHOOL,),
}
NEVER_CLOSED = (K.COUNTY,)
EFFECTS_OF_UNDOING = (
    "从今天起，上面所列的一次全部转回原单位；到期日不变，转出期间的办理留在接收单位名下。",
    f"只有生效{WITHIN.days}天之内、转去以后还没有办理过的，才能恢复。",
)
_WITH_END = (
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
    changes = UnitChange.objects.visible_to(request.viewer).select_related(*_WITH_END)
    context = {
        "unit": found,
        "code": code_of(found),
        "holdings": holdings_of(found, today if found.is_open else first_day(found, today)),
        "catchment": _villages_words(villages_of(found.pk, today)),
        "below": found.children.filter(is_open=True).order_by("kind", "name", "pk"),
        "kinds": [kind for kind in BELOW.get(found.kind, ()) if found.is_open],
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
        return adding.add(doer_of(request), UnitKind(kind), parent, form.cleaned_data)

    return _asked(
        request, parent, form, act, heading=f"增加{label}", facts=[("上级单位", parent.name)]
    )


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def change(request: Request, pk: int) -> HttpResponse:
    """Rename a unit, or change what else may change of it."""
    found = get_object_or_404(units_of(request), pk=pk, is_open=True)
    form = UnitNameForm(_typed(request), unit=found, today=clock.today())

    def act() -> Unit:
        adding.change(doer_of(request), found, form.cleaned_data)
        return found

    return _asked(
        request,
        found,
        form,
        act,
        heading=f"更改{found.name}",
        facts=[("现在的名称", found.name)],
        effects=["新名称从生效日期起用；以前的文书、报表仍是原来的名称。填错了，再更改一次。"],
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
        "action_label": "登记",
        "back_url": back,
        "crumbs": crumbs((about.name, back), (words["heading"], "")),
        **words,
    }
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_safe
@needs(Right.MANAGE_UNITS, Right.SEE_AUDIT)
def changes(request: Request) -> HttpResponse:
    """Every change of the county's units, those that wait first."""
    rows = UnitChange.objects.visible_to(request.viewer).select_related(*_WITH_END)
    rows = rows.annotate(waits=Q(end__isnull=True))
    page = page_of(request, rows.order_by("-waits", "-day", "-pk"), usual=50)
    late = [one for one in page if not hasattr(one, "end") and one.day <= clock.today()]
    context = {
        "page_obj": page,
        "late": [(one, in_the_way(one.unit)) for one in late],
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
        request, found.unit, form, act, heading=f"撤回{found.unit.name}的变动", facts=facts
    )


@require_http_methods(METHODS)
@needs(Right.MANAGE_UNITS)
def undo(request: Request, pk: int) -> HttpResponse:
    """Undo a merge or closing that was carried out; what stands in the way is shown before."""
    rows = UnitChange.objects.visible_to(request.viewer)
    rows = rows.filter(end__outcome=UnitChangeEnd.DONE).select_related(*_WITH_END, "unit__parent")
    found, today = get_object_or_404(rows, pk=pk), clock.today()
    if not may_be_undone(found, today):
        raise Http404
    form = UndoForm(_typed(request))
    unit, kind = found.unit, found.get_kind_display()

    def act() -> Unit:
        typed = form.cleaned_data
        wanted = UnitOrder(
            UnitChange.UNDONE, today, typed["reason"], typed["document"], undoes=found
        )
        carrying.order(doer_of(request), unit, wanted)
        return unit

    went = [(label, f"{count}") for label, count in found.end.moved.items()]
    facts = [
        ("变动", kind),
        ("生效日期", found.day),
        ("接收单位", found.successor or "没有"),
        *went,
    ]
    return _asked(
        request,
        unit,
        form,
        act,
        heading=f"恢复{unit.name}",
        facts=facts,
        obstacle="；".join(obstacles(found)),
        effects=EFFECTS_OF_UNDOING,
        danger=True,
        template="units/undo.html",
    )
