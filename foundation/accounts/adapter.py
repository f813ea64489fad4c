"""Closes django-allauth's sign-up: accounts are granted, never taken."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAdapter(DefaultAccountAdapter):
    """No stranger makes an account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False
