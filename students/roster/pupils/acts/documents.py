"""Adds papers and photos to a child. They are never removed."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.files.actions import keep
from students.roster.models import Child, Document, Enrolment

# The rights to record a change, a group or a visit, each of which needs proofs (R35, N-R10).
MAY_ADD = frozenset({Right.MANAGE_GROUPS, Right.RECORD_CHANGE, Right.RECORD_CONTACT})


def add_document(doer: Doer, child: Child, title: str, upload: UploadedFile) -> Document:
    """Keep an upload as a paper of the child; raises Refused in Chinese, or PermissionDenied."""
    return add_documents(doer, child, title, [upload])[0]


@transaction.atomic
def add_documents(
    doer: Doer,
    child: Child,
    title: str,
    uploads: Iterable[UploadedFile],
) -> list[Document]:
    """Keep all of the uploads under one title, or none: the refusal names the wrong file."""
    post = _post_for(doer.viewer, child, doer.today)
    added = []
    for upload in uploads:
        try:
            file = keep(post, upload.name or "", upload.read())
        except Refused as refusal:
            raise Refused(f"《{upload.name}》没有保存：{refusal}") from refusal
        document = Document.objects.create(child=child, file=file, title=title)
        details = {"file": file.sha256, "bytes": file.size, "kind": file.kind}
        audit.record(
            replace(doer.origin, post_id=post.id),
            "add_document",
            "document",
            document.pk,
            children=[child.pk],
            details=details,
        )
        added.append(document)
    return added


def _post_for(viewer: Viewer, child: Child, today: date) -> HeldPost:
    """Return a post with one of the rights that sees the child on today's roll.

    A child who is no longer enrolled can be read but gets no more papers.
    """

    def sees(post: HeldPost) -> bool:
        alone = replace(viewer, posts=(post,))
        rows = Enrolment.objects.on(today).visible_to(alone, today).filter(child=child)
        return bool(rows.exists())

    return post_with(viewer, *MAY_ADD, fits=sees)
