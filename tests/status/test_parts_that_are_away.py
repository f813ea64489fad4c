"""系统状态 is there within two seconds and right, with queue or worker away."""

import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from celery import Celery
from django.test import Client
from django.utils import timezone

from foundation.jobs import runs
from foundation.jobs.models import TaskRun
from foundation.papers.printing import possible
from kongchuo.celery import SCHEDULE
from kongchuo.status import looking
from tests.browsing import client_of, page
from tests.cast import Cast


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return client_of(cast.person("administrator"))


def line(words: str, name: str) -> str:
    """The line of a part."""
    return words.partition(f"<strong>{name}</strong>")[2].partition("</li>")[0]


def test_without_a_queue_it_says_so_and_what_to_do(administrator: Client, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    began = time.monotonic()
    words = page(administrator.get("/status/"))
    assert time.monotonic() - began < 2
    assert "需处理" in line(words, "队列")
    assert "不会丢" in line(words, "队列")
    assert "队列恢复后才能知道" in line(words, "后台任务")
    assert "正常" in line(words, "数据库")


def test_a_queue_that_hangs_costs_a_second(administrator: Client, settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hung:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{hung.getsockname()[1]}/0"
        began = time.monotonic()
        words = page(administrator.get("/status/"))
        assert time.monotonic() - began < 2
    assert "需处理" in line(words, "队列")


def test_without_pango_it_says_so_and_what_to_install(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(possible, "_opened", lambda names: None)
    told = line(page(administrator.get("/status/")), "文书PDF")
    assert "注意" in told
    assert "Pango" in told
    assert "libpango-1.0-0" in told


def test_without_a_worker_the_last_sign_of_it_is_told(administrator: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=3)
    TaskRun.objects.create(name="cases.tasks.sweep", started_at=long_ago, ended_at=long_ago)
    began = time.monotonic()
    words = page(administrator.get("/status/"))
    assert time.monotonic() - began < 2
    assert "需处理" in line(words, "后台任务")
    assert "3小时前" in line(words, "后台任务")
    assert "需处理" in line(words, "到期处理")


def test_a_run_of_a_periodic_task_is_noted(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Celery("apart", set_as_current=False)
    app.conf.beat_schedule = {"one": {"task": "apart.well"}, "two": {"task": "apart.ill"}}
    monkeypatch.setattr(runs, "current_app", app)
    runs.listen()  # as foundation/jobs/tasks.py does in the worker

    @app.task(name="apart.well")
    def well() -> None: ...

    @app.task(name="apart.ill")
    def ill() -> None:
        raise ValueError

    @app.task(name="apart.ordered")
    def ordered() -> None: ...

    for task in (well, ill, ordered):
        task.apply()
    found = {one.name: one.is_failing for one in TaskRun.objects.all()}
    assert found == {"apart.well": False, "apart.ill": True}


def test_every_periodic_task_has_words() -> None:
    assert {one["task"] for one in SCHEDULE.values()} == set(looking.TASKS)
