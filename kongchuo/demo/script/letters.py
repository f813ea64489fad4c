"""Letters and reports of the demo: written by the school, signed by its head, signed for."""

from django.db import transaction

from cases.models import Case
from cases.orders import ABOUT
from cases.papers.drafting import draft_paper
from cases.papers.kinds import asking, reports
from cases.policy import NotAllowed
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import posts_on, viewer_on
from foundation.papers import acts as papers
from foundation.papers.models import Paper, Sending

KINDS = (asking.CODE, reports.CODE, reports.MORE)


def send_report(clerk: Doer, case: Case) -> None:
    """Write the report of a case to the three units, and let the head sign it.

    Raises NotAllowed when the case does not allow it.
    """
    try:
        with transaction.atomic():
            papers.send_to_sign(clerk, draft_paper(clerk, case, reports.CODE))
    except Refused as refused:
        raise NotAllowed(str(refused)) from refused
    sign_letters(clerk, case)


def sign_letters(clerk: Doer, case: Case) -> None:
    """Let the school's head sign what waits for him in the case; without a head it waits."""
    head = _head(case, clerk)
    if head is None:
        return
    for paper in Paper.objects.about(ABOUT, case.pk).filter(kind__in=KINDS).waiting():
        papers.sign(head, papers.look(head, paper))


def receive_letters(doer: Doer, case: Case) -> bool:
    """Sign for what lies at the doer's units in the case; returns whether anything did."""
    own = Sending.objects.visible_to(doer.viewer).waiting()
    rows = list(own.filter(paper__about_code=ABOUT, paper__about_key=str(case.pk)))
    for sending in rows:
        papers.receive(doer, sending.paper)
    return bool(rows)


def _head(case: Case, clerk: Doer) -> Doer | None:
    posts = posts_on(clerk.today).filter(unit=case.school_id, role="head_teacher")
    post = posts.select_related("person").order_by("id").first()
    if post is None:
        return None
    viewer = viewer_on(post.person, clerk.today)
    return Doer(viewer, Origin(post.person_id, post.pk), clerk.today, clerk.now)
