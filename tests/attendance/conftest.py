"""A class of three, its teacher and the school's desk, and a clock to move."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from students.roster.models import Child
from tests.attendance.help import Caller, at
from tests.attendance.pages import Browser, browser_of
from tests.cast import Cast, make_child


@pytest.fixture
def teacher(cast: Cast) -> Caller:
    return Caller(cast)


@pytest.fixture
def desk(cast: Cast) -> Caller:
    return Caller(cast, "registrar")


@pytest.fixture
def ming(cast: Cast) -> Child:
    return make_child(cast.here, "张小明")


@pytest.fixture
def hong(cast: Cast, ming: Child) -> Child:
    return make_child(cast.here, "李小红")


@pytest.fixture
def hua(cast: Cast, hong: Child) -> Child:
    return make_child(cast.here, "王小华")


@pytest.fixture
def clock_at(settings) -> Callable[..., None]:
    """``clock_at(day, hour)``: from now on it is that hour of that day."""

    def move(day: date, hour: int = 7) -> None:
        settings.CLOCK_MAY_SHIFT = True
        shift_clock(at(day, hour) - timezone.now())

    return move


@pytest.fixture
def page(cast: Cast) -> Browser:
    """The class teacher's browser on the page of today."""
    return browser_of(cast.person("class_teacher"), cast.here.school_class.pk)


@pytest.fixture
def desk_page(cast: Cast) -> Browser:
    """The registrar's browser on the page of today."""
    return browser_of(cast.person("registrar"), cast.here.school_class.pk)
