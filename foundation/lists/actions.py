"""Keeps, renames and deletes a person's views of lists."""

from typing import Any

from django.db import IntegrityError, transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.lists.models import SavedView
from foundation.lists.shared import PLACES

MOST_VIEWS = 30  # of one person on one list
_TAKEN = "这个列表已经有同名的视图，请换一个名称。"


class NameTaken(Refused):
    """The person has a view of that name on the list already."""


@transaction.atomic
def save_view(
    doer: Doer, page: str, name: str, query: str, *, shared: bool = False, replace: bool = False
) -> SavedView:
    """Keep the address of a list under a name. ``replace`` puts it in the place of a namesake.

    Raises NameTaken for a namesake that is not to be replaced, Refused (both in Chinese) for a list
    that keeps no views, and beyond MOST_VIEWS.
    """
    if page not in PLACES or not name:
        raise Refused("这个列表不能保存视图。")
    own = _own(doer).filter(page=page).exclude(name="")
    is_taken = own.filter(name=name).exists()
    if is_taken and not replace:
        raise NameTaken(f"已经有名为「{name}」的视图。请换一个名称，或覆盖原有的视图。")
    if not is_taken and own.count() >= MOST_VIEWS:
        raise Refused(f"一个列表最多保存{MOST_VIEWS}个视图，请先删除不用的。")
    return _keep(doer, page, name, query, shared=shared)


@transaction.atomic
def remember_columns(doer: Doer, page: str, query: str) -> None:
    """Keep the columns in which the person reads a list; an empty query forgets them."""
    if page in PLACES:
        _keep(doer, page, "", query)


@transaction.atomic
def rename_view(doer: Doer, view: SavedView, name: str, *, shared: bool) -> None:
    """Give a view another name, share or withdraw it.

    Raises Refused (in Chinese) where the name is taken.
    """
    view.name, view.is_shared = name, shared
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "is_shared", "saved_at"])
    except IntegrityError as error:
        raise Refused(_TAKEN) from error
    audit.record(doer.origin, "rename_view", "view", view.pk)


@transaction.atomic
def delete_view(doer: Doer, view: SavedView) -> None:
    """Delete a view."""
    audit.record(doer.origin, "delete_view", "view", view.pk)
    view.delete()


def _keep(doer: Doer, page: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    assert doer.viewer.person_id is not None
    view, _ = SavedView.objects.update_or_create(
        person_id=doer.viewer.person_id,
        page=page,
        name=name,
        defaults={"query": query, "is_shared": shared},
    )
    audit.record(doer.origin, "save_view", "view", view.pk)
    return view


def _own(doer: Doer) -> Any:
    return SavedView.objects.visible_to(doer.viewer)
