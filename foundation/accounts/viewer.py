"""The viewer: the person of a request with today's posts. Reading and acting ask it for rights."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from foundation.accounts.roles import Reach, Right, Role, role_of
from foundation.masking import mask_name


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held on the day of the request. ``only`` limits it to some of its role's rights."""

    id: int
    role_code: str
    unit_id: int
    unit_name: str
    unit_kind: str
    parent_id: int | None
    county_id: int
    only: frozenset[Right] | None = None

    @property
    def role(self) -> Role:
        """The row of the rights table, limited to the rights held here."""
        role = role_of(self.role_code)
        if self.only is None:
            return role
        return replace(role, rights=role.rights & self.only, may_grant=frozenset())


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person who reads and acts, with all posts held today (design 4, Rights).

    ``phone_id`` names the trusted phone where no session does (phones.py).
    """

    person_id: int | None
    name: str
    posts: tuple[HeldPost, ...]
    phone_id: int | None = None

    def has(self, right: Right) -> bool:
        """Whether any post of today carries the right."""
        return any(right in post.role.rights for post in self.posts)

    def posts_with(self, right: Right) -> tuple[HeldPost, ...]:
        """The posts of today that carry the right."""
        return tuple(post for post in self.posts if right in post.role.rights)

    def reaching(self, area: str, right: Right) -> Iterator[tuple[Reach, HeldPost]]:
        """For ``area`` ('pupils' or 'cases') how far each post that carries the right sees."""
        for post in self.posts_with(right):
            reach: Reach = getattr(post.role, area)
            if reach is not Reach.NONE:
                yield reach, post

    def name_of(self, name: str) -> str:
        """A child's or guardian's name, or 张** where the viewer may not read names."""
        return name if self.has(Right.SEE_NAMES) else mask_name(name)

    @property
    def county_id(self) -> int | None:
        """The county of the first post. All posts of a person lie in one county."""
        return self.posts[0].county_id if self.posts else None


NOBODY = Viewer(None, "", ())
