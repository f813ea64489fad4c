"""What a reader of a return sees of the children it names: 王** without the right to names.

The rights are those of the posts that reach the return's county, never of another post of the same
person (design 4, Rights of the reaching post).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.masking import mask_name
from reporting.returns.querysets import reading_posts

Content = dict[str, Any]
NAMING = ("away", "returned")  # the blocks with one row a child
_NAMES = ("name", "guardian")


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether names, and causes that not everybody may see, are shown in full."""

    names: bool
    causes: bool

    @classmethod
    def by(cls, rights: Collection[Right]) -> "Sight":
        """What these rights show."""
        return cls(Right.SEE_NAMES in rights, Right.SEE_SENSITIVE_CAUSE in rights)


def sight_of(viewer: Viewer, county_id: int) -> Sight:
    """What the viewer sees of a return of the county."""
    posts = [post for post in reading_posts(viewer) if post.county_id == county_id]
    return Sight.by({right for post in posts for right in post.role.rights})


def rows_naming(content: Content) -> list[dict[str, Any]]:
    """The rows with a child's name."""
    return [row for block in NAMING for row in content["blocks"][block]]


def shows_all(sight: Sight, content: Content) -> bool:
    """Whether nothing of the content is hidden from this sight."""
    rows = rows_naming(content)
    has_causes = any("cause_full" in row for row in rows)
    return (sight.names or not rows) and (sight.causes or not has_causes)


def as_seen(content: Content, sight: Sight) -> Content:
    """The content with names masked where they may not be read. The given one stays as it is."""
    if sight.names:
        return content
    blocks = content["blocks"]
    masked = {block: [_masked(row) for row in blocks[block]] for block in NAMING}
    return {**content, "blocks": {**blocks, **masked}}


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{field: mask_name(row[field]) for field in _NAMES}}
