"""The cookie by which a trusted phone is known: read by no script, sent to nobody else (S60)."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.http import HttpResponse

SAMESITE: Final = "Lax"  # the link in the school's chat group must open the class


def keep_phone(response: HttpResponse, token: str, days: int) -> None:
    """Have the phone keep its token; a day longer than it opens, since a day has hours."""
    response.set_cookie(
        settings.PHONE_COOKIE_NAME,
        token,
        max_age=timedelta(days=days + 1),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=SAMESITE,
    )


def drop_phone(response: HttpResponse) -> None:
    """Have the phone forget its token."""
    response.delete_cookie(settings.PHONE_COOKIE_NAME, samesite=SAMESITE)
