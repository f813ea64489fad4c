"""The PDF of a signed paper: made at its first print and kept, so that reprints are byte-equal.

Signing does not wait for it: twenty are signed at once, and each PDF takes the printer a second.
"""

import hashlib

from foundation.papers.composing import thawed
from foundation.papers.models import Paper, PaperPdf
from foundation.papers.printing.pdf import as_pdf
from foundation.rows import unless_taken


def pdf_of(paper: Paper, qr: str | None) -> bytes:
    """The PDF of the frozen text, with the address of the public page. Raises NoPdf.

    Of two who ask for the first at once, one is kept and both get it.
    """
    kept = PaperPdf.objects.filter(paper=paper).first()
    if kept is None:
        _keep(paper, as_pdf([thawed(paper.text, qr)]))
        kept = PaperPdf.objects.get(paper=paper)
    return bytes(kept.content)


def _keep(paper: Paper, content: bytes) -> None:
    row = PaperPdf(paper=paper, sha256=hashlib.sha256(content).hexdigest())
    row.content = content
    with unless_taken("papers_paperpdf"):
        row.save()
