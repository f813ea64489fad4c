"""What is to be done with papers: sign for, sign, mend what came back, serve, enter replies."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from foundation.accounts.asking import prepared_for
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.papers.kinds import KINDS
from foundation.papers.models import Paper, PaperBatch, Sending
from foundation.papers.rules.states import PaperState
from foundation.prepared import number_of


def papers_owed(viewer: Viewer) -> Iterator[tuple[str, str, str, str]]:
    """Label, address, words of the badge and words of the button; nothing where nothing waits."""
    kinds = tuple(KINDS)  # what a role handles follows from them: a question for each set of kinds
    if viewer.has(Right.RECEIVE_REPORT):
        if count := sum(_unreceived(viewer)):
            yield "待签收的文书", _to_receive(viewer, count), f"{count} 份", "去签收"
    if viewer.has(Right.SIGN_PAPERS):
        if waiting := sum(_unsigned(viewer, kinds)) + sum(_lists(viewer, kinds)):
            yield "待签发的文书", reverse("papers:queue"), f"{waiting} 份", "去签发"
    if not viewer.has(Right.DRAFT_PAPERS):
        return
    ledger = reverse("papers:ledger")
    if returned := sum(_returned(viewer, kinds)):
        yield "被退回的文书", f"{ledger}?state=returned", f"{returned} 份", "去修改"
    if unserved := sum(_unserved(viewer, kinds)):
        yield "待送达的文书", f"{ledger}?state=unserved", f"{unserved} 份", "去登记送达"
    if unanswered := sum(_unanswered(viewer, kinds)):
        yield "未回函的函件", f"{ledger}?state=unanswered", f"{unanswered} 份", "催办或登记回函"


def has_received_all(viewer: Viewer) -> bool:
    """Whether papers were sent to the viewer's units, and all of them have been signed for."""
    return bool(_sent(viewer)) and not sum(_unreceived(viewer))


def _to_receive(viewer: Viewer, count: int) -> str:
    """The paper itself where only one waits, so that two taps sign for it; else the list."""
    only = Sending.objects.visible_to(viewer).waiting().first() if count == 1 else None
    if only is not None:
        return reverse("papers:paper", args=[only.paper_id])
    return f"{reverse('papers:received')}?state=waiting"


@prepared_for
def _unreceived(viewer: Viewer) -> QuerySet[Any, Any]:
    return number_of(Sending.objects.visible_to(viewer).waiting())


@prepared_for
def _sent(viewer: Viewer) -> QuerySet[Any, Any]:
    return Sending.objects.visible_to(viewer).order_by().values_list("pk", flat=True)[:1]


@prepared_for
def _unsigned(viewer: Viewer, kinds: tuple[str, ...]) -> QuerySet[Any, Any]:
    return number_of(Paper.objects.handled_by(viewer, Right.SIGN_PAPERS).waiting().alone())


@prepared_for
def _lists(viewer: Viewer, kinds: tuple[str, ...]) -> QuerySet[Any, Any]:
    """A list is one thing to be signed, however many papers it has."""
    own = Paper.objects.handled_by(viewer, Right.SIGN_PAPERS)
    return number_of(PaperBatch.objects.waiting(own))


@prepared_for
def _returned(viewer: Viewer, kinds: tuple[str, ...]) -> QuerySet[Any, Any]:
    own = Paper.objects.handled_by(viewer, Right.DRAFT_PAPERS)
    return number_of(own.filter(state=PaperState.RETURNED))


@prepared_for
def _unserved(viewer: Viewer, kinds: tuple[str, ...]) -> QuerySet[Any, Any]:
    return number_of(Paper.objects.handled_by(viewer, Right.DRAFT_PAPERS).unserved())


@prepared_for
def _unanswered(viewer: Viewer, kinds: tuple[str, ...]) -> QuerySet[Any, Any]:
    return number_of(Paper.objects.handled_by(viewer, Right.DRAFT_PAPERS).unanswered())
