"""The queue and its periodic tasks. A task only pokes; due work is rows in the database."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

from foundation.fingerprints import WrongKeyring
from kongchuo.starting import require_own_keyring

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongchuo.settings")

# Every periodic task of the product, with its distance in seconds and what it is for.
SCHEDULE = {
    "sweep": {"task": "cases.tasks.sweep", "schedule": 300.0},  # deadlines, reminders
    "ledger": {"task": "cases.tasks.count", "schedule": 300.0},  # 疑似, 辍学, 复学 of the day
    "months": {"task": "reporting.desk.tasks.count", "schedule": 600.0},  # once a day
    "rolls": {"task": "students.attendance.tasks.remind", "schedule": 300.0},  # 未点名 after P0
    "expiry": {"task": "students.roster.tasks.remind_of_expiry", "schedule": 3_600.0},  # 休学期满
    "sessions": {"task": "foundation.accounts.tasks.clear_sessions", "schedule": 21_600.0},
    "files": {"task": "foundation.files.tasks.remove_orphans", "schedule": 21_600.0},
    "left-accounts": {
        "task": "foundation.accounts.tasks.close_left_accounts",
        "schedule": 3_600.0,
    },  # whose last post has ended
    "pick-up": {
        "task": "foundation.jobs.tasks.pick_up",
        "schedule": 15.0,
        "options": {"expires": 15.0},  # while every worker is busy, they do not pile up
    },  # orphaned work, within a minute of its worker's death
    "exports": {"task": "students.roster.tasks.forget_exports", "schedule": 3_600.0},  # after a day
    "paper-bundles": {
        "task": "foundation.papers.tasks.forget_bundles",
        "schedule": 3_600.0,
    },  # after a day
    "arrangements": {
        "task": "students.calendars.tasks.ask",
        "schedule": 3_600.0,
    },  # for the holidays of the next year, from 1 November
    "units": {"task": "kongchuo.setup.units.tasks.carry_out", "schedule": 300.0},  # 撤并生效
    "disuse": {
        "task": "kongchuo.setup.disuse.tasks.remind",
        "schedule": 3_600.0,
    },  # accounts unused for 150 and 180 days
    "warnings": {"task": "cases.watch.tasks.reckon", "schedule": 600.0},  # scores, once a day
}

# The packages whose tasks.py the worker loads.
PACKAGES = (
    "foundation.accounts",
    "foundation.jobs",
    "foundation.files",
    "foundation.papers",
    "students.calendars",
    "students.roster",
    "students.attendance",
    "cases",
    "cases.watch",
    "kongchuo.setup.opening",
    "reporting.returns",
    "reporting.desk",
    "kongchuo.setup.units",
    "kongchuo.setup.disuse",
)

app = Celery("kongchuo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = SCHEDULE
app.autodiscover_tasks(list(PACKAGES))


@worker_init.connect
def start_with_the_own_keyring(**kwargs: Any) -> None:
    """A worker under another database's keyring does not start. Any other error is only logged."""
    try:
        require_own_keyring()
    except WrongKeyring as error:
        raise SystemExit(str(error)) from error
