"""What is sent between offices: on signing to each addressed unit, which then signs for it (签收).

A receipt is taken today, by a post of the addressed unit. One signed by mistake is taken back with
the reason, by a post of the same unit; the paper waits there again.
"""

from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import day_words
from foundation.papers.acts.common import MoveFacts, check, finish, locked, write
from foundation.papers.acts.letters import tell_addressees, tell_drafter
from foundation.papers.models import Paper, PaperMove, Sending
from foundation.papers.rules.states import Move


def receiving_post(viewer: Viewer, sending: Sending) -> HeldPost | None:
    """The post of today under which the viewer signs for what was sent to its unit."""
    posts = viewer.posts_with(Right.RECEIVE_REPORT)
    return next((one for one in posts if one.unit_id == sending.to_unit_id), None)


@transaction.atomic
def receive(doer: Doer, paper: Paper) -> Paper:
    """Sign for the paper (签收) for the first of the doer's units where it waits.

    Raises PermissionDenied where it was sent to none of them, Refused where all have signed.
    """
    paper = locked(paper)
    own = _sent_to(doer, paper)
    check(paper, Move.RECEIVE)
    sending = next((one for one in own if one.received_on is None), None)
    if sending is None:
        raise Refused(_has_signed(own[0]))
    doer = doer.under(receiving_post(doer.viewer, sending))
    sending.received_on, sending.received_by_id = doer.today, doer.post.id
    sending.save(update_fields=["received_on", "received_by"])
    finish(doer, paper, write(doer, paper, Move.RECEIVE, MoveFacts(sending=sending)))
    return paper


@transaction.atomic
def take_back_receipt(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Take back a receipt that was signed by mistake, with the reason; the paper waits again."""
    paper = locked(paper)
    own = _sent_to(doer, paper)
    check(paper, Move.UNRECEIVE, reason)
    if words := paper.definition.final_receipt:
        raise Refused(words)
    sending = next((one for one in reversed(own) if one.received_on), None)
    if sending is None:
        raise Refused("本单位还没有签收这份文书，不用撤回。")
    doer = doer.under(receiving_post(doer.viewer, sending))
    sending.received_on, sending.received_by = None, None
    sending.save(update_fields=["received_on", "received_by"])
    facts = MoveFacts(reason=reason, sending=sending)
    finish(doer, paper, write(doer, paper, Move.UNRECEIVE, facts))
    return paper


@transaction.atomic
def refuse(doer: Doer, paper: Paper, reason: str) -> Paper:
    """Return the paper to who sent it, with the reason, instead of signing for it.

    It is void then, and keeps its number. Raises PermissionDenied, and Refused in Chinese.
    """
    paper = locked(paper)
    own = _sent_to(doer, paper)
    if not paper.definition.may_be_refused:
        raise Refused("这类文书不能退回；有问题的，请与发文单位联系。")
    check(paper, Move.REFUSE, reason)
    sending = next((one for one in own if one.received_on is None), None)
    if sending is None:
        raise Refused(_has_signed(own[0]))
    doer = doer.under(receiving_post(doer.viewer, sending))
    paper.voided_on = doer.today
    facts = MoveFacts(reason=reason, sending=sending)
    row = write(doer, paper, Move.REFUSE, facts)
    tell_drafter(doer, paper, row, f"{paper.number}被{sending.to_unit}退回")
    finish(doer, paper, row)
    return paper


def send_out(doer: Doer, paper: Paper, row: PaperMove) -> None:
    """Send a paper that was just signed to its units: one copy each, though it be named twice."""
    units = {unit.pk: unit for unit in paper.definition.addressees(paper)}
    for unit in units.values():
        Sending.objects.create(paper=paper, to_unit=unit, sent_on=doer.today)
    tell_addressees(doer, paper, row, f"{paper.title}待签收")


def recall(doer: Doer, paper: Paper, row: PaperMove) -> None:
    """Tell the units that what was sent to them is void."""
    tell_addressees(doer, paper, row, f"{paper.title}已作废，不用再办")


def _sent_to(doer: Doer, paper: Paper) -> list[Sending]:
    """The paper as it was sent to the doer's units, in the order of sending."""
    own = list(Sending.objects.visible_to(doer.viewer).filter(paper=paper).order_by("pk"))
    if not own:
        doer.under(None)
    return own


def _has_signed(sending: Sending) -> str:
    assert sending.received_on is not None
    assert sending.received_by is not None
    who = sending.received_by.person.name
    return f"这份文书{day_words(sending.received_on)}已由{who}签收，不用重复签收。"
