"""Keeps the notes of one page to the next in a sealed cookie: they may name a person."""

from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from foundation.protected import SealBroken, keyring

PLACE = "cookie.flash"


class SealedCookieStorage(CookieStorage):
    """Django's cookie of messages, unreadable to whoever finds it in a browser or a log."""

    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        return str(settings.FLASH_COOKIE_NAME)

    def _encode_parts(self, messages: Any, encode_empty: bool = False) -> str | None:
        plain = super()._encode_parts(messages, encode_empty)  # type: ignore[misc]
        return keyring().seal(plain, PLACE) if plain else None

    def _decode(self, data: str | None) -> Any:
        try:
            plain = keyring().open(data, PLACE) if data else None
        except SealBroken:
            self.used = True  # removes the cookie
            return None
        return super()._decode(plain)  # type: ignore[misc]


class FlashStorage(FallbackStorage):
    """The sealed cookie; what does not fit into it lies in the session."""

    storage_classes = (SealedCookieStorage, SessionStorage)
