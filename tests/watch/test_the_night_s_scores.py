"""The night's sweep: scores of the day, once, again when the rules change, each school alone."""

from collections.abc import Callable

import pytest

from cases.watch.models import Reckoning, Score
from students.roster.models import Child
from tests.cast import Cast
from tests.watch.help import FRI, Roll, back

pytestmark = pytest.mark.django_db


def test_a_child_who_reaches_the_line_has_a_score_of_the_day(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, back(cast, 5), back(cast, 7), back(cast, 9))
    roll.called(back(cast, 1))
    night()
    score = Score.objects.get(child=ming)
    assert (score.day, score.version, score.line) == (FRI, 0, 30)
    assert [reason["code"] for reason in score.reasons] == ["missed_recent", "junior"]
    assert score.reasons[0]["words"] == "近20个上课日无故缺勤3天"
    assert score.score == 35


def test_running_twice_changes_nothing(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    night()
    before = list(Score.objects.values()), list(Reckoning.objects.values())
    night()
    assert (list(Score.objects.values()), list(Reckoning.objects.values())) == before
