"""What a reader sees of a return: 王** without the right to names, and only the own schools.

The rights are those of the post that reaches the return, never of another post of the same person
(design 4, Rights of the reaching post).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.masking import mask_name
from reporting.returns.querysets import COUNTY_WIDE, reading_posts
from reporting.returns.sheets import F16
from reporting.returns.sheets.definition import ReturnSheet

Content = dict[str, Any]
NAMING = ("away", "returned")  # the blocks with one row a child
OF_SCHOOLS = ("2", "9", "10")  # the sheets whose rows each belong to a school
_NAMES = ("name", "guardian")
_GAPS = "全县有学校缺少名册或点名，本校的应点、已点班次见分学校表。"


@dataclass(frozen=True, slots=True)
class Sight:
    """Whether names, and causes that not everybody may see, are shown in full.

    ``schools`` are the names of the only schools whose rows are shown; None for the whole county.
    ``of`` names who answers for them.
    """

    names: bool
    causes: bool
    schools: frozenset[str] | None = None
    of: str = ""

    @classmethod
    def by(cls, rights: Collection[Right]) -> "Sight":
        """What these rights show of the whole county."""
        return cls(Right.SEE_NAMES in rights, Right.SEE_SENSITIVE_CAUSE in rights)

    @property
    def sheets(self) -> tuple[ReturnSheet, ...]:
        """The sheets that may be read."""
        if self.schools is None:
            return F16
        return tuple(sheet for sheet in F16 if sheet.number in OF_SCHOOLS)


def reading_post(viewer: Viewer, county_id: int) -> HeldPost | None:
    """The post by which the viewer reads the county's returns: that which sees most of it."""
    return next((post for post in reading_posts(viewer) if post.county_id == county_id), None)


def sight_of(viewer: Viewer, county_id: int) -> Sight:
    """What the viewer sees of a return of the county."""
    post = reading_post(viewer, county_id)
    if post is None:
        return Sight(names=False, causes=False, schools=frozenset())
    sight = Sight.by(post.role.rights)
    if post.unit_kind in COUNTY_WIDE:
        return sight
    below = Unit.objects.filter(kind=UnitKind.SCHOOL, parent_id=post.unit_id)
    names = frozenset(str(unit) for unit in below)
    return replace(sight, schools=names, of=post.unit_name)


def rows_naming(content: Content) -> list[dict[str, Any]]:
    """The rows with a child's name."""
    return [row for block in NAMING for row in content["blocks"][block]]


def shows_all(sight: Sight, content: Content) -> bool:
    """Whether nothing of the content is hidden from this sight."""
    if sight.schools is not None:
        return False
    rows = rows_naming(content)
    has_causes = any("cause_full" in row for row in rows)
    return (sight.names or not rows) and (sight.causes or not has_causes)


def as_seen(content: Content, sight: Sight) -> Content:
    """The content with only the rows that may be read, and names masked where they may not."""
    seen = content if sight.schools is None else _of_schools(content, sight)
    if sight.names:
        return seen
    blocks = seen["blocks"]
    masked = {block: [_masked(row) for row in blocks[block]] for block in NAMING}
    return {**seen, "blocks": {**blocks, **masked}}


def _of_schools(content: Content, sight: Sight) -> Content:
    """Only the rows of the schools, numbered anew. The county's own lights are left out."""
    assert sight.schools is not None
    blocks = {}
    for block in ("schools", *NAMING):
        rows = [row for row in content["blocks"][block] if row["school"] in sight.schools]
        blocks[block] = [{**row, "no": number} for number, row in enumerate(rows, start=1)]
    place = f"{content['place']}{sight.of}所辖学校"
    gaps = [_GAPS] if content.get("gaps") else []
    return {**content, "place": place, "blocks": blocks, "totals": {}, "gaps": gaps}


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{field: mask_name(row[field]) for field in _NAMES}}
