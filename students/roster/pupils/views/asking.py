"""A page with one form about one child: it is shown, submitted, and refused or done."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, origin_of
from students.roster.models import Child


def typed(request: Request) -> QueryDict | None:
    """Return the submitted data, also when the form was empty, so that errors are shown; else
    None."""
    return request.POST if request.method == "POST" else None


def ask(
    request: Request,
    child: Child,
    form: forms.Form,
    act: Callable[[], Any],
    heading: str,
    *,
    label: str = "保存",
    page: str = "pupil",
    verb: str = "read_pupil",
    above: Sequence[dict[str, str]] = (),
    told: Sequence[tuple[str, str]] = (),
) -> HttpResponse:
    """Show the form, or do the act and go back to the child. A refusal is shown in the form.

    ``page`` is the URL name of the child's page, ``verb`` the audit verb of the reading, ``above``
    the breadcrumbs before the child, ``told`` further facts above the form.
    """
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(page, pk=child.pk)
    if request.method != "POST":
        audit.record(origin_of(request), verb, "child", child.pk, children=[child.pk])
    name = request.viewer.name_of(child.name, child.pk)
    back = reverse(page, args=[child.pk])
    context = {
        "heading": heading,
        "facts": [("学生", name), *told],
        "form": form,
        "action_label": label,
        "back_url": back,
        "crumbs": [*above, {"label": name, "url": back}, {"label": heading, "url": ""}],
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)
