"""Registers the app with Django."""

from django.apps import AppConfig
from django.utils.module_loading import import_string

from students.roster.changes.presence import LAST_THERE


class AttendanceConfig(AppConfig):
    """Names the app attendance."""

    name = "students.attendance"
    label = "attendance"
    verbose_name = "点名"

    def ready(self) -> None:
        """Let the roster ask when a child was last at school. The roll's models load only now."""
        LAST_THERE.append(import_string("students.attendance.rolls.facts.last_there"))
