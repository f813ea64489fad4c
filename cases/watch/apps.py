"""Registers the app with Django."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Names the app watch."""

    name = "cases.watch"
    label = "watch"
    verbose_name = "重点关注"
