"""收文: what other units have sent to one's own, and the receipts on the page of a paper."""

from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from foundation.lists.filters import selected
from foundation.lists.page import list_context
from foundation.lists.printing import show_list
from foundation.papers.filters import ReceivedFilter
from foundation.papers.models import Paper, Sending
from foundation.papers.querysets import receiving_units
from foundation.papers.tables import received_table, sending_badge, signer_of
from foundation.papers.views.common import crumbs, crumbs_of_received


@require_safe
@needs(Right.RECEIVE_REPORT)
def received(request: Request) -> HttpResponseBase:
    """What waits for a signature of one's unit, the oldest first; then what was signed for."""
    rows = Sending.objects.visible_to(request.viewer)
    chosen = ReceivedFilter(request.GET or None, rows)
    waiting_first = F("received_on").desc(nulls_first=True)
    table = received_table(selected(chosen).order_by(waiting_first, "sent_on", "pk"), clock.today())
    context = {
        **list_context(request, table, chosen.filters, verb="list_papers"),
        "filter": chosen,
    }
    return show_list(request, "papers/received.html", context)


def receipts_of(request: Request, paper: Paper, today: date) -> dict[str, Any]:
    """Each addressee of a paper with its receipt, and what the viewer may do about his own."""
    sendings = list(paper.sendings.select_related("to_unit", "received_by__person", "paper"))
    mine = [one for one in sendings if one.to_unit_id in receiving_units(request.viewer)]
    waits = paper.is_valid and any(one.received_on is None for one in mine)
    return {
        "sendings": [
            {"row": one, "badge": sending_badge(one, today), "signer": signer_of(one)}
            for one in sendings
        ],
        "may_receive": waits,
        "may_refuse": waits and paper.definition.may_be_refused,
        "may_unreceive": paper.is_valid
        and not paper.definition.final_receipt
        and any(one.received_on for one in mine),
    }


def crumbs_here(request: Request, paper: Paper) -> list[dict[str, str]]:
    """Under 文书 for who issued it or oversees it, under 收文 for who got it."""
    label = paper.number or paper.title
    return crumbs(label) if is_own(request, paper) else crumbs_of_received(label)


def is_own(request: Request, paper: Paper) -> bool:
    """Whether the viewer reads it because his unit issued it, or oversees who did."""
    found: bool = Paper.objects.visible_to(request.viewer).filter(pk=paper.pk).exists()
    return found
