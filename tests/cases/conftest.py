"""A case that stands around all tests of a module, made once."""

from collections.abc import Callable

import pytest

from cases.models import Case
from tests.cases.steps import a_case
from tests.cast import Cast, make_child


@pytest.fixture(scope="module")
def standing_case(beside_cast: Callable[..., Callable[[], Case]]) -> Callable[[], Case]:
    """``standing_case()``: a case of our village, as the roll opened it on Friday the 12th.

    For a module of which every test asks for it: its rows are there for each of them.
    """
    return beside_cast(_opened)


def _opened(cast: Cast) -> Case:
    return a_case(cast, make_child(cast.here))
