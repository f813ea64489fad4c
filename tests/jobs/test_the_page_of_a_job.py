"""Who started a job sees how far it is; the page stops asking when it is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from foundation.jobs import actions
from foundation.jobs.models import Job
from tests.browsing import client_of, page
from tests.cast import Cast


@pytest.fixture
def job(cast: Cast) -> Job:
    viewer = cast.viewer("registrar")
    return actions.start("somewhere.tasks.do", "读入名册", viewer, viewer.posts[0])


def put(job: Job, **fields: object) -> None:
    Job.objects.filter(pk=job.pk).update(**fields)


def running(job: Job, **fields: object) -> None:
    put(job, state=Job.RUNNING, lease_until=timezone.now() + timedelta(minutes=1), **fields)


def status(cast: Cast, job: Job, code: int = 200) -> str:
    return page(client_of(cast.person("registrar")).get(f"/jobs/{job.pk}/status/"), code)


def test_a_job_that_waits_says_so(cast: Cast, job: Job) -> None:
    words = page(client_of(cast.person("registrar")).get(f"/jobs/{job.pk}/"))
    assert "读入名册" in words
    assert "正在排队" in words
    assert f'hx-get="/jobs/{job.pk}/status/"' in words


def test_a_running_job_shows_a_bar_and_asks_again(cast: Cast, job: Job) -> None:
    running(job, done=120, total=800)
    words = status(cast, job)
    assert 'max="800" value="120"' in words
    assert "已处理 120 / 800" in words
    assert "hx-get" in words


def test_a_note_stands_beside_the_numbers(cast: Cast, job: Job) -> None:
    running(job, done=1, total=2, note="核对身份证件号")
    assert "核对身份证件号（1 / 2）" in status(cast, job)


def test_a_running_job_of_unknown_length_does_not_say_it_waits(cast: Cast, job: Job) -> None:
    running(job)
    assert "正在处理" in status(cast, job)


def test_a_job_whose_worker_died_says_that_it_goes_on(cast: Cast, job: Job) -> None:
    put(job, state=Job.RUNNING, lease_until=timezone.now() - timedelta(seconds=1))
    assert "处理中断，正在接着办" in status(cast, job)


def test_the_answer_of_a_job_that_is_over_stops_the_asking(cast: Cast, job: Job) -> None:
    put(job, state=Job.DONE, result_url="/calendars/")
    words = status(cast, job, 286)
    assert "hx-get" not in words
    assert 'href="/calendars/"' in words


def test_a_finished_job_no_longer_says_what_it_was_doing(cast: Cast, job: Job) -> None:
    put(job, state=Job.DONE, note="正在写表", result_url="/calendars/")
    words = status(cast, job, 286)
    assert "正在写表" not in words
    assert "已完成。" in words


def test_in_a_demo_the_job_was_sent_on_the_demo_s_day(cast: Cast, job: Job, settings) -> None:
    settings.CLOCK_MAY_SHIFT = True
    moment = timezone.localtime(job.created_at) + timedelta(days=40)
    shift_clock(timedelta(days=40))
    words = page(client_of(cast.person("registrar")).get(f"/jobs/{job.pk}/"))
    assert f"提交时间：{moment:%Y年%-m月%-d日 %H:%M}" in words


def test_a_failed_job_says_why(cast: Cast, job: Job) -> None:
    put(job, state=Job.FAILED, problem="第3行：身份证件号重复。")
    words = status(cast, job, 286)
    assert "未完成" in words
    assert "第3行：身份证件号重复。" in words


@pytest.mark.parametrize("role", ["head_teacher", "class_teacher", "administrator", "county_desk"])
def test_nobody_else_sees_it_not_even_at_the_same_school(cast: Cast, job: Job, role: str) -> None:
    client = client_of(cast.person(role))
    nothing = client.get("/jobs/999999999/")
    for address in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/status/"):
        answer = client.get(address)
        assert page(answer, 404) == page(nothing, 404)
