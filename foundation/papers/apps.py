"""Registers the app with Django."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Names the app papers."""

    name = "foundation.papers"
    label = "papers"
    verbose_name = "文书"
