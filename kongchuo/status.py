"""系统状态: whether each part answers, and what the launcher had to start again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation.accounts.requests import Request, needs
from foundation.accounts.roles import Right
from kongchuo import health

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


@require_safe
@needs(Right.SEE_STATUS)
def page(request: Request) -> HttpResponse:
    parts = [(_plain(name), _plain(trouble())) for name, trouble in health.PARTS.items()]
    restarts = sorted(_restarts(), key=lambda row: row.at, reverse=True)[:SHOWN]
    return render(request, "status.html", {"parts": parts, "restarts": restarts})


def _plain(words: str) -> str:
    """The words without what stands in brackets for monitors: 数据库 (database)."""
    return re.sub(r"\s*\([a-z ]+\)", "", words)


def _restarts() -> Iterator[Restart]:
    """The lines of deploy/watching.py; none where another system looks after the processes."""
    file = Path(settings.RESTARTS_FILE)
    if not settings.RESTARTS_FILE or not file.is_file():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        moment, name, *_ = line.split()
        yield Restart(datetime.fromisoformat(moment), NAMES.get(name, name))
