"""A class of three, its teacher and the school's desk."""

import pytest

from students.roster.models import Child
from tests.attendance.help import Caller
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
