"""Who answers for a table: 填报单位, and whether a unit of its own signs it."""

from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.viewer import HeldPost


def filing_unit(post: HeldPost) -> str:
    """The unit that a table names as 填报单位. Supervision only reads: its tables are the county's.

    One query for supervision, none for others.
    """
    if post.unit_kind != UnitKind.SUPERVISION:
        return post.unit_name
    return Unit.objects.get(pk=post.county_id).name
