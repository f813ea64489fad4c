"""Rules of the second factor (S56): codes of an authenticator app, and from when they are demanded.

The codes are those of RFC 6238: six digits, SHA-1, a new one every 30 seconds.
"""

import base64
import secrets
from collections.abc import Iterable
from datetime import date, timedelta

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

# In the session: the last day without a factor; the keys of pages and middleware.
FACTOR_UNTIL = "factor_until"
DIGITS = 6
STEP_SECONDS = 30
# S56: the phone's clock may be a step behind or ahead.
STEPS_OFF = 1
GRACE = timedelta(days=14)
_SECRET_BYTES = 20
_IN_A_GROUP = 4


def new_secret() -> str:
    """A new key for an app, in base 32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def grouped(secret: str) -> str:
    """The key in groups of four, to be typed by hand."""
    return " ".join(secret[at : at + _IN_A_GROUP] for at in range(0, len(secret), _IN_A_GROUP))


def step_of(secret: str, code: str, moment: float, last: int | None) -> int | None:
    """The step of a right code; None for a wrong one, and for one not later than step ``last``.

    ``moment`` is in seconds since 1970. A code used once is never right again.
    """
    typed = "".join(code.split())
    if len(typed) != DIGITS or not typed.isascii() or not typed.isdigit():
        return None
    now = int(moment // STEP_SECONDS)
    app = HOTP(base64.b32decode(secret), DIGITS, SHA1())
    for step in range(now - STEPS_OFF, now + STEPS_OFF + 1):
        if _is_of(app, typed, step) and (last is None or step > last):
            return step
    return None


def _is_of(app: HOTP, typed: str, step: int) -> bool:
    try:
        app.verify(typed.encode(), step)
    except InvalidToken:
        return False
    return True


def is_demanded(held: Iterable[str], demanded: Iterable[str]) -> bool:
    """Whether one of the roles held is among those of which the county demands a factor."""
    return not set(held).isdisjoint(demanded)


def last_day_of_grace(asked_on: date) -> date:
    """The last day on which somebody who was asked on ``asked_on`` works without a factor."""
    return asked_on + GRACE
