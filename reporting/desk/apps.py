"""The app of the first pages."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """工作台: month figures by unit, kept for the pictures."""

    name = "reporting.desk"
    label = "desk"
