"""Registers the app with Django."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Names the app returns."""

    name = "reporting.returns"
    label = "returns"
    verbose_name = "报表"
