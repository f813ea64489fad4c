"""Registers the app with Django."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Names the app lists."""

    name = "foundation.lists"
    label = "lists"
    verbose_name = "列表视图"
