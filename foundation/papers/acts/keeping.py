"""The PDF of a signed paper: made at its first print and kept, so that reprints are byte-equal.

Signing does not wait for it: twenty are signed at once, and each PDF takes the printer a second.
"""

import hashlib
from collections.abc import Callable, Sequence

from foundation.papers.composing import thawed
from foundation.papers.models import Paper, PaperPdf
from foundation.papers.printing.pdf import BATCH, as_pdf, as_pdfs
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


def pdfs_of(
    papers: Sequence[Paper], qr_of: Callable[[Paper], str], told: Callable[[int], None]
) -> list[bytes]:
    """The PDFs of papers in their order. Those never printed are made first, a batch at a time.

    ``told`` hears how many are done. Nothing is written before the last is made, since making takes
    a second each and a row that is held makes others wait. Raises NoPdf.
    """
    kept = _kept(papers)
    missing = [paper for paper in papers if paper.pk not in kept]
    made: list[tuple[Paper, bytes]] = []
    for start in range(0, len(missing), BATCH):
        told(len(kept) + start)
        batch = missing[start : start + BATCH]
        contents = as_pdfs([thawed(paper.text, qr_of(paper)) for paper in batch])
        made += zip(batch, contents, strict=True)
    for paper, content in made:
        _keep(paper, content)
    if made:
        kept |= _kept(missing)  # of two who made the same, one was kept
    return [kept[paper.pk] for paper in papers]


def _kept(papers: Sequence[Paper]) -> dict[int, bytes]:
    rows = PaperPdf.objects.filter(paper__in=papers)
    return {row.paper_id: bytes(row.content) for row in rows}


def _keep(paper: Paper, content: bytes) -> None:
    row = PaperPdf(paper=paper, sha256=hashlib.sha256(content).hexdigest())
    row.content = content
    with unless_taken("papers_paperpdf"):
        row.save()
