"""The night's sweep: scores of the day, once, again when the rules change, each school alone."""

from collections.abc import Callable
from typing import Any

import pytest

from cases.models import Case
from cases.watch.actions import Reckoned, reckon, sweeping
from cases.watch.actions.sweeping import score_school
from cases.watch.models import Entry, Reckoning, Score
from cases.watch.rules import Setting
from students.attendance.models import Absence
from students.roster.models import Child, School
from tests.cast import Cast
from tests.watch.help import FRI, MON, Roll, at, back, rule

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


def test_a_child_below_the_line_has_none(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, back(cast, 5), back(cast, 7))
    roll.called(back(cast, 1))
    night()
    assert not Score.objects.exists()
    assert Reckoning.objects.get(school=cast.here.school).children == 1


def test_every_school_is_noted_with_its_figures(
    cast: Cast, ming: Child, hong: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    night()
    figures = {r.school_id: (r.children, r.warned) for r in Reckoning.objects.all()}
    assert figures == {cast.here.school.pk: (2, 1), cast.there.school.pk: (0, 0)}


def test_the_next_day_has_scores_of_its_own(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    night()
    night(MON)
    assert list(Score.objects.order_by("day").values_list("day", flat=True)) == [FRI, MON]


def test_changed_rules_are_followed_on_the_same_day(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    roll.called(back(cast, 1))
    night()
    rule(cast, Setting("missed_recent", True, 3, 60))
    night()
    score = Score.objects.get(child=ming)
    assert (score.version, score.score) == (1, 65)


def test_a_score_that_no_longer_reaches_the_line_falls_below_it(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    night()
    Absence.objects.update(until_version=2)
    rule(cast, Setting("spell", False, 1, 20))
    night()
    score = Score.objects.get(child=ming)
    assert (score.score, score.reasons) == (0, [])


def test_rules_of_tomorrow_do_not_count_today(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    rule(cast, Setting("missed_recent", False, 3, 30), valid_from=MON)
    night()
    assert Score.objects.get().version == 0
    night(MON)
    assert Reckoning.objects.get(school=cast.here.school, day=MON).version == 1


def test_a_school_that_fails_delays_only_itself(
    cast: Cast, ming: Child, roll: Roll, monkeypatch: pytest.MonkeyPatch
) -> None:
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))

    def fail_there(school: School, *args: Any) -> Reckoning:
        if school == cast.there.school:
            raise ValueError("broken")
        return score_school(school, *args)

    monkeypatch.setattr(sweeping, "score_school", fail_there)
    assert reckon(FRI, at(FRI)) == Reckoned(done=1, failed=1)
    monkeypatch.setattr(sweeping, "score_school", score_school)
    assert reckon(FRI, at(FRI)) == Reckoned(done=1, failed=0)


def test_no_score_opens_a_case_or_puts_a_child_on_the_ledger(
    cast: Cast, ming: Child, roll: Roll, night: Callable[..., None]
) -> None:
    roll.missed(ming, *(back(cast, n) for n in range(1, 15)))
    night()
    assert Score.objects.exists()
    assert not Case.objects.exists()
    assert not Entry.objects.exists()
