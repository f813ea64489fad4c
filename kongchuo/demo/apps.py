"""Registers the app with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Names the app demo; it has no tables of its own."""

    name = "kongchuo.demo"
    label = "demo"
    verbose_name = "演示县"
