"""The lists of special groups and of 留守, and the forms by which a school enters them."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right
from foundation.lists.printing import show_list
from students.roster.groups import actions
from students.roster.groups.actions import GroupEntry, end_group, enter_groups
from students.roster.groups.forms import AbsenceForm, BackForm, EndGroupForm, GroupForm
from students.roster.lists.columns import GROUPS, LEFT_BEHIND
from students.roster.lists.views.lists import list_crumb, roster_context
from students.roster.models import Child, GroupSpell, GuardianAbsence
from students.roster.pupils.views.asking import ask, typed

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(Right.SEE_GROUPS)
def group_list(request: Request) -> HttpResponseBase:
    """特殊群体学生台账 (L6): the pupils whose groups the viewer may see."""
    context = roster_context(request, GROUPS, verb="list_groups")
    crumbs = [list_crumb(), {"label": "特殊群体", "url": ""}]
    return show_list(request, "roster/groups.html", {**context, "crumbs": crumbs})


@require_safe
@needs(Right.SEE_GROUPS)
def left_behind_list(request: Request) -> HttpResponseBase:
    """留守儿童信息库 (R60): pupils with a parent away, by both definitions."""
    context = roster_context(request, LEFT_BEHIND, verb="list_left_behind")
    crumbs = [list_crumb(), {"label": "留守儿童", "url": ""}]
    return show_list(request, "roster/groups.html", {**context, "crumbs": crumbs})


@_FORM
@needs(Right.MANAGE_GROUPS)
def enter(request: Request, pk: int) -> HttpResponse:
    child = _child(request, pk)
    form = GroupForm(typed(request), request.FILES or None)

    def act() -> None:
        data = form.cleaned_data
        entry = GroupEntry(
            groups=tuple(data["groups"]),
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            basis=data["basis"],
            note=data["note"],
            file=form.upload,
        )
        enter_groups(doer_of(request), child, entry)

    return ask(request, child, form, act, "登记特殊群体", above=[list_crumb()])


@_FORM
@needs(Right.MANAGE_GROUPS)
def end(request: Request, pk: int) -> HttpResponse:
    rows = GroupSpell.objects.visible_to(request.viewer, clock.today(), Right.MANAGE_GROUPS)
    membership = get_object_or_404(rows.select_related("child"), pk=pk)
    form = EndGroupForm(typed(request))

    def act() -> None:
        data = form.cleaned_data
        end_group(doer_of(request), membership, data["ends_on"], data["reason"])

    return ask(
        request, membership.child, form, act, f"登记退出：{membership.label}", above=[list_crumb()]
    )


@_FORM
@needs(Right.MANAGE_GROUPS)
def note_absence(request: Request, pk: int) -> HttpResponse:
    child = _child(request, pk)
    form = AbsenceForm(typed(request))

    def act() -> None:
        actions.note_absence(doer_of(request), child, **form.cleaned_data)

    return ask(request, child, form, act, "登记父母外出", above=[list_crumb()])


@_FORM
@needs(Right.MANAGE_GROUPS)
def end_absence(request: Request, pk: int) -> HttpResponse:
    rows = GuardianAbsence.objects.visible_to(request.viewer, clock.today(), Right.MANAGE_GROUPS)
    absence = get_object_or_404(rows.select_related("child"), pk=pk)
    form = BackForm(typed(request))

    def act() -> None:
        back_on = form.cleaned_data["back_on"]
        actions.end_absence(doer_of(request), absence, back_on)

    return ask(
        request, absence.child, form, act, f"登记返家：{absence.parent_label}", above=[list_crumb()]
    )


def _child(request: Request, pk: int) -> Child:
    rows = Child.objects.visible_to(request.viewer, clock.today(), Right.MANAGE_GROUPS)
    child: Child = get_object_or_404(rows, pk=pk)
    return child
