"""Registers the app with Django."""

from django.apps import AppConfig


class AttendanceConfig(AppConfig):
    """Names the app attendance."""

    name = "students.attendance"
    label = "attendance"
    verbose_name = "点名"
