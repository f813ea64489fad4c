"""Registers the app with Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Names the app jobs."""

    name = "foundation.jobs"
    label = "jobs"
    verbose_name = "后台任务"
