"""Addresses of the county's lists of accounts, for the security officer and the auditor."""

from django.urls import path

from students.staff.views import accounts

urlpatterns = [
    path("", accounts.people, name="people"),
    path("limits/", accounts.limits, name="limit_reports"),
]
