"""Looks at each part and gives the lines of 系统状态. What is away costs a second at most."""

import platform
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import django
import redis
from celery import current_app
from django.conf import settings
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from kombu.exceptions import OperationalError

from foundation.jobs.actions import LEASE
from foundation.jobs.models import Job, TaskRun
from foundation.papers.printing.possible import pdf_possible
from foundation.protected import keyring_of_file
from kongchuo import health
from kongchuo.status.lines import (
    Lamp,
    Signs,
    StatusLine,
    beat_line,
    calendar_line,
    disk_line,
    failing_line,
    paper_line,
    queue_line,
    sweep_line,
    worker_line,
)
from students.calendars.coverage import years_asked
from students.calendars.models import CalendarYear

SWEEP = "cases.tasks.sweep"
QUEUE = "celery"  # the name of the list in Redis
ASKED_SECONDS = 0.4  # how long workers may take to answer
# What each periodic task does, for people.
TASKS = {
    SWEEP: "到期处理",
    "cases.tasks.count": "台账计数",
    "reporting.desk.tasks.count": "月度计数",
    "students.attendance.tasks.remind": "点名提醒",
    "students.roster.tasks.remind_of_expiry": "休学期满提醒",
    "foundation.accounts.tasks.clear_sessions": "清理登录",
    "foundation.files.tasks.remove_orphans": "清理文件",
    "foundation.accounts.tasks.close_left_accounts": "停用离任账号",
    "foundation.jobs.tasks.pick_up": "接办中断的任务",
    "students.roster.tasks.forget_exports": "清理过期的导出",
    "foundation.papers.tasks.forget_bundles": "清理过期的文书 PDF",
    "students.calendars.tasks.ask": "催报放假安排",
    "kongchuo.setup.units.tasks.carry_out": "单位变动生效",
    "cases.watch.tasks.reckon": "预警评分",
    "kongchuo.setup.disuse.tasks.remind": "长期不用的账号提醒",
}


def lines_for(county_id: int | None, year_of: datetime) -> list[StatusLine]:
    """Every line. ``year_of`` is the moment that the pages show."""
    now, runs = timezone.now(), {one.name: one for one in TaskRun.objects.all()}
    signs = signs_now(now, runs.values())
    sweep = runs.pop(SWEEP, None)
    failing = [TASKS.get(name, name) for name, one in runs.items() if one.is_failing]
    return [
        _plain("数据库", health.database_trouble(), "正常应答。"),
        _plain("密钥文件", health.keyring_trouble(), _keys()),
        queue_line(signs),
        worker_line(signs),
        beat_line(signs),
        _sweep(now, sweep),
        failing_line(failing),
        _disk(),
        paper_line(pdf_possible()),
        _calendar(county_id, year_of),
    ]


def _sweep(now: datetime, run: TaskRun | None) -> StatusLine:
    return sweep_line(now, run.ended_at if run else None, failing=bool(run and run.is_failing))


def _plain(name: str, trouble: str, well: str) -> StatusLine:
    if not trouble:
        return StatusLine(name, Lamp.WELL, well)
    words = trouble.partition(" (")[0]
    return StatusLine(name, Lamp.MEND, f"{words}。", "请技术人员按运维手册检查。")


def _keys() -> str:
    try:
        number = len(keyring_of_file().fingerprints) - 1  # one of them is the index key's
    except (OSError, ValueError, KeyError):
        return "和数据库相符。"
    return f"和数据库相符，{number}把密钥。"


def signs_now(now: datetime, runs: Iterable[TaskRun]) -> Signs:
    """What tells of queue, workers and beat."""
    waiting = _waiting()
    begun = [one.started_at for one in runs]
    ended = [at for one in runs for at in (one.ended_at, one.failed_at) if at]
    lease: datetime | None = Job.objects.filter(state=Job.RUNNING).aggregate(
        last=Max("lease_until")
    )["last"]
    if lease:
        ended.append(lease - LEASE)
    return Signs(
        now=now,
        waiting=waiting,
        workers=None if waiting is None else _workers(),
        last=max([*begun, *ended], default=None),
        ticked=max(begun, default=None),
        is_busy=bool(lease and lease > now),
    )


def _waiting() -> int | None:
    """How many tasks wait in the queue; None where it does not answer."""
    try:
        with health.queue() as there:
            return int(there.llen(QUEUE))
    except redis.RedisError:
        return None


def _workers() -> int | None:
    """How many workers answer at once; None where the queue fails meanwhile."""
    options = {"socket_connect_timeout": health.QUEUE_SECONDS, "max_retries": 0}
    options |= {"socket_timeout": health.QUEUE_SECONDS}
    try:
        with current_app.connection_for_write(transport_options=options) as queue:
            return len(current_app.control.ping(timeout=ASKED_SECONDS, connection=queue) or [])
    except (OperationalError, redis.RedisError, OSError):
        return None


def _disk() -> StatusLine:
    place = Path(settings.FILES_ROOT)
    while not place.exists():
        place = place.parent
    found = shutil.disk_usage(place)
    return disk_line(found.free, found.total)


def _calendar(county_id: int | None, moment: datetime) -> StatusLine:
    rows = CalendarYear.objects.filter(county_id=county_id)
    known = set(rows.values_list("year", flat=True))
    return calendar_line(known, years_asked(moment.date(), known), moment.year)


def versions() -> list[tuple[str, str]]:
    """What runs here, for who asks by telephone."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        database = str(cursor.fetchone()[0]).split()[0]
    return [
        ("系统", _newest_heading()),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        ("PostgreSQL", database),
    ]


def _newest_heading() -> str:
    """The first heading of 更新记录: the version, or 尚未发布."""
    try:
        text = (Path(settings.BASE_DIR) / "CHANGELOG.md").read_text(encoding="utf-8")
    except OSError:
        return "未知"
    heads = (line.removeprefix("## ") for line in text.splitlines() if line.startswith("## "))
    return next(heads, "未知")
