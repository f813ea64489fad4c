"""The cookie of a trusted phone: hidden from scripts, sent to no other site (S60)."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpResponse

SAMESITE: Final = "Lax"  # the link in the school's chat group must open the class


def keep_phone(response: HttpResponse, token: str, days: int) -> None:
    """Set the cookie. It lasts a day longer than the trust, so that the last day is whole."""
    response.set_cookie(
        settings.PHONE_COOKIE_NAME,
        token,
        max_age=timedelta(days=days + 1),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=SAMESITE,
    )


def drop_phone(response: HttpResponse) -> None:
    response.delete_cookie(settings.PHONE_COOKIE_NAME, samesite=SAMESITE)
