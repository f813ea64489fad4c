"""Sessions that ended are cleared away by a task that beat knows; the others stay."""

from datetime import timedelta

from django.utils import timezone

from foundation.accounts.models import OpenSession
from foundation.accounts.tasks import clear_sessions
from kongchuo.celery import SCHEDULE, app
from tests.cast import Cast


def test_only_what_has_ended_goes(cast: Cast) -> None:
    now = timezone.now()
    for key, ends in (("ended", now - timedelta(seconds=1)), ("living", now + timedelta(hours=1))):
        OpenSession.objects.create(
            session_key=key, session_data="", expire_date=ends, used_at=now, idle_seconds=1800
        )
    clear_sessions()
    assert set(OpenSession.objects.values_list("session_key", flat=True)) == {"living"}


def test_every_task_of_the_schedule_exists() -> None:
    app.loader.import_default_modules()
    assert {row["task"] for row in SCHEDULE.values()} <= set(app.tasks)
