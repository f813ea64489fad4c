"""Checks who may manage whom. Every act on a person or a post calls them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from foundation.accounts.actions.units import Refused
from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.people.areas import granter_for
from foundation.accounts.roles import Right, may_grant, role_of
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared


def check_not_oneself(person: Person, viewer: Viewer) -> None:
    """Raises Refused where the viewer acts on their own account or posts."""
    if person.pk == viewer.person_id:
        raise Refused("不能办理自己的账号，请由另一位安全管理员办理。")


def check_may_manage(
    person: Person, viewer: Viewer, today: date, *, with_second: bool = False
) -> None:
    """Raises Refused unless the viewer may grant every post the person holds or will hold."""
    check_not_oneself(person, viewer)
    posts = list(living_posts(person, today))
    for post in posts:
        granting_post(viewer, post.role, post.unit, with_second=with_second)
    if not posts and not viewer.has(Right.MANAGE_PEOPLE):
        raise Refused("此人现无任职，账号不由您管理。请先登记任职，或请安全管理员办理。")


def granting_post(viewer: Viewer, role: str, unit: Unit, *, with_second: bool = False) -> HeldPost:
    """The viewer's post that may give and take the role at the unit. Raises Refused.

    One's own role is given only ``with_second``: a second person confirms it (seconding.py).
    """
    post = granter_for(viewer, role, unit)
    is_peer = post is not None and post.role_code == role
    if post is not None and (with_second or not is_peer):
        return post
    label = role_of(role).label
    if not is_peer and any(may_grant(held.role_code, role) for held in viewer.posts):
        raise Refused(f"「{unit.name}·{label}」不在您管理的单位，请由安全管理员办理。")
    raise Refused(f"「{label}」的账号不由您管理。")


def living_posts(person: Person, today: date) -> "list[Post]":
    """Posts of the person that are in force today or begin later."""
    return _living_posts(person=person.pk, today=today)


@prepared
def _living_posts(*, person: Any, today: Any) -> QuerySet[Post]:
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return Post.objects.filter(living, person_id=person).select_related("unit").order_by("id")
