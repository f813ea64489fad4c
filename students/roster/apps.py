"""Registers the app with Django."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """Names the app roster."""

    name = "students.roster"
    label = "roster"
    verbose_name = "名册"
