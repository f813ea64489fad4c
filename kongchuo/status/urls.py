"""Addresses of 系统状态."""

from django.urls import path

from kongchuo.status import views

urlpatterns = [
    path("", views.page, name="status"),
    path("deadlines/<int:pk>/retry/", views.retry_deadline, name="retry_deadline"),
    path("jobs/<int:pk>/retry/", views.retry_job, name="retry_job"),
]
