"""Registers the app with Django."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """The app ``roster``: its tables, migrations and address names carry this label."""

    name = "students.roster"
    label = "roster"
    verbose_name = "名册"
