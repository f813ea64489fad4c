"""Registers the app with Django."""

from django.apps import AppConfig


class CensusConfig(AppConfig):
    """Names the app census."""

    name = "students.census"
    label = "census"
    verbose_name = "入学"
