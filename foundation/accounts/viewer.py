"""The viewer: the person of a request with today's posts. Reading and acting ask it for rights."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from foundation.accounts.roles import Reach, Right, Role, role_of
from foundation.days import full_day_words
from foundation.masking import mask_birth, mask_name

# What a post of the county can do before a second person has confirmed it (design 4, Two people).
OF_THE_ASLEEP = frozenset({Right.OPEN_COUNTY, Right.SEE_OPENING})


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held on the day of the request. ``only`` limits it to some of its role's rights.

    A post that is ``asleep`` waits for the second person of a county's opening.
    """

    id: int
    role_code: str
    unit_id: int
    unit_name: str
    unit_kind: str
    parent_id: int | None
    county_id: int
    only: frozenset[Right] | None = None
    asleep: bool = False

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

    ``phone_id`` names the trusted phone where no session does (phones.py). ``day`` is the day on
    which the posts are held.
    """

    person_id: int | None
    name: str
    posts: tuple[HeldPost, ...]
    phone_id: int | None = None
    day: date | None = None

    def has(self, right: Right) -> bool:
        """Whether any post of today carries the right."""
        return any(right in post.role.rights for post in self.posts)

    def posts_with(self, *rights: Right) -> tuple[HeldPost, ...]:
        """The posts of today that carry the right, or one of several."""
        return tuple(post for post in self.posts if not post.role.rights.isdisjoint(rights))

    def reaching(self, area: str, right: Right) -> Iterator[tuple[Reach, HeldPost]]:
        """For ``area`` ('pupils' or 'cases') how far each post that carries the right sees."""
        for post in self.posts_with(right):
            reach: Reach = getattr(post.role, area)
            if reach is not Reach.NONE:
                yield reach, post

    def by(self, right: Right) -> "Viewer":
        """The viewer with only the posts that carry the right: what visible_to then finds is seen
        with the right."""
        return replace(self, posts=self.posts_with(right))

    def reached_by(self, reach: Reach) -> "Viewer":
        """The viewer with only the posts that see pupils that far."""
        return replace(self, posts=tuple(p for p in self.posts if p.role.pupils is reach))

    def is_one_in(self, right: Right) -> bool:
        """Whether all posts that reach children carry the right, or none of them does."""
        carry = {
            right in post.role.rights
            for post in self.posts
            if {post.role.pupils, post.role.cases} != {Reach.NONE}
        }
        return len(carry) < 2

    def may(self, right: Right, child_id: int | None) -> bool:
        """Whether a post that reaches the child carries the right.

        A row is seen with the rights of the post that reaches it (design 4, Settled questions).
        """
        if not self.has(right) or self.is_one_in(right):
            return self.has(right)
        return child_id is not None and self.by(right).finds(child_id)

    def finds(self, child_id: int) -> bool:
        """Whether one of the posts reaches the child, by the register or by a case."""
        return any(reaches(self, child_id) for reaches in REACHERS)

    def name_of(self, name: str, child_id: int | None) -> str:
        """A name on a row of the child, or 张** where the post that reaches it reads no names."""
        return name if self.may(Right.SEE_NAMES, child_id) else mask_name(name)

    def birth_of(self, born_on: date | None, child_id: int | None) -> str:
        """A day of birth on a row of the child, or its month where no name is read either."""
        if born_on is None:
            return ""
        whole = self.may(Right.SEE_NAMES, child_id)
        return full_day_words(born_on) if whole else mask_birth(born_on)

    def name_by(self, right: Right, name: str) -> str:
        """A name on a row that only posts with ``right`` reach, such as a row of a sheet."""
        posts = self.posts_with(right)
        reads = bool(posts) and all(Right.SEE_NAMES in post.role.rights for post in posts)
        return name if reads else mask_name(name)

    @property
    def county_id(self) -> int | None:
        """The county of the first post. All posts of a person lie in one county."""
        return self.posts[0].county_id if self.posts else None


# Each tells whether the viewer's posts reach a child. Apps add theirs at the start (apps.py).
REACHERS: list[Callable[[Viewer, int], bool]] = []

NOBODY = Viewer(None, "", ())
