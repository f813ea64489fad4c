"""Keeps the logs short while everything runs: a long one is copied aside and begun anew."""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from deploy import places

KEPT = 5  # former parts of a log, `.log.1` the newest
LOOK_EVERY = 5.0  # seconds


class Rotation:
    """Looks at the logs of a folder now and then."""

    def __init__(self, folder: Path = places.LOGS, limit: int = places.LOG_LIMIT) -> None:
        self._folder, self._limit, self._looked = folder, limit, 0.0

    def look(self) -> None:
        """Sets aside each log that is too long; not more often than every few seconds."""
        if time.monotonic() - self._looked < LOOK_EVERY:
            return
        self._looked = time.monotonic()
        for log in self._folder.glob("*.log"):
            with suppress(OSError):  # a full disk stops no process
                if log.stat().st_size > self._limit:
                    set_aside(log)


def set_aside(log: Path) -> None:
    """Moves a log's content to `.log.1`, older parts one further; the oldest is dropped.

    The file itself stays, since a process writes to it: they all append, so the next line stands at
    its new beginning. A line written between copy and cut is lost.
    """
    parts = [log.with_suffix(f".log.{number}") for number in range(1, KEPT + 1)]
    for older, newer in zip(reversed(parts[1:]), reversed(parts[:-1]), strict=True):
        if newer.exists():
            newer.replace(older)
    shutil.copyfile(log, parts[0])
    parts[0].chmod(0o600)
    os.truncate(log, 0)
