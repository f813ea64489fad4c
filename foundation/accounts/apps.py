"""Registers the app with Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Names the app accounts."""

    name = "foundation.accounts"
    label = "accounts"
    verbose_name = "账号与单位"
