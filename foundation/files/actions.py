"""Stores evidence: identified by content, re-encoded, encrypted, under a random name (S50, S51)."""

import hashlib
import logging
import uuid
from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import QuerySet

from foundation.accounts.actions import Refused
from foundation.accounts.viewer import HeldPost
from foundation.files import storage
from foundation.files.decoding import FileUnreadable, decode
from foundation.files.models import StoredFile
from foundation.protected import SealBroken, keyring

log = logging.getLogger(__name__)

TYPES = {StoredFile.IMAGE: "image/jpeg", StoredFile.PDF: "application/pdf"}
ORPHAN_AFTER = timedelta(days=1)
NO_ROOM = "文件现在保存不了，其他内容没有丢失。请过几分钟再试；仍不行时请告诉系统管理员。"


class FileLost(Exception):
    """The file of a row is missing, or is not the one that was stored."""


def keep(post: HeldPost, file_name: str, content: bytes) -> StoredFile:
    """Store an upload in the caller's transaction; raises Refused in words.

    The file is written before its row. A rollback can then produce a file without a row, which the
    sweep deletes, and never a row without its file.
    """
    try:
        made = decode(content)
    except FileUnreadable as error:
        raise Refused(str(error)) from None
    row = StoredFile(
        county_id=post.county_id,
        kind=made.kind,
        file_name=Path(file_name).name[-200:],
        content_type=TYPES[made.kind],
        size=len(made.content),
        sha256=hashlib.sha256(content).hexdigest(),
        kept_by_id=post.id,
    )
    _lay_down(row, made.content)
    row.save()
    return row


def content_of(row: StoredFile) -> bytes:
    """The stored bytes; raises FileLost."""
    try:
        return keyring().open_bytes(storage.read(row.uuid), _place(row.uuid))
    except (OSError, SealBroken) as error:
        log.error("file %s cannot be read: %s", row.uuid, type(error).__name__)
        raise FileLost(str(row.uuid)) from error


def same_as(row: StoredFile) -> QuerySet[StoredFile]:
    """Earlier uploads in the county with the same bytes: a photo may be used twice (S53)."""
    same = StoredFile.objects.filter(county_id=row.county_id, sha256=row.sha256)
    return same.filter(pk__lt=row.pk).order_by("pk")


def remove_orphans(now: datetime) -> int:
    """Delete files older than a day that have no row; returns how many.

    ``now`` is the machine's own time, as the files' times are. Where more files lack a row than
    have one, the database does not belong to them (a restore under way), and nothing is deleted.
    """
    old = list(storage.older_than((now - ORPHAN_AFTER).timestamp()))
    known = _known([name for name, _ in old])
    orphans = [path for name, path in old if name not in known or path.suffix]
    if len(orphans) > len(known):
        log.error("%s files without a row, %s with: nothing is removed", len(orphans), len(known))
        return 0
    for path in orphans:
        storage.remove(path)
    return len(orphans)


def _known(names: list[uuid.UUID]) -> set[uuid.UUID]:
    """Those uuids that have a row. Asked by the thousand, since a statement's length is limited."""
    known: set[uuid.UUID] = set()
    for start in range(0, len(names), 1000):
        rows = StoredFile.objects.filter(uuid__in=names[start : start + 1000])
        known.update(rows.values_list("uuid", flat=True))
    return known


def _lay_down(row: StoredFile, content: bytes) -> None:
    try:
        storage.write(row.uuid, keyring().seal_bytes(content, _place(row.uuid)))
    except OSError as error:
        log.error("file %s cannot be written: %s", row.uuid, error)
        raise Refused(NO_ROOM) from error


def _place(name: uuid.UUID) -> str:
    return f"files.content.{name}"
