"""The wiring: settings, addresses, the queue."""

from kongchuo.celery import app as celery_app

__all__ = ["celery_app"]
