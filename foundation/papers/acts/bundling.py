"""Several papers as one PDF: which may be printed, the order, the work of the job, the file.

The sealed PDF of a paper goes in as it is; one that was never printed is made in the job and kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import Viewer
from foundation.jobs import actions as jobs
from foundation.jobs.actions import JobFailed
from foundation.jobs.models import Job
from foundation.papers.acts.common import HANDLES, handles
from foundation.papers.acts.keeping import pdfs_of
from foundation.papers.acts.signing import print_papers
from foundation.papers.kinds import KINDS, children_of
from foundation.papers.models import BundlePart, Paper, PaperBundle
from foundation.papers.printing.joining import joined
from foundation.papers.printing.pdf import NoPdf
from foundation.papers.rules.states import NUMBERED, PaperState

MOST = 500
KEPT = timedelta(hours=24)
TASK = "foundation.papers.tasks.write_bundle"


@dataclass(frozen=True, slots=True)
class BundlePlan:
    """The papers that are printed, in their order, and those left out with the reason."""

    ready: list[Paper] = field(default_factory=list)
    skipped: list[tuple[Paper, str]] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason, and how many papers it leaves out."""
        return Counter(words for _, words in self.skipped).most_common()


def plan_bundle(viewer: Viewer, keys: Sequence[int]) -> BundlePlan:
    """What becomes of the selected papers, in the order of their keys. Nothing is written.

    Papers that the viewer may not see are not named.
    """
    rows = Paper.objects.visible_to(viewer).filter(pk__in=keys[:MOST])
    found = {one.pk: one for one in rows.select_related("unit").defer("told_sealed")}
    plan = BundlePlan()
    for paper in (found[key] for key in keys if key in found):
        words = _why_not(viewer, paper)
        if words:
            plan.skipped.append((paper, words))
        else:
            plan.ready.append(paper)
    return plan


def _why_not(viewer: Viewer, paper: Paper) -> str:
    if paper.kind not in KINDS:
        return "这类文书已不再办理"
    if not handles(viewer, paper):
        return "不由您的岗位办理"
    if paper.state == PaperState.VOID:
        return "已作废"
    return "" if paper.state in NUMBERED else "还没有签发"


@transaction.atomic
def order_bundle(doer: Doer, keys: Sequence[int], purpose: str, site: str) -> PaperBundle:
    """Record the order and start its job. ``site`` is the address of the system, for the codes.

    Raises PermissionDenied, and Refused where none of the papers may be printed.
    """
    post = post_with(doer.viewer, *HANDLES)
    assert doer.viewer.person_id is not None  # a viewer with a post is a person
    ready = plan_bundle(doer.viewer, keys).ready
    if not ready:
        raise Refused("选中的文书都不能打印，原因见下表。")
    forget_bundles(doer.now)
    bundle = PaperBundle(
        papers=[paper.pk for paper in ready],
        purpose=purpose,
        file_name=f"{post.unit_name.replace('/', '')}_文书{len(ready)}份_{doer.now:%Y%m%d}",
        person_id=doer.viewer.person_id,
        post_id=post.id,
        ordered_at=doer.now,
        expires_at=doer.now + KEPT,
    )
    bundle.save()
    title = f"生成文书 PDF（{len(ready)}份）"
    bundle.job = jobs.start(TASK, title, doer.viewer, post, bundle=bundle.pk, site=site)
    bundle.save(update_fields=["job"])
    _note(doer.origin, "order_papers", bundle, ready)
    return bundle


def write_bundle(job: Job, now: datetime) -> str:
    """The work of the job: make what was never printed, put all together, keep it sealed.

    ``now`` is the moment of the pages. What takes long comes first and holds no row; the prints are
    noted at the end.
    """
    bundle = PaperBundle.objects.get(pk=job.args["bundle"])
    doer = Doer(
        viewer_on(job.person, now.date()), Origin(job.person_id, bundle.post_id), now.date(), now
    )
    plan = plan_bundle(doer.viewer, bundle.papers)
    if plan.skipped or len(plan.ready) < len(bundle.papers):
        raise JobFailed("其中有文书已作废，或者不再由您办理，没有生成文件。请返回台账重新勾选。")
    try:
        parts = pdfs_of(
            plan.ready,
            lambda paper: job.args["site"] + reverse("papers:check", args=[paper.token])[1:],
            lambda done: jobs.progress(job, done, len(plan.ready), "正在排版"),
        )
    except NoPdf as error:
        raise JobFailed(str(error)) from error
    _keep(bundle, joined(parts))
    print_papers(doer, plan.ready)
    return reverse("papers:bundle", args=[bundle.pk])


@transaction.atomic
def hand_out(doer: Doer, bundle_id: int) -> bytes:
    """The PDF, to who ordered it, for a day and three times at most. Raises Refused otherwise."""
    bundle = PaperBundle.objects.select_for_update(of=("self",)).get(pk=bundle_id)
    post_with(doer.viewer, *HANDLES)
    parts = list(bundle.parts.all())
    if not parts:
        raise Refused("文件还没有生成。请稍后刷新本页；仍没有的，请返回台账重新勾选。")
    if not bundle.is_open_at(doer.now) or not all(part.content_sealed for part in parts):
        raise Refused("文件已过有效期或已达下载次数，不能再下载。请返回台账重新勾选。")
    bundle.downloads += 1
    bundle.save(update_fields=["downloads"])
    _note(doer.origin, "download_papers", bundle, list(Paper.objects.filter(pk__in=bundle.papers)))
    return b"".join(bytes(part.content) for part in parts)


def forget_bundles(now: datetime) -> int:
    """Empty the files whose day is over; returns how many parts. The order stays on record."""
    old = BundlePart.objects.filter(bundle__expires_at__lte=now).exclude(content_sealed=b"")
    return old.update(content_sealed=b"")


def _keep(bundle: PaperBundle, content: bytes) -> None:
    for position, start in enumerate(range(0, len(content), BundlePart.SIZE)):
        part = BundlePart(bundle=bundle, position=position)
        part.content = content[start : start + BundlePart.SIZE]
        part.save()


def _note(origin: Origin, verb: str, bundle: PaperBundle, papers: Sequence[Paper]) -> None:
    audit.record(
        origin,
        verb,
        "paper_bundle",
        bundle.pk,
        children=children_of(papers),
        reason=bundle.purpose,
        details={"papers": bundle.papers},
    )
