"""The tables of papers."""

from foundation.papers.models.batches import PaperBatch
from foundation.papers.models.bundles import BundlePart, PaperBundle
from foundation.papers.models.checks import PaperCheck
from foundation.papers.models.papers import Paper, PaperMove, PaperPdf
from foundation.papers.models.replies import Reply, ReplyProof
from foundation.papers.models.scans import PaperScan
from foundation.papers.models.sendings import Sending
from foundation.papers.models.services import Service, ServiceProof
from foundation.papers.models.texts import NumberWord, PaperText

__all__ = [
    "BundlePart",
    "NumberWord",
    "Paper",
    "PaperBatch",
    "PaperBundle",
    "PaperCheck",
    "PaperMove",
    "PaperPdf",
    "PaperScan",
    "PaperText",
    "Reply",
    "ReplyProof",
    "Sending",
    "Service",
    "ServiceProof",
]
