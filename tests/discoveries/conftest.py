"""The clock of the tests of 发现报告."""

from collections.abc import Callable
from datetime import date, datetime, time

import pytest

from foundation import clock
from tests.doers import CHINA


@pytest.fixture
def clock_on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """``clock_on(day)``: from now on it is ten in the morning of that day."""

    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.combine(day, time(10), CHINA))

    return move
