"""A case that the township's people know, and the pages of a day."""

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest
from django.utils import timezone

from cases.models import Case
from cases.recount.standings import count_ledgers
from foundation.accounts.actions import shift_clock
from tests.browsing import client_of
from tests.cases.steps import OPENED, a_case, at, sweep_on
from tests.cast import Cast, make_child

Page = Callable[..., str]


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case opened on Friday, 12 September."""
    return a_case(cast, make_child(cast.here))


def move_to(day: date) -> None:
    """Nine o'clock of that day; the sweep has run and the ledger is counted."""
    shift_clock(at(day) - timezone.now())
    sweep_on(day)
    count_ledgers(day, at(day))


@pytest.fixture
def on(settings):
    """``on(day)``: nine o'clock of that day; the sweep has run and the ledger is counted."""

    def move(day: date = OPENED) -> None:
        settings.CLOCK_MAY_SHIFT = True
        move_to(day)

    return move


@pytest.fixture
def page_of(cast: Cast) -> Page:
    """The text of a page as a role reads it, signed in once; the page must be there."""
    of = cache(lambda role, there: client_of(cast.person(role, there)))

    def read(role: str, url: str = "/", there: bool = False) -> str:
        answer = of(role, there).get(url)
        assert answer.status_code == 200, (role, url, answer.status_code)
        return answer.content.decode()

    return read
