"""A job is held by one worker, is tried three times, and a crash leaves nothing half done."""

from contextlib import nullcontext
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from kombu.exceptions import OperationalError

from foundation.accounts.viewer import HeldPost, Viewer
from foundation.jobs import actions
from foundation.jobs.models import Job
from foundation.jobs.querysets import JobQuerySet
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from kongchuo.celery import SCHEDULE
from tests.cast import LONG_AGO, Cast


class Queue:
    """Stands in for the broker: notes what was sent, or is away."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, list[int]]] = []
        self.away = False

        self.conf = SimpleNamespace(broker_transport_options={})

    def connection_for_write(self, **options: Any) -> Any:
        return nullcontext()

    def send_task(self, name: str, args: list[int], **how: Any) -> None:
        if self.away:
            raise OperationalError("Connection refused")
        self.sent.append((name, args))


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    queue = Queue()
    monkeypatch.setattr(actions, "current_app", queue)
    return queue


@pytest.fixture
def viewer(cast: Cast) -> Viewer:
    return cast.viewer("registrar")


@pytest.fixture
def job(viewer: Viewer, queue: Queue) -> Job:
    return started(viewer)


def started(viewer: Viewer) -> Job:
    post: HeldPost = viewer.posts[0]
    return actions.start("somewhere.tasks.do", "读入名册", viewer, post, batch=7)


def reread(job: Job) -> Job:
    job.refresh_from_db()
    return job


def age(job: Job, **fields: object) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def test_a_job_belongs_to_who_started_it(job: Job, viewer: Viewer) -> None:
    assert (job.person_id, job.post_id) == (viewer.person_id, viewer.posts[0].id)
    assert (job.unit_id, job.args, job.state) == (viewer.posts[0].unit_id, {"batch": 7}, Job.QUEUED)


def test_the_queue_hears_of_it_after_the_commit(
    viewer: Viewer, queue: Queue, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = started(viewer)
        assert queue.sent == []
    assert queue.sent == [("somewhere.tasks.do", [job.pk])]


def test_without_a_queue_the_job_waits_and_nothing_is_raised(
    viewer: Viewer, queue: Queue, django_capture_on_commit_callbacks
) -> None:
    queue.away = True
    with django_capture_on_commit_callbacks(execute=True):
        job = started(viewer)
    assert reread(job).state == Job.QUEUED
    age(job, created_at=timezone.now() - timedelta(minutes=1))
    queue.away = False
    assert actions.pick_up() == 1
    assert queue.sent == [("somewhere.tasks.do", [job.pk])]


def test_work_ends_with_its_result(job: Job) -> None:
    actions.run(job.pk, lambda job: "/returns/1/")
    assert (reread(job).state, job.result_url, job.tries) == (Job.DONE, "/returns/1/", 1)
    assert job.finished_at is not None


def test_work_done_is_not_done_again(job: Job) -> None:
    seen: list[int] = []

    def work(job: Job) -> str:
        seen.append(job.pk)
        return ""

    for _ in range(2):
        actions.run(job.pk, work)
    assert seen == [job.pk]


def test_a_job_that_a_worker_holds_is_left_alone(job: Job) -> None:
    age(job, state=Job.RUNNING, tries=1, lease_until=timezone.now() + timedelta(seconds=30))
    actions.run(job.pk, lambda job: pytest.fail("two workers hold one job"))
    assert (reread(job).state, job.tries) == (Job.RUNNING, 1)


def test_a_job_whose_worker_died_is_taken_up_again(job: Job, queue: Queue) -> None:
    age(job, state=Job.RUNNING, tries=1, lease_until=timezone.now() - timedelta(seconds=1))
    assert actions.pick_up() == 1
    actions.run(job.pk, lambda job: "")
    assert (reread(job).state, job.tries) == (Job.DONE, 2)


def test_the_tick_leaves_alone_what_is_fresh_held_or_over(job: Job, queue: Queue) -> None:
    assert actions.pick_up() == 0
    age(job, state=Job.RUNNING, lease_until=timezone.now() + timedelta(seconds=30))
    assert actions.pick_up() == 0
    age(job, state=Job.FAILED, created_at=timezone.now() - timedelta(days=1))
    assert actions.pick_up() == 0
    assert queue.sent == []


def test_a_job_that_kills_its_worker_stops_after_three_tries(job: Job) -> None:
    age(job, state=Job.RUNNING, tries=3, lease_until=timezone.now() - timedelta(seconds=1))
    actions.run(job.pk, lambda job: pytest.fail("tried a fourth time"))
    assert reread(job).state == Job.FAILED
    assert "连续三次没有完成" in job.problem


def test_the_third_try_is_still_made(job: Job) -> None:
    age(job, state=Job.RUNNING, tries=2, lease_until=timezone.now() - timedelta(seconds=1))
    actions.run(job.pk, lambda job: "")
    assert (reread(job).state, job.tries) == (Job.DONE, 3)


def test_work_that_cannot_be_done_says_why_and_leaves_no_row(job: Job) -> None:
    def work(job: Job) -> str:
        _write_something(job)
        raise actions.JobFailed("第3行：身份证件号重复。")

    actions.run(job.pk, work)
    assert (reread(job).state, job.problem) == (Job.FAILED, "第3行：身份证件号重复。")
    assert not Message.objects.exists()


def test_a_crash_leaves_no_row_and_the_job_failed(job: Job) -> None:
    def work(job: Job) -> str:
        _write_something(job)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        actions.run(job.pk, work)
    assert reread(job).state == Job.FAILED
    assert "数据没有改动" in job.problem
    assert "ZeroDivision" not in job.problem
    assert not Message.objects.exists()


def test_of_two_who_hold_one_job_the_later_one_ends_it(job: Job) -> None:
    """The first one's lease lapsed while it was held up, and another has taken the job."""

    def work(held: Job) -> str:
        _write_something(held)
        age(held, tries=2)
        return "/late/"

    actions.run(job.pk, work)
    assert (reread(job).state, job.result_url) == (Job.RUNNING, "")
    assert not Message.objects.exists()


def test_a_killed_job_is_taken_up_again_within_a_minute() -> None:
    tick = SCHEDULE["pick-up"]["schedule"]
    assert isinstance(tick, float)
    assert actions.LEASE + timedelta(seconds=tick + 10) < timedelta(minutes=1)
    assert timedelta(seconds=actions.RENEWED_EVERY) * 3 < actions.LEASE


def test_a_job_that_does_not_exist_is_nothing(cast: Cast) -> None:
    actions.run(987654321, lambda job: pytest.fail("worked on nothing"))


def _write_something(job: Job) -> None:
    letter = Letter("half", job.unit_id, "半成品", "", "", LONG_AGO)
    assert post_letters([letter], LONG_AGO) == 1
    assert Message.objects.exists()


def test_progress_is_written_on_its_own_connection(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    used: list[str] = []

    def using(rows: JobQuerySet, alias: str) -> JobQuerySet:
        used.append(alias)
        return rows

    monkeypatch.setattr(JobQuerySet, "using", using)
    actions.progress(job, 5, 10, "读入中")
    assert used == ["progress"]
    assert (reread(job).done, job.total, job.note) == (5, 10, "读入中")
