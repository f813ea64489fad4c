"""A large export and a pile of papers, from the POST to the file, by a worker on a real queue."""

import time
from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import openpyxl
import pikepdf
import pytest
from celery import Celery
from django.test import Client
from django.utils import timezone

from cases.policy import Act
from foundation.accounts.actions import shift_clock
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from tests.browsing import client_of, page
from tests.cases.orders import signed
from tests.cases.steps import a_case, do, reach
from tests.cast import Cast, make_cast, make_child
from tests.e2e.site import environment, worker
from tests.printing.tools import require

NOON = datetime.combine(date(2025, 9, 29), datetime.min.time(), ZoneInfo("Asia/Shanghai"))
FIRST_QUEUE = 12  # apart from those of the browser's county
PATIENCE = 120  # seconds, on a busy machine
OVER = 286  # the status that stops the page's asking


@pytest.fixture
def env(own_database: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A queue of the test's own, and a bound of rows so low that one pupil is above it.

    Only the web asks for the bound; the worker writes what it is told.
    """
    env = environment(own_database, FIRST_QUEUE)
    app = Celery("apart", set_as_current=False)
    app.config_from_object("django.conf:settings", namespace="CELERY")
    app.conf.update(broker_url=env["REDIS_URL"])
    monkeypatch.setattr(jobs, "current_app", app)
    monkeypatch.setattr("students.roster.lists.actions.AT_ONCE", 0)
    return env


def test_a_large_list_is_ordered_written_and_fetched(env: dict[str, str]) -> None:
    """And beside it two orders, each of two pages, as one PDF."""
    require()
    shift_clock(NOON - timezone.now())
    cast = make_cast()
    papers = _orders(cast)
    client, clerk = (client_of(cast.person(role)) for role in ("registrar", "township_officer"))
    ordered = client.post("/roster/export/pupils/", {"purpose": "报县教育局学籍核对"})
    said = {"pks": papers, "order": "number", "purpose": "打印送达"}
    piled = clerk.post("/papers/bundles/order/", said)
    job, pile = Job.objects.order_by("pk")
    assert (ordered.status_code, ordered["Location"]) == (302, f"/jobs/{job.pk}/")
    assert (piled.status_code, piled["Location"]) == (302, f"/jobs/{pile.pk}/")
    with worker(env) as process:
        assert process.poll() is None
        words = _words_at_the_end(client, job)
        _words_at_the_end(clerk, pile)
    job.refresh_from_db()
    assert (job.state, job.problem) == (Job.DONE, ""), words
    assert job.result_url in words
    answer = client.post(job.result_url)
    assert answer.status_code == 200
    rows = openpyxl.load_workbook(BytesIO(answer.content)).worksheets[0].values
    assert "张小明" in [row[1] for row in rows]
    pile.refresh_from_db()
    assert (pile.state, pile.problem) == (Job.DONE, "")
    with pikepdf.open(BytesIO(clerk.post(pile.result_url).content)) as made:
        assert len(made.pages) == 4


def _orders(cast: Cast) -> str:
    """The keys of two signed orders."""
    keys = []
    for name in ("张小明", "李小红"):
        case = a_case(cast, make_child(cast.here, name))
        reach(cast, case, "D4")
        for day in (25, 26, 28):
            talked = date(2025, 9, day)
            do(cast, case, Act.CONTACT, "township_officer", talked, method="visit")
        keys.append(signed(cast, case, NOON.date()).pk)
    return ",".join(map(str, keys))


def _words_at_the_end(client: Client, job: Job) -> str:
    """What the page of the job says when it asks no more."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        answer = client.get(f"/jobs/{job.pk}/status/")
        if answer.status_code == OVER:
            return page(answer, OVER)
        time.sleep(0.2)
    raise AssertionError(f"still waiting: {page(answer)}")
