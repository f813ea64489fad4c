"""Rules of whose people a post manages: the county's, its own school's, its township's and
villages'.
"""

from collections.abc import Iterable
from typing import Protocol

from foundation.accounts.roles import ROLES, Right, Role, may_grant
from foundation.accounts.viewer import HeldPost, Viewer

RIGHTS = (Right.MANAGE_PEOPLE, Right.MANAGE_STAFF)
TOWNSHIP, VILLAGE = "township", "village"


class ManagedPlace(Protocol):
    """What these rules ask of a unit."""

    pk: int
    kind: str
    parent_id: int | None
    county_id: int | None


def managing(viewer: Viewer) -> tuple[HeldPost, ...]:
    """The viewer's posts that carry the right to manage people."""
    return tuple(post for post in viewer.posts if post.role.rights & set(RIGHTS))


def covers(post: HeldPost, unit: ManagedPlace) -> bool:
    """Whether the post manages the people of the unit."""
    if Right.MANAGE_PEOPLE in post.role.rights:
        return unit.county_id == post.county_id
    if Right.MANAGE_STAFF not in post.role.rights:
        return False
    is_village_below = (
        post.unit_kind == TOWNSHIP and unit.kind == VILLAGE and unit.parent_id == post.unit_id
    )
    return unit.pk == post.unit_id or is_village_below


def granter_for(viewer: Viewer, role: str, unit: ManagedPlace) -> HeldPost | None:
    """The viewer's post that may give or take ``role`` at the unit; None where there is none."""
    for post in managing(viewer):
        if covers(post, unit) and may_grant(post.role_code, role):
            return post
    return None


def grantable(viewer: Viewer) -> list[Role]:
    """The roles the viewer may give somewhere, in the order of the table."""
    codes = _granted_by(managing(viewer))
    return [role for role in ROLES if role.code in codes]


def _granted_by(posts: Iterable[HeldPost]) -> set[str]:
    return {code for post in posts for code in post.role.may_grant}
