"""Registers the app with Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Names the app files."""

    name = "foundation.files"
    label = "files"
    verbose_name = "佐证材料"
