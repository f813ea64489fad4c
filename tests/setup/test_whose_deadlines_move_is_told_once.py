"""Who holds deadlines that a change moves gets one message for the change, with its paper."""

import re
from datetime import date
from typing import Any

import pytest

from cases.policy import Act
from foundation.messaging.models import Message
from tests.cases.steps import a_case, do
from tests.cast import make_child
from tests.setup.parameters.test_a_parameter_is_changed_on_a_page import (
    FRI,
    PAPER,
    PERSUADE,
    confirm,
    desk_on,
    preview,
)

__all__ = ["desk_on"]


@pytest.fixture
def cases(cast: Any) -> list[Any]:
    """Children of our school, reported on Friday."""
    made = (a_case(cast, make_child(cast.here, name)) for name in ("张小明", "李小红"))
    return [do(cast, case, Act.REPORT, "class_teacher", FRI) for case in made]


def told() -> Any:
    return Message.objects.filter(key__startswith="moved:parameter:")


def test_the_school_gets_one_message_for_all_its_deadlines(cast, cases, desk_on) -> None:
    desk = desk_on(FRI)
    moved = re.search(r"会改期的期限：(\d+)个", preview(desk, PERSUADE, FRI, value=5))
    assert moved
    assert int(moved[1]) > 1
    confirm(desk, PERSUADE, FRI, value=5)
    (letter,) = told().filter(to_unit=cast.here.school.unit)
    assert letter.title == f"{moved[1]}个期限改期：学校劝返期限变更"
    assert "9月17日改为9月19日" in letter.body
    assert PAPER["source"] in letter.body
    assert not told().filter(to_unit=cast.there.school.unit).exists()


def test_what_moves_nothing_tells_nobody(cases, desk_on) -> None:
    confirm(desk_on(FRI), PERSUADE, date(2025, 9, 22), value=5)
    assert not told().exists()
