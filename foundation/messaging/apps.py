"""Registers the app with Django."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Names the app messaging."""

    name = "foundation.messaging"
    label = "messaging"
    verbose_name = "消息"
