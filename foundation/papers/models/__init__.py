"""The tables of papers."""

from foundation.papers.models.papers import Paper, PaperMove, PaperPdf
from foundation.papers.models.services import Service, ServiceProof
from foundation.papers.models.texts import NumberWord, PaperText

__all__ = [
    "NumberWord",
    "Paper",
    "PaperMove",
    "PaperPdf",
    "PaperText",
    "Service",
    "ServiceProof",
]
