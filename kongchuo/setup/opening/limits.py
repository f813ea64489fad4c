"""Which limits a county that opened by itself has still to confirm."""

from foundation.accounts.actions import unconfirmed
from kongchuo.setup.opening.models import CountyOpening


def limits_to_confirm(county_id: int) -> set[str]:
    """The codes of the defaults that nobody confirmed; none in a county founded otherwise."""
    opening = CountyOpening.objects.filter(county=county_id).select_related("county").first()
    return {row.code for row in unconfirmed(opening.county)} if opening else set()
