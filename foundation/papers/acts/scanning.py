"""The signed sheet comes back: its photos or scan are kept with the paper."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.files import actions as files
from foundation.papers.acts.common import MoveFacts, as_either, check, finish, locked, write
from foundation.papers.models import Paper, PaperScan
from foundation.papers.rules.states import Move

ON_RECEIPT = "这类文书的签字在送达回证上，登记送达时上传。"
NO_PAGE = "请选择签字扫描件。"


@transaction.atomic
def keep_scan(doer: Doer, paper: Paper, pages: Sequence[UploadedFile], reason: str = "") -> Paper:
    """Keep the photos or scan of the sheet that was signed by hand (design 4, Papers).

    Those that are there already are replaced, which needs a reason; the earlier pages stay in the
    history. Raises PermissionDenied, and Refused in Chinese.
    """
    paper = locked(paper)
    doer = as_either(doer, paper)
    move = Move.RESCAN if paper.scans.exists() else Move.SCAN
    check(paper, move, reason)
    if paper.definition.is_served:
        raise Refused(ON_RECEIPT)
    if not pages:
        raise Refused(NO_PAGE)
    row = write(doer, paper, move, MoveFacts(reason=reason))
    for page in pages:
        kept = files.keep(doer.post, page.name or "", page.read())
        PaperScan.objects.create(paper=paper, move=row, file=kept)
    finish(doer, paper, row, pages=len(pages))
    return paper
