"""重试: a duty on which the sweep failed, and a job that failed by accident, run once more."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cases import sweeping
from cases.models import Deadline
from cases.tasks import retry_deadline
from foundation.accounts.actions import shift_clock
from foundation.accounts.models import AuditEvent, Post
from foundation.jobs.actions import UNEXPECTED
from foundation.jobs.models import Job, TaskRun
from tests.browsing import client_of, page
from tests.cases.steps import a_case, at
from tests.cast import Cast, make_child

FRI, TUE = date(2025, 9, 12), date(2025, 9, 16)
EXPORT = "students.roster.tasks.write_export"


@pytest.fixture
def late(cast: Cast, settings: Any) -> Deadline:
    """A duty that silence should have moved on days ago; a sweep has gone on without it today."""
    settings.CLOCK_MAY_SHIFT = True
    a_case(cast, make_child(cast.here), FRI)
    shift_clock(at(TUE) - timezone.now())
    now = timezone.now()
    TaskRun.objects.create(name="cases.tasks.sweep", started_at=now, ended_at=now)
    return sweeping.waiting(TUE).order_by("due_on", "pk")[0]


@pytest.fixture
def administrator(cast: Cast) -> Client:
    return client_of(cast.person("administrator"))


def failed(post: Post, task: str = EXPORT, problem: str = UNEXPECTED, days: int = 0) -> Job:
    return Job.objects.create(
        task=task,
        title="导出学生名册（张小明.xlsx）",
        person=post.person,
        post=post,
        unit=post.unit,
        state=Job.FAILED,
        tries=3,
        problem=problem,
        finished_at=timezone.now() - timedelta(days=days),
    )


def test_a_duty_that_was_not_moved_is_named_and_moved_by_retrying(
    late: Deadline, administrator: Client
) -> None:
    words = page(administrator.get("/status/"))
    assert late.case.number in words
    assert "2025年9月12日到期" in words
    assert "没有办成" in words
    answer = administrator.post(f"/status/deadlines/{late.pk}/retry/", follow=True)
    assert "已交给后台重试" in page(answer)
    job = Job.objects.get()
    assert AuditEvent.objects.get(verb="retry_deadline").object_id == late.pk
    retry_deadline(job.pk)
    job.refresh_from_db()
    late.refresh_from_db()
    assert (job.state, job.problem) == (Job.DONE, "")
    assert late.lapsed_on == late.due_on
    assert not sweeping.waiting(TUE).filter(pk=late.pk).exists()


def test_a_duty_that_is_being_tried_is_not_tried_twice(
    late: Deadline, administrator: Client
) -> None:
    for _ in range(2):
        answer = administrator.post(f"/status/deadlines/{late.pk}/retry/", follow=True)
    assert "已经在重试" in page(answer)
    assert Job.objects.count() == 1


def test_a_duty_that_waits_for_no_sweep_is_not_there(late: Deadline, administrator: Client) -> None:
    sweeping.sweep(TUE, at(TUE))
    assert administrator.post(f"/status/deadlines/{late.pk}/retry/").status_code == 404
    assert "没有。到期的都已处理。" in page(administrator.get("/status/"))


def test_before_the_day_s_sweep_nothing_has_failed(late: Deadline, administrator: Client) -> None:
    TaskRun.objects.update(ended_at=timezone.now() - timedelta(days=2))
    words = page(administrator.get("/status/"))
    assert "今天还没有处理过" in words
    assert f"/status/deadlines/{late.pk}/retry/" not in words


def test_a_job_is_queued_as_it_was_ordered(
    cast: Cast, administrator: Client, django_capture_on_commit_callbacks: Any
) -> None:
    job = failed(cast.post("registrar"))
    words = page(administrator.get("/status/"))
    assert "导出名单" in words
    assert "registrar甲" in words
    assert "张小明" not in words
    assert "已交给后台重试" in page(
        administrator.post(f"/status/jobs/{job.pk}/retry/", follow=True)
    )
    job.refresh_from_db()
    assert (job.state, job.tries, job.problem, job.person) == (
        Job.QUEUED,
        0,
        "",
        cast.person("registrar"),
    )
    assert AuditEvent.objects.get(verb="retry_job").object_id == job.pk
    assert administrator.post(f"/status/jobs/{job.pk}/retry/").status_code == 404


def test_an_import_goes_back_to_who_ordered_it(cast: Cast, administrator: Client) -> None:
    job = failed(cast.post("registrar"), "students.roster.tasks.write_batch")
    words = page(administrator.get("/status/"))
    assert "请提交人在导入页面重新办理" in words
    assert f"/status/jobs/{job.pk}/retry/" not in words
    answer = administrator.post(f"/status/jobs/{job.pk}/retry/", follow=True)
    assert "不用再办" in page(answer)
    job.refresh_from_db()
    assert job.state == Job.FAILED


def test_what_its_submitter_can_help_and_what_is_long_past_is_not_listed(
    cast: Cast, administrator: Client
) -> None:
    failed(cast.post("registrar"), problem="您目前的任职没有导出这份名册的权限，没有生成文件。")
    failed(cast.post("registrar"), days=8)
    assert "导出名单" not in page(administrator.get("/status/"))


def test_the_county_s_desk_may_and_nobody_else(cast: Cast, late: Deadline) -> None:
    job = failed(cast.post("registrar"))
    for role in ("class_teacher", "head_teacher", "supervisor", "auditor", "bureau_leader"):
        client = client_of(cast.person(role))
        assert client.get("/status/").status_code == 403
        assert client.post(f"/status/deadlines/{late.pk}/retry/").status_code == 403
        assert client.post(f"/status/jobs/{job.pk}/retry/").status_code == 403
    desk = client_of(cast.person("county_desk"))
    assert f'href="/cases/{late.case.number}/"' in page(desk.get("/status/"))
    assert desk.post(f"/status/jobs/{job.pk}/retry/").status_code == 302
