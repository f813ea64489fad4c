"""What the launcher had to start again (deploy/watching.py)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

SHOWN = 30  # restarts, the newest first
NAMES = {
    "web": "网页",
    "worker": "后台任务",
    "beat": "定时任务",
    "PostgreSQL": "数据库",
    "Valkey": "队列",
}


@dataclass(frozen=True)
class Restart:
    """One process that ended by itself and was started again."""

    at: datetime
    name: str


def last_restarts() -> list[Restart]:
    """The newest first; none where another system looks after the processes."""
    return sorted(_restarts(), key=lambda row: row.at, reverse=True)[:SHOWN]


def _restarts() -> Iterator[Restart]:
    file = Path(settings.RESTARTS_FILE)
    if not settings.RESTARTS_FILE or not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        moment, name, *_ = line.split()
        yield Restart(datetime.fromisoformat(moment), NAMES.get(name, name))
