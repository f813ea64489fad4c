"""Addresses of jobs in the background."""

from django.urls import path

from foundation.jobs import views

urlpatterns = [
    path("<int:pk>/", views.job, name="job"),
    path("<int:pk>/status/", views.status, name="job_status"),
]
