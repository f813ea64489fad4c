"""Takes an entrant off the list who was entered by mistake."""

from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.pages.reasons import complaint_about_reason
from students.census.actions.arrivals import locked_entrant
from students.census.models import Entrant


@transaction.atomic
def withdraw_entrant(doer: Doer, entrant_id: int, reason: str) -> Entrant:
    """Take an entrant off the list who was entered by mistake; the row stays with the reason.

    Raises Refused for one handed over by a primary school, one with a notice or an arrival, and
    one who is missing after the registration day: that is a case by now.
    """
    entrant, post = locked_entrant(doer.viewer, entrant_id)
    standing = Entrant.objects.with_standing(doer.today).get(pk=entrant.pk)
    if words := why_not_withdrawn(standing, doer.today):
        raise Refused(words)
    if complaint := complaint_about_reason(reason):
        raise Refused(complaint)
    entrant.withdrawn_on, entrant.withdrawn_by_id = doer.today, post.id
    entrant.withdraw_reason = reason
    entrant.save(update_fields=["withdrawn_on", "withdrawn_by", "withdraw_reason"])
    audit.record(
        doer.under(post).origin,
        "withdraw_entrant",
        "entrant",
        entrant.pk,
        children=[entrant.child_id],
        reason=reason,
    )
    return entrant


def why_not_withdrawn(entrant: Entrant, today: date) -> str:
    """Why the entry is not taken back, in Chinese; empty where it may be. It has its standing."""
    if entrant.from_school_id:
        return "这名儿童由小学交接而来，登记有误的，请小学更正六年级名册。"
    if entrant.arrived_on:
        return "这名儿童已报到，不是登记错误。当天误点报到的，请先撤销报到。"
    if entrant.notice_no:
        return f"已签发入学通知书{entrant.notice_no}，请乡镇领导先在文书里作废，再撤回登记。"
    if entrant.notice_no is not None:
        return "入学通知书已拟稿待签发，请先在通知书登记册里打开，撤销以后再撤回登记。"
    late = entrant.due_on is not None and entrant.due_on < today
    if late and not (entrant.is_excused or entrant.is_enrolled):
        return "报到日已过，这名儿童已按未报到立案。登记有误的，请在个案里写明后申请销号。"
    return ""
