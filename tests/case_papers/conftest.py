"""A case of a child whose father is known, on the day on which the village is asked."""

from datetime import date

import pytest

from cases.models import Case
from foundation import clock
from tests.cases.steps import a_case, at, reach
from tests.cast import Cast, make_child

DAY = date(2025, 9, 19)


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case that has come to the village."""
    child = make_child(cast.here, guardians=({"name": "张父", "relation": "父亲"},))
    found = a_case(cast, child)
    reach(cast, found, "D3")
    return found


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch):
    """``on(day)``: from now on it is ten o'clock of that day."""

    def move(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day, 10))

    move(DAY)
    return move
