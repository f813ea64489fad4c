"""重试 on 系统状态, from the press of the button to the moved case, by a worker on a real queue."""

import time
from datetime import date
from typing import Any

import pytest
from celery import Celery
from django.utils import timezone

from cases import sweeping
from foundation.accounts.actions import shift_clock
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job, TaskRun
from kongchuo.status import looking
from tests.browsing import client_of, page
from tests.cases.steps import a_case, at
from tests.cast import make_cast, make_child
from tests.e2e.site import environment, worker

FRI, TUE = date(2025, 9, 12), date(2025, 9, 16)
FIRST_QUEUE = 12  # apart from those of the browser's county
PATIENCE = 120  # seconds, on a busy machine


@pytest.fixture
def app(own_database: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Any:
    """Celery on a queue of the test's own; ``env`` is for its worker."""
    env = environment(own_database, FIRST_QUEUE)
    app: Any = Celery("apart", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=env["REDIS_URL"])
    settings.CELERY_BROKER_URL = env["REDIS_URL"]
    monkeypatch.setattr(jobs, "current_app", app)
    monkeypatch.setattr(looking, "current_app", app)
    app.env = env
    return app


def test_a_duty_and_a_job_are_tried_again_and_the_worker_is_seen(app: Any) -> None:
    cast = make_cast()
    a_case(cast, make_child(cast.here), FRI)
    shift_clock(at(TUE) - timezone.now())
    late = sweeping.waiting(TUE).order_by("due_on", "pk")[0]
    administrator = client_of(cast.person("administrator"))
    assert administrator.post(f"/status/deadlines/{late.pk}/retry/").status_code == 302
    job = Job.objects.get()
    with worker(app.env):
        with app.connection_for_write() as broker:
            app.send_task("cases.tasks.sweep", connection=broker)
        _wait(lambda: Job.objects.get(pk=job.pk).is_over)
        _wait(lambda: TaskRun.objects.filter(ended_at__isnull=False).exists())
        words = page(administrator.get("/status/"))
    job.refresh_from_db()
    late.refresh_from_db()
    assert (job.state, job.problem) == (Job.DONE, "")
    assert late.lapsed_on == late.due_on
    assert "1组在工作" in words
    assert "没有。到期的都已处理。" in words


def _wait(is_so: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < until, "the worker does nothing"
        time.sleep(0.2)
