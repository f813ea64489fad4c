"""Without a queue nothing is lost and nobody sees an error; progress shows while work runs."""

import socket
import time

import pytest
from celery import Celery
from django.db import connections

from foundation.jobs import actions
from foundation.jobs.models import Job
from tests.cast import Cast, make_cast

NOBODY_LISTENS = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def queue(monkeypatch: pytest.MonkeyPatch) -> Celery:
    """Celery as the settings have it, with a broker's port where nobody listens."""
    app = Celery("away", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=NOBODY_LISTENS)
    monkeypatch.setattr(actions, "current_app", app)
    return app


def test_a_real_client_without_a_broker_leaves_the_job_queued(
    cast: Cast, django_capture_on_commit_callbacks
) -> None:
    viewer = cast.viewer("registrar")
    with django_capture_on_commit_callbacks(execute=True):
        job = actions.start("somewhere.tasks.do", "读取名册", viewer, viewer.posts[0])
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.QUEUED, "")
    assert actions.poke(job) is False


def test_a_queue_that_hangs_holds_a_page_for_no_more_than_two_seconds(
    cast: Cast, queue: Celery, django_capture_on_commit_callbacks
) -> None:
    """As a stopped Redis does, it takes the connection and never answers."""
    viewer = cast.viewer("registrar")
    with socket.create_server(("127.0.0.1", 0)) as hung:
        queue.conf.update(broker_url=f"redis://127.0.0.1:{hung.getsockname()[1]}/0")
        began = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            job = actions.start("somewhere.tasks.do", "读取名册", viewer, viewer.posts[0])
        assert time.monotonic() - began < 2
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.QUEUED, "")


def test_a_worker_renews_the_lease_while_it_works(
    own_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "RENEWED_EVERY", 0.01)
    viewer = make_cast().viewer("registrar")
    job = actions.start("somewhere.tasks.do", "读取名册", viewer, viewer.posts[0])

    def work(job: Job) -> str:
        seen = Job.objects.using("owner").values_list("lease_until", flat=True)
        first = seen.get(pk=job.pk)
        until = time.monotonic() + 30
        while seen.get(pk=job.pk) == first:
            assert time.monotonic() < until, "the lease is not renewed"
        return ""

    actions.run(job.pk, work)
    assert Job.objects.get(pk=job.pk).state == Job.DONE


def test_progress_is_seen_while_the_work_is_still_open(own_database: str) -> None:
    viewer = make_cast().viewer("registrar")
    job = actions.start("somewhere.tasks.do", "读取名册", viewer, viewer.posts[0])
    seen: list[tuple[int, str]] = []

    def work(job: Job) -> str:
        actions.progress(job, 3, 10, "读入中")
        # Another connection, as a page would have it.
        seen.append(Job.objects.using("owner").values_list("done", "state").get(pk=job.pk))
        return ""

    actions.run(job.pk, work)
    assert seen == [(3, Job.RUNNING)]
    assert connections["progress"].settings_dict["NAME"] == own_database
    assert Job.objects.get(pk=job.pk).state == Job.DONE
