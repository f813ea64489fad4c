"""Its worker killed, an import, a preview, an export and a return each end, and end once."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from celery import Celery
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from foundation.accounts.audit import Origin
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from reporting.returns.actions import order_return
from reporting.returns.models import BuiltReturn
from students.roster.imports.acts.batches import confirm_import, start_import
from students.roster.models import Child, ImportBatch
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, at, call_roll
from tests.cast import Cast, make_cast, make_child
from tests.databases import server
from tests.doers import doing
from tests.e2e.site import environment, worker
from tests.roster.sheets import NEXT_SCHOOL_CODE, book, pupil
from tests.roster.steps import TODAY, read

NOON = datetime.combine(TODAY, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
FIRST_QUEUE = 12  # apart from those of the browser's county
PATIENCE = 120  # seconds, on a busy machine
BROKEN_OFF = "处理中断，正在接着办"


@pytest.fixture
def env(own_database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A queue of the test's own; every export is a large one."""
    env = environment(own_database, FIRST_QUEUE)
    app = Celery("apart", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=env["REDIS_URL"])
    monkeypatch.setattr(jobs, "current_app", app)
    monkeypatch.setattr("students.roster.lists.actions.AT_ONCE", 0)
    shift_clock(NOON - timezone.now())
    return env


@pytest.fixture
def cast(env: dict[str, str]) -> Cast:
    cast = make_cast()
    child = make_child(cast.here, "张小明")
    call_roll(cast, FIRST_MISSED, child)  # a month without a roll has no return
    return cast


@pytest.fixture
def ordered(cast: Cast) -> dict[str, int]:
    """The four works as their pages order them: the job by the address of its progress."""
    registrar = cast.viewer("registrar", TODAY)
    batch = confirm_import(doing(registrar, Origin()), read(cast, book(pupil(1))).pk)
    client = client_of(cast.person("registrar"))
    exported = client.post("/roster/export/pupils/", {"purpose": "报县教育局学籍核对"})
    other = cast.viewer("registrar", TODAY, there=True)
    content = book(pupil(2, 学校标识码=NEXT_SCHOOL_CODE))
    preview = start_import(
        doing(other, Origin(), now=at(TODAY)), cast.there.school, "名册.xlsx", content, TODAY
    )
    desk = doing(cast.viewer("county_desk", TODAY), Origin(), today=TODAY, now=at(TODAY))
    built = order_return(desk, cast.county, date(2025, 9, 1))
    return {
        f"/roster/import/{batch.pk}/status/": batch.job_id or 0,
        f"{exported['Location']}status/": Job.objects.get(task__contains="write_export").pk,
        f"/roster/import/{preview.pk}/status/": preview.job_id or 0,
        f"/returns/{built.pk}/progress/": built.job_id or 0,
    }


def test_four_works_of_a_killed_worker_end_once(
    own_database: str, env: dict[str, str], cast: Cast, ordered: dict[str, int]
) -> None:
    works = Job.objects.filter(pk__in=ordered.values())
    with _register_locked(own_database), worker(env, hands=4) as killed:
        _until(lambda: {job.state for job in works.all()} == {Job.RUNNING})
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
    works.update(lease_until=timezone.now() - timedelta(seconds=1))  # nobody renews it any more
    owners = ("registrar", "registrar", "registrar", "county_desk")
    for (address, _), role, there_ in zip(
        ordered.items(), owners, (False, False, True, False), strict=True
    ):
        assert BROKEN_OFF in page(client_of(cast.person(role, there_)).get(address)), address
    assert jobs.pick_up() == 4
    with worker(env, hands=2):
        _until(lambda: not works.filter(state__in=[Job.QUEUED, Job.RUNNING]).exists())
    assert {(job.state, job.tries, job.problem) for job in works.all()} == {(Job.DONE, 2, "")}
    written, preview = ImportBatch.objects.order_by("pk")
    assert (written.state, preview.state) == (ImportBatch.DONE, ImportBatch.PREVIEW)
    assert Child.objects.filter(name=pupil(1)["姓名"]).count() == 1
    assert BuiltReturn.objects.get().state == BuiltReturn.BUILT
    client = client_of(cast.person("registrar"))
    file = works.get(task__contains="write_export").result_url
    assert client.post(file)["Content-Type"].endswith("sheet")


@contextmanager
def _register_locked(name: str) -> Iterator[None]:
    """No work comes to its end, since each reads the pupils."""
    with server(name) as there, there.transaction(force_rollback=True):
        there.execute("LOCK TABLE roster_child IN ACCESS EXCLUSIVE MODE")
        yield


def _until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            states = Job.objects.values_list("task", "state", "note", "problem")
            pytest.fail("\n".join(map(str, states)))
        time.sleep(0.2)
