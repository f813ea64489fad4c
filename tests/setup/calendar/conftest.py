"""The county's desk in a browser on a Wednesday before New Year, with a case of that day."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from cases.models import Case
from cases.policy import Act
from foundation.accounts.actions import shift_clock
from tests.browsing import client_of
from tests.cases.steps import a_case, at, do
from tests.cast import Cast, make_child

WED = date(2026, 12, 30)


@pytest.fixture
def case(cast: Cast) -> Case:
    """Reported on Wednesday: without the holidays of 2027 its three days end on Monday."""
    found = a_case(cast, make_child(cast.here), WED, date(2026, 12, 29))
    return do(cast, found, Act.REPORT, "class_teacher", WED)


@pytest.fixture
def desk_on(cast: Cast, settings) -> Callable[[date], Client]:
    """``desk_on(day)``: the county's desk at nine o'clock of that day."""

    def sit_down(day: date = WED) -> Client:
        settings.CLOCK_MAY_SHIFT = True
        shift_clock(at(day) - timezone.now())
        return client_of(cast.person("county_desk"))

    return sit_down


@pytest.fixture
def desk(desk_on: Callable[[date], Client]) -> Client:
    """The desk on that Wednesday."""
    return desk_on(WED)
