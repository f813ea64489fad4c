"""What the sign-in leaves behind, cleared away by the queue."""

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore


@shared_task
def clear_sessions() -> None:
    """Every few hours (kongchuo/celery.py): sessions that ended long ago."""
    SessionStore.clear_expired()
