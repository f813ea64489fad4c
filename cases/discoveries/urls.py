"""Addresses of 发现报告."""

from django.urls import path

from cases.discoveries.views import lists, reporting

app_name = "discoveries"

urlpatterns = [
    path("", lists.reports, name="reports"),
    path("new/", reporting.report_new, name="new"),
    path("pupils/<int:pk>/", reporting.report_pupil, name="pupil"),
    path("cases/<str:number>/school/", reporting.school, name="school"),
    path("<int:pk>/", lists.report, name="report"),
    path("<int:pk>/take-back/", reporting.take_back, name="take_back"),
    path("<int:pk>/answer/", reporting.answer, name="answer"),
]
