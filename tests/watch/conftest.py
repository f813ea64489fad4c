"""A school that has called the roll for half a year, and short words to say who was missing."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from cases.watch.actions import reckon
from foundation.accounts.actions import shift_clock
from students.roster.models import Child
from tests.cast import Cast, make_child
from tests.watch.help import FRI, Roll, at


@pytest.fixture
def ming(cast: Cast) -> Child:
    return make_child(cast.here, "张小明")


@pytest.fixture
def hong(cast: Cast) -> Child:
    return make_child(cast.here, "李小红")


@pytest.fixture
def roll(cast: Cast) -> Roll:
    return Roll(cast)


@pytest.fixture
def night(cast: Cast) -> Callable[..., None]:
    """``night()``: the sweep of a day."""

    def sweep(day: date = FRI) -> None:
        reckon(day, at(day, 0))

    return sweep


@pytest.fixture
def clock_on(settings) -> Callable[[date], None]:
    """``clock_on(day)``: from now on it is eight in the morning of that day."""

    def move(day: date) -> None:
        settings.CLOCK_MAY_SHIFT = True
        shift_clock(at(day, 8) - timezone.now())

    return move
