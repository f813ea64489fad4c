"""All addresses of the product."""

from django.urls import URLPattern, URLResolver, include, path

from kongchuo import health
from kongchuo.web import errors, examples, manifest

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz/", health.healthz, name="healthz"),
    path("readyz/", health.readyz, name="readyz"),
    path("manifest.webmanifest", manifest.manifest, name="manifest"),
    path("accounts/", include("kongchuo.signin_urls")),
    path("help/", include("kongchuo.help.urls")),
    path("status/", include("kongchuo.status.urls")),
    path("parameters/", include("kongchuo.setup.parameters.urls")),
    path("emblem/", include("kongchuo.setup.emblem.urls")),
    path("audit/", include("kongchuo.setup.audit.urls")),
    path("units/", include("kongchuo.setup.units.urls")),
    path("people/", include("students.staff.account_urls")),
    path("people/", include("foundation.accounts.urls")),
    path("opening/", include("kongchuo.setup.opening.urls")),
    path("staff/", include("students.staff.urls")),
    path("inbox/", include("foundation.messaging.urls")),
    path("papers/", include("reporting.papers.urls")),
    path("papers/", include("foundation.papers.urls")),
    path("lists/", include("foundation.lists.urls")),
    path("jobs/", include("foundation.jobs.urls")),
    path("calendars/setup/", include("kongchuo.setup.calendar.urls")),
    path("calendars/", include("students.calendars.urls")),
    path("roster/", include("students.roster.urls")),
    path("changes/", include("students.roster.changes.urls")),
    path("census/", include("cases.census.urls")),
    path("census/", include("students.census.urls")),
    path("returns/", include("reporting.returns.urls")),
    path("roll/", include("cases.rolls.urls")),
    path("mornings/", include("cases.mornings.urls")),
    path("mornings/", include("students.attendance.urls")),
    path("watch/", include("cases.watch.urls")),
    path("discoveries/", include("cases.discoveries.urls")),
    *examples.urls(),
    path("", include("cases.urls")),
    path("", include("reporting.desk.urls")),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
