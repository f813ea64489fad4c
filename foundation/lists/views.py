"""我的视图: the views of lists that a person keeps, and the columns in which a list is read."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from foundation.accounts.actions import Refused
from foundation.accounts.asking import prepared_for
from foundation.accounts.requests import Request, doer_of
from foundation.accounts.viewer import Viewer
from foundation.lists.actions import (
    NameTaken,
    delete_view,
    remember_columns,
    rename_view,
    save_view,
)
from foundation.lists.forms import NameForm, ViewForm
from foundation.lists.models import SavedView
from foundation.lists.page import kept_query
from foundation.lists.shared import PLACES


@require_safe
def views(request: Request) -> HttpResponse:
    """Lists the person's views, to open, rename or delete them."""
    found = [
        {"view": row, "place": PLACES[row.page].label, "url": PLACES[row.page].url(row.query)}
        for row in _named(request.viewer)
        if row.page in PLACES
    ]
    return render(request, "tables/views.html", {"rows": found})


@prepared_for
def _named(viewer: Viewer) -> QuerySet[SavedView]:
    """The person's own views that have a name."""
    seen: QuerySet[SavedView] = SavedView.objects.visible_to(viewer)
    return seen.exclude(name="")


@require_POST
def save(request: Request) -> HttpResponse:
    """Keeps the address of a list under a name, and leads back to it."""
    form = ViewForm(request.POST)
    if "page" in form.errors or "query" in form.errors:
        return _refused(request, " ".join(_errors(form)))
    if not form.is_valid():
        return _ask_again(request, form)
    asked = form.cleaned_data
    sharing = {"shared": asked["shared"], "replace": "replace" in request.POST}
    try:
        save_view(doer_of(request), asked["page"], asked["name"], asked["query"], **sharing)
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return _ask_again(request, form, taken=isinstance(refusal, NameTaken))
    messages.success(request, f"已保存视图「{asked['name']}」。")
    return redirect(PLACES[asked["page"]].url(asked["query"]))


def _ask_again(request: HttpRequest, form: ViewForm, *, taken: bool = False) -> HttpResponse:
    """The form once more: the filters of the list are kept in it."""
    back = PLACES[form.cleaned_data["page"]].url(form.cleaned_data["query"])
    context = {"form": form, "taken": taken, "back": back}
    return render(request, "tables/save_view.html", context, status=422)


@require_POST
def rename(request: Request, pk: int) -> HttpResponse:
    """Renames, shares or withdraws a view."""
    view, form = _own(request, pk), NameForm(request.POST)
    if not form.is_valid():
        return _refused(request, " ".join(_errors(form)))
    try:
        asked = form.cleaned_data
        rename_view(doer_of(request), view, asked["name"], shared=asked["shared"])
    except Refused as refusal:
        return _refused(request, str(refusal))
    messages.success(request, "已保存修改。")
    return redirect("lists:views")


@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    """Deletes a view."""
    view = _own(request, pk)
    delete_view(doer_of(request), view)
    messages.success(request, f"已删除视图「{view.name}」。")
    return redirect("lists:views")


@require_POST
def columns(request: Request, page: str) -> HttpResponse:
    """Remembers the columns of a list, and shows it in them: the address names them, too."""
    if page not in PLACES:
        raise PermissionDenied
    chosen = QueryDict(mutable=True)
    chosen.setlist("cols", [] if "usual" in request.POST else request.POST.getlist("cols"))
    remember_columns(doer_of(request), page, chosen.urlencode()[:500])
    asked = QueryDict(kept_query(QueryDict(request.POST.get("query", ""))), mutable=True)
    asked.setlist("cols", chosen.getlist("cols"))
    return redirect(PLACES[page].url(asked.urlencode()))


def _own(request: Request, pk: int) -> SavedView:
    rows = SavedView.objects.visible_to(request.viewer).exclude(name="")
    found: SavedView = get_object_or_404(rows, pk=pk)
    return found


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect("lists:views")


def _errors(form: Any) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]
