"""Who walks the demo county, when, and what is done before the walk begins."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import time_machine
from celery import current_app
from django.apps import apps
from django.conf import settings
from django.test import Client

# One demo account a role (README.md); a visitor has none.
ACCOUNTS = {
    "class_teacher": "banzhuren",
    "registrar": "xueji",
    "head_teacher": "xiaozhang",
    "central_school": "zhongxinxiao",
    "village_cadre": "cungan",
    "township_officer": "jingbanren",
    "township_leader": "zhenzhang",
    "education_office": "jiaoguanban",
    "county_desk": "jijiaogu",
    "supervisor": "dudao",
    "bureau_leader": "juzhang",
    "administrator": "guanliyuan",
    "security_officer": "anquanyuan",
    "auditor": "shenjiyuan",
}
VISITOR = "visitor"
ROLES = (VISITOR, *ACCOUNTS)
AFTER_THE_CLOCK_WAS_SET = timedelta(hours=2)  # the demo's clock is set to eight in the morning


@dataclass(frozen=True)
class Tour:
    """Primary keys of the units in which the demo's accounts work."""

    school: int
    township: int
    village: int


def post_of(role: str) -> Any:
    """The post that a demo account holds."""
    posts = apps.get_model("accounts", "Post").objects
    return posts.filter(role=role, person__username=ACCOUNTS[role]).order_by("-pk")[0]


def tour() -> Tour:
    """Where the demo's accounts work."""
    return Tour(
        school=post_of("registrar").unit_id,
        township=post_of("township_officer").unit_id,
        village=post_of("village_cadre").unit_id,
    )


def client_of(role: str) -> Client:
    """A client signed in as the role's demo account; a server's error is an answer like others."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    if role != VISITOR:
        person = post_of(role).person
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return client


def moment() -> datetime:
    """The real moment at which the clock is held: the same for every copy of a database."""
    newest = apps.get_model("accounts", "ClockShift").objects.order_by("-pk")[0]
    set_at: datetime = newest.set_at
    return set_at + AFTER_THE_CLOCK_WAS_SET


@contextmanager
def held() -> Iterator[None]:
    """The clock stands."""
    with time_machine.travel(moment(), tick=False):
        yield


def run_waiting_jobs() -> str:
    """Do what a worker would do, so that what is made in the background is made by this code.

    Returns how many ran, and the tasks that no worker knows.
    """
    current_app.loader.import_default_modules()
    ran, unknown = 0, set()
    for job in apps.get_model("jobs", "Job").objects.filter(state="queued").order_by("pk"):
        if job.task in current_app.tasks:
            current_app.tasks[job.task].run(job.pk)
            ran += 1
        else:
            unknown.add(job.task)
    return f"{ran}, unknown: {sorted(unknown)}"
