"""Writes that a person went beyond a limit: a row a day for the bureau, and the audit each time."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.limits.rules import Limit
from foundation.accounts.models import LimitReport
from foundation.accounts.viewer import Viewer
from foundation.rows import unless_taken


@transaction.atomic
def report_limit(viewer: Viewer, origin: Origin, limit: Limit, now: datetime) -> None:
    """Tell the bureau, once a day for each limit."""
    audit.record(origin, "over_limit", outcome="refused", details={"limit": limit.code})
    if viewer.person_id is None or not viewer.posts:
        return
    with unless_taken("one_report_of_a_limit_a_day"):
        LimitReport.objects.create(
            person_id=viewer.person_id,
            post_id=viewer.posts[0].id,
            county_id=viewer.posts[0].county_id,
            limit=limit.code,
            day=timezone.localdate(now),
            at=now,
        )
