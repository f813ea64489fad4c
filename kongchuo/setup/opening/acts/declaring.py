"""The county is declared opened, and the declaration is taken back."""

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from kongchuo.setup.opening.acts.books import at_county
from kongchuo.setup.opening.acts.confirming import sleeping
from kongchuo.setup.opening.models import CountyOpening

ASLEEP = "县级任职还没有由第二人确认，不能宣布开通。"
OPENED = "本县已经宣布开通，无需再次办理。"
NOT_OPENED = "本县还没有宣布开通，无需撤回。"


def obstacle_to(opening: CountyOpening) -> str:
    """Why the county cannot be declared opened now, in Chinese; empty where it can."""
    if opening.opened_on is not None:
        return OPENED
    return ASLEEP if opening.confirmed_at is None or sleeping(opening).exists() else ""


@transaction.atomic
def declare_opened(doer: Doer, opening: CountyOpening, reason: str, lacking: int) -> None:
    """The county says 已开通. ``reason``: why now, where so many units lack something.

    Raises Refused while its posts sleep.
    """
    doer, opening = _locked(doer, opening)
    if words := obstacle_to(opening):
        raise Refused(words)
    opening.opened_on, opening.opened_by_id = doer.today, doer.post.id
    opening.save(update_fields=["opened_on", "opened_by"])
    details = {"lacking": lacking}
    county = opening.county_id
    audit.record(doer.origin, "county_opened", "unit", county, reason=reason, details=details)


@transaction.atomic
def take_back(doer: Doer, opening: CountyOpening, reason: str) -> None:
    """The county was declared opened too early; raises Refused where it was not."""
    doer, opening = _locked(doer, opening)
    if opening.opened_on is None:
        raise Refused(NOT_OPENED)
    opening.opened_on = opening.opened_by = None
    opening.save(update_fields=["opened_on", "opened_by"])
    audit.record(doer.origin, "county_opening_taken_back", "unit", opening.county_id, reason=reason)


def _locked(doer: Doer, opening: CountyOpening) -> tuple[Doer, CountyOpening]:
    doer = at_county(doer, opening.county_id, Right.DECLARE_OPENED)
    return doer, CountyOpening.objects.select_for_update().get(pk=opening.pk)
