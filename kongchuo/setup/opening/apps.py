"""Registers the app with Django."""

from django.apps import AppConfig


class OpeningConfig(AppConfig):
    """Names the app opening."""

    name = "kongchuo.setup.opening"
    label = "opening"
    verbose_name = "开通"
