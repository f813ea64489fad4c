"""Orders of the demo: drafted by the clerk, signed by the head, served, as on the pages."""

from django.db import transaction

from cases.models import Case
from cases.papers.drafting import draft_order
from cases.papers.order_words import GUARDIAN, PHONE
from cases.papers.prefilled import values_of
from cases.papers.registry import context_of
from cases.policy import NotAllowed
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import posts_on, viewer_on
from foundation.papers import acts as papers
from foundation.papers.models import Paper
from foundation.papers.rules.service import ServiceEntry, ServiceMethod

_PHONE = "0883-0000000"
_SECOND = "村（居）委会干部"


def serve_order(clerk: Doer, case: Case, method: str) -> None:
    """Draft, sign and serve the order of a case, all on the clerk's day.

    Raises NotAllowed when the case does not allow it yet.
    """
    head = _head(case, clerk)
    if head is None:
        raise NotAllowed("没有乡镇领导，不能签发。")
    try:
        with transaction.atomic():
            papers.serve(clerk, _signed(clerk, head, case), _entry(clerk, case, method))
    except Refused as refused:
        raise NotAllowed(str(refused)) from refused


def _head(case: Case, clerk: Doer) -> Doer | None:
    posts = posts_on(clerk.today).filter(unit=case.township_id, role="township_leader")
    post = posts.select_related("person").order_by("id").first()
    if post is None:
        return None
    viewer = viewer_on(post.person, clerk.today)
    return Doer(viewer, Origin(post.person_id, post.pk), clerk.today, clerk.now)


def _signed(clerk: Doer, head: Doer, case: Case) -> Paper:
    values = values_of(case, context_of(clerk, case), clerk.viewer.name) | {PHONE: _PHONE}
    values[GUARDIAN] = values[GUARDIAN] or f"{case.child.name}的监护人"
    paper = papers.send_to_sign(clerk, draft_order(clerk, case, values))
    return papers.sign(head, papers.look(head, paper))


def _entry(clerk: Doer, case: Case, method: str) -> ServiceEntry:
    guardian = case.child.legal_guardian
    servers = (clerk.viewer.name, _SECOND)
    if method == ServiceMethod.LEFT:
        return ServiceEntry(
            method, clerk.now, "学生家中", servers,
            refusal="监护人在家，不肯签收。", witness=f"{_SECOND}、村民小组长",
        )  # fmt: skip
    name = guardian.name if guardian else f"{case.child.name}的监护人"
    relation = (guardian.relation if guardian else "") or "监护人"
    return ServiceEntry(method, clerk.now, "学生家中", servers, received_by=name, relation=relation)
