"""Reads and writes the encrypted files on disk: FILES_ROOT/<first two digits>/<uuid>.

Folders and files are open to the account of the web process only (0700, 0600).
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

UNFINISHED = ".new"


def path_of(name: uuid.UUID) -> Path:
    return Path(settings.FILES_ROOT) / name.hex[:2] / name.hex


def write(name: uuid.UUID, sealed: bytes) -> None:
    """Write a file whole or not at all, even when the power fails (temp, fsync, rename)."""
    target = path_of(name)
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(target)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    _settle(target.parent)


def read(name: uuid.UUID) -> bytes:
    """The encrypted bytes; raises OSError."""
    return path_of(name).read_bytes()


def remove(path: Path) -> None:
    """Delete a file that has no row."""
    path.unlink(missing_ok=True)


def older_than(moment: float) -> Iterator[tuple[uuid.UUID, Path]]:
    """Every file last written before ``moment`` (seconds since 1970), with its uuid.

    Skips files whose names are not ours.
    """
    for path in sorted(Path(settings.FILES_ROOT).glob("[0-9a-f][0-9a-f]/*")):
        with suppress(ValueError, FileNotFoundError):
            name = uuid.UUID(hex=path.name.removesuffix(UNFINISHED))
            if path.parent.name == name.hex[:2] and path.stat().st_mtime < moment:
                yield name, path


def _settle(folder: Path) -> None:
    """Sync the folder, so that the new name survives a power failure."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
