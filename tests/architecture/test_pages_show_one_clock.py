"""A page shows moments of the one clock (foundation/clock.py), also in a demo on another day.

A fact is written by clock.now. What is compared with the real clock (ends of sessions and
passwords, leases, limits, watermarks) stays real, and a template shows it through the filter
``shown``.
"""

import re

from django.apps import apps
from django.db.models import DateTimeField
from django.utils import timezone

from tests.architecture.sources import PRODUCT, ROOT, paths

# Modules that read the real clock, and what they compare with it.
REAL = {
    "foundation/clock.py": "the clock itself",
    "kongchuo/demo/progress.py": "how far the demo's clock is moved",
    "foundation/jobs/actions.py": "leases and heartbeats",
    "foundation/jobs/views.py": "leases",
    "foundation/jobs/runs.py": "heartbeats",
    "kongchuo/status/looking.py": "ages of heartbeats",
    "kongchuo/status/views.py": "jobs that failed lately",
    "foundation/files/tasks.py": "files that no row names yet",
    "foundation/accounts/audit.py": "the audit, and limits counted over it",
    "foundation/accounts/middleware.py": "trusted phones, limits",
    "foundation/accounts/requests.py": "acts on passwords, locks and phones",
    "foundation/accounts/door/adapter.py": "sign-in: lock-out, expiry of first passwords",
    "foundation/accounts/door/city.py": "sign-in: lock-out",
    "foundation/accounts/door/sessions.py": "ends of sessions",
    "foundation/accounts/door/trusting.py": "trusted phones",
    "foundation/accounts/factors/views.py": "codes of a moment, the days of grace",
    "foundation/accounts/sessions/views.py": "ends of sessions",
    "foundation/accounts/seconding/views.py": "requests that lapse",
    "foundation/accounts/people/views.py": "lock-out",
    "students/staff/views/accounts.py": "lock-out, requests that lapse",
    "students/staff/views/people.py": "lock-out",
    "students/roster/imports/views/batches.py": "leases",
    "reporting/returns/views.py": "leases",
    "foundation/papers/views/public.py": "how often an address asked in this minute",
    "reporting/desk/today.py": "requests that lapse",
    "kongchuo/setup/opening/management/commands/opening_address.py": "the end of the address",
    "kongchuo/setup/opening/management/commands/open_county.py": "ends of first passwords",
    "kongchuo/setup/opening/management/commands/reset_officer.py": "when a reset was asked for",
    "kongchuo/setup/opening/views/start.py": "ends of the address and of first passwords",
    "kongchuo/setup/opening/tasks.py": "acts on accounts, as the page that orders them",
    "cases/recount/standings.py": "the watermark of rows in flight",
}
# Fields that fill themselves by the real clock, and why no page shows them as they are.
KEPT_REAL = {
    "accounts.ClockShift.set_at": "the clock itself",
    "accounts.Person.created_at": "sealing of unused accounts",
    "jobs.Job.created_at": "jobs that wait too long",
    "files.StoredFile.kept_at": "files that no row names yet",
    "messaging.Message.created_at": "never shown: a letter shows its day",
    "messaging.ReadMark.read_at": "never shown",
    "lists.SavedView.saved_at": "never shown",
    "attendance.AbsenceSpell.updated_at": "the watermark of counted standings",
    "cases.Case.created_at": "never shown: a case shows its day of opening",
    "roster.Child.created_at": "never shown",
    "roster.FormerNumber.recorded_at": "never shown",
    "roster.Enrolment.recorded_at": "never shown",
}
_SHOWN = re.compile(
    r"(?:session\.\w+_at|phone\.trusted_at|created_at|first_password_\w+|phone_used_at|requested_at"
    r"|slip\.until|asked\.\w+_at|who\.\w+_at|kept_at|book\.ended_at|row\.at|change\.at)\|date"
)
# What an act wrote by the clock under one of these names.
_WRITTEN = ("built.created_at|date",)


def test_only_these_modules_read_the_real_clock() -> None:
    found = {
        path
        for path in paths(*PRODUCT)
        if "timezone.now" in (ROOT / path).read_text() and "/migrations/" not in path
    }
    assert found == set(REAL)


def test_only_these_fields_are_filled_by_the_real_clock() -> None:
    found = {
        f"{field.model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if model.__module__.split(".")[0] in PRODUCT
        and not model._meta.label.endswith("Event")
        and isinstance(field, DateTimeField)
        and (field.auto_now or field.auto_now_add or field.default is timezone.now)
    }
    assert found == set(KEPT_REAL)


def test_templates_show_real_moments_by_the_clock_of_the_pages() -> None:
    found = {
        str(path.relative_to(ROOT)): bad
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if (bad := _SHOWN.findall(_left(path.read_text())))
    }
    assert found == {}


def _left(template: str) -> str:
    for one in _WRITTEN:
        template = template.replace(one, "")
    return template


def test_one_that_is_not_is_found() -> None:
    assert _SHOWN.search('{{ session.began_at|date:"Y" }}')
    assert not _SHOWN.search('{{ session.began_at|shown|date:"Y" }}')
