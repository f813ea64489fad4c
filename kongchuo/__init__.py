"""Puts the product together: settings, addresses, the queue, the menu, the demo."""

from kongchuo.celery import app as celery_app

__all__ = ["celery_app"]
