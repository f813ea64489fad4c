"""Registers the app with Django."""

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """Names the app calendars."""

    name = "students.calendars"
    label = "calendars"
    verbose_name = "校历"
