"""Addresses of papers."""

from django.urls import path, register_converter

from foundation.papers.views import (
    batches,
    bundles,
    ledger,
    moves,
    paper,
    public,
    queue,
    received,
    replies,
    scans,
    texts,
    words,
)
from foundation.papers.views.moves import REASONS


class ReasonConverter:
    """An act that asks for a reason (views/moves.py)."""

    regex = "|".join(REASONS)

    def to_python(self, value: str) -> str:
        """The act's word."""
        return value

    def to_url(self, value: str) -> str:
        """The same word."""
        return value


class ListReasonConverter(ReasonConverter):
    """An act on a whole list that asks for a reason (views/batches.py)."""

    regex = "|".join(batches.REASONS)


register_converter(ReasonConverter, "paper_reason")
register_converter(ListReasonConverter, "list_reason")
app_name = "papers"
urlpatterns = [
    path("", ledger.ledger, name="ledger"),
    path("check/<slug:token>/", public.check, name="check"),
    path("queue/", queue.queue, name="queue"),
    path("queue/sign/", queue.sign_many, name="sign_many"),
    path("batches/<int:pk>/", batches.batch, name="batch"),
    path("batches/<int:pk>/sign/", batches.sign_batch, name="sign_batch"),
    path("batches/<int:pk>/<list_reason:act>/", batches.batch_with_reason, name="batch_act"),
    path("received/", received.received, name="received"),
    path("texts/", texts.texts, name="texts"),
    path("texts/<int:pk>/withdraw/", texts.withdraw_text, name="withdraw_text"),
    path("texts/<slug:kind>/", texts.text, name="text"),
    path("texts/<slug:kind>/edit/", texts.edit, name="edit_text"),
    path("texts/<slug:kind>/preview/", texts.preview, name="preview_text"),
    path("words/", words.words, name="words"),
    path("words/<int:pk>/withdraw/", words.withdraw_word, name="withdraw_word"),
    path("print/", paper.prints, name="print"),
    path("bundles/preview/", bundles.preview, name="bundle_preview"),
    path("bundles/order/", bundles.order, name="order_bundle"),
    path("bundles/<int:pk>/", bundles.bundle, name="bundle"),
    path("<int:pk>/", paper.page, name="paper"),
    path("<int:pk>/pdf/", paper.pdf, name="pdf"),
    path("<int:pk>/document/", paper.document, name="document"),
    path("<int:pk>/proofs/<int:proof>/", paper.proof, name="proof"),
    path("<int:pk>/reply/", replies.reply, name="reply"),
    path("<int:pk>/replies/<int:proof>/", replies.reply_proof, name="reply_proof"),
    path("<int:pk>/revise/", paper.revise, name="revise"),
    path("<int:pk>/send/", moves.send, name="send"),
    path("<int:pk>/recall/", moves.recall, name="recall"),
    path("<int:pk>/sign/", moves.sign, name="sign"),
    path("<int:pk>/serve/", moves.serve, name="serve"),
    path("<int:pk>/scan/", scans.scan, name="scan"),
    path("<int:pk>/scans/<int:scan>/", scans.scan_page, name="scan_page"),
    path("<int:pk>/receive/", moves.receive, name="receive"),
    path("<int:pk>/perform/", moves.perform, name="perform"),
    path("<int:pk>/<paper_reason:act>/", moves.with_reason, name="act"),
]
