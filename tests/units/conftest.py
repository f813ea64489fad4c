"""Friday, and who keeps the units."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.browsing import client_of
from tests.cast import Cast

FRIDAY, TOMORROW = "2025-09-12", "2025-09-13"
PAPER = {"day": FRIDAY, "document": "甲教发〔2025〕12号", "reason": "布局调整"}


@pytest.fixture(autouse=True)
def _friday() -> Iterator[None]:
    with time_machine.travel(f"{FRIDAY} 02:00:00+00:00", tick=False):
        yield


@pytest.fixture
def keeper(cast: Cast) -> Client:
    return client_of(cast.person("administrator"))
