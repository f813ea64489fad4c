"""Registers the app with Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Names the app cases."""

    name = "cases"
    label = "cases"
    verbose_name = "个案"
