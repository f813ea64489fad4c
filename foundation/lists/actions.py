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


@transaction.atomic
def save_view(doer: Doer, page: str, name: str, query: str) -> SavedView:
    """Keep the address of a list under a name; the same name again replaces it.

    Raises Refused (in Chinese) for a list that keeps no views, and beyond MOST_VIEWS.
    """
    if page not in PLACES or not name:
        raise Refused("这个列表不能保存视图。")
    own = _own(doer).filter(page=page).exclude(name="")
    if not own.filter(name=name).exists() and own.count() >= MOST_VIEWS:
        raise Refused(f"一个列表最多保存{MOST_VIEWS}个视图，请先删除不用的。")
    return _keep(doer, page, name, query)


@transaction.atomic
def remember_columns(doer: Doer, page: str, query: str) -> None:
    """Keep the columns in which the person reads a list; an empty query forgets them."""
    if page in PLACES:
        _keep(doer, page, "", query)


@transaction.atomic
def rename_view(doer: Doer, view: SavedView, name: str) -> None:
    """Give a view another name. Raises Refused (in Chinese) where the name is taken."""
    view.name = name
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "saved_at"])
    except IntegrityError as error:
        raise Refused(_TAKEN) from error
    audit.record(doer.origin, "rename_view", "view", view.pk)


@transaction.atomic
def delete_view(doer: Doer, view: SavedView) -> None:
    """Delete a view."""
    audit.record(doer.origin, "delete_view", "view", view.pk)
    view.delete()


def _keep(doer: Doer, page: str, name: str, query: str) -> SavedView:
    assert doer.viewer.person_id is not None
    view, _ = SavedView.objects.update_or_create(
        person_id=doer.viewer.person_id, page=page, name=name, defaults={"query": query}
    )
    audit.record(doer.origin, "save_view", "view", view.pk)
    return view


def _own(doer: Doer) -> Any:
    return SavedView.objects.visible_to(doer.viewer)
