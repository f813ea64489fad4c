"""What is to be done with numbered papers: sign for, sign, mend what came back, serve."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.papers.models import Paper, Sending
from foundation.papers.rules.states import PaperState


def papers_owed(viewer: Viewer) -> Iterator[tuple[str, str, str, str]]:
    """Label, address, words of the badge and words of the button; nothing where nothing waits."""
    if viewer.has(Right.RECEIVE_REPORT):
        waiting = Sending.objects.visible_to(viewer).waiting()
        if count := waiting.count():
            yield "待签收的文书", _to_receive(waiting, count), f"{count} 份", "去签收"
    if viewer.has(Right.SIGN_PAPERS):
        waiting = Paper.objects.handled_by(viewer, Right.SIGN_PAPERS).waiting().count()
        if waiting:
            yield "待签发的文书", reverse("papers:queue"), f"{waiting} 份", "去签发"
    if not viewer.has(Right.DRAFT_PAPERS):
        return
    own = Paper.objects.handled_by(viewer, Right.DRAFT_PAPERS)
    ledger = reverse("papers:ledger")
    if returned := own.filter(state=PaperState.RETURNED).count():
        yield "被退回的文书", f"{ledger}?state=returned", f"{returned} 份", "去修改"
    if unserved := own.unserved().count():
        yield "待送达的文书", f"{ledger}?state=unserved", f"{unserved} 份", "去登记送达"


def has_received_all(viewer: Viewer) -> bool:
    """Whether papers were sent to the viewer's units, and all of them have been signed for."""
    sent = Sending.objects.visible_to(viewer)
    return sent.exists() and not sent.waiting().exists()


def _to_receive(waiting: Any, count: int) -> str:
    """The paper itself where only one waits, so that two taps sign for it; else the list."""
    if count == 1:
        return reverse("papers:paper", args=[waiting.first().paper_id])
    return f"{reverse('papers:received')}?state=waiting"
