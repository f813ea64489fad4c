"""The people of a school, with a day to stand on."""

from typing import Any

import pytest

from foundation import clock
from tests.cases.steps import at
from tests.staff.steps import TODAY


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: at(TODAY))


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """Argon2 is slow on purpose; what is tested here does not hang on the hash."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
