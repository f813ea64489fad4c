"""Periodic tasks: delete old sessions, close accounts without a post."""

from celery import shared_task

from foundation import clock
from foundation.accounts import actions
from foundation.accounts.door.sessions import SessionStore


@shared_task(name="foundation.accounts.tasks.clear_sessions")
def clear_sessions() -> None:
    """Every few hours (kongchuo/celery.py): deletes sessions that ended long ago."""
    SessionStore.clear_expired()


@shared_task(name="foundation.accounts.tasks.close_left_accounts")
def close_left_accounts() -> None:
    """Every few hours: closes accounts whose last post has ended (S57)."""
    actions.close_left_accounts(clock.today())
