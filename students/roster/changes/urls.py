"""Addresses of 学籍异动 and of the daily report."""

from django.urls import path, register_converter

from students.roster.certificates import views as certificates
from students.roster.changes.views import acting, entering, listing, papers, reports
from students.roster.changes.views.common import DayConverter

register_converter(DayConverter, "report_day")

app_name = "changes"

urlpatterns = [
    path("", listing.change_list, name="list"),
    path("<int:pk>/", listing.change, name="change"),
    path("<int:pk>/papers/<int:proof>/", papers.paper, name="paper"),
    path("<int:pk>/application/", certificates.of_change, name="application"),
    path("<int:pk>/certify/", certificates.certify, name="certify"),
    path("<int:pk>/<slug:act>/", acting.step, name="step"),
    path("new/", entering.start, name="start"),
    path("pupil/<int:pk>/", entering.kinds, name="kinds"),
    path(
        "pupil/<int:pk>/<slug:code>/application/",
        certificates.of_pupil,
        name="application_of",
    ),
    path("pupil/<int:pk>/<slug:code>/", entering.record, name="record"),
    path("ask/", entering.ask, name="ask"),
    path("take-in/", entering.take_in, name="take_in"),
    path("defer/", entering.defer, name="defer"),
    path("defer/application/", certificates.blank, name="application_blank"),
    path("reports/", reports.day, name="reports"),
    path("reports/<int:class_id>/<report_day:day>/", reports.report, name="report"),
    path("reports/schools/<int:pk>/<report_day:day>/nudge/", reports.nudge, name="nudge"),
    path("reports/lines/<int:pk>/", reports.verify, name="verify"),
]
