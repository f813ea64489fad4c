"""留守 by the registry's definition and by 国发〔2016〕13号: the bounds, and the reasons."""

from datetime import date, timedelta

import pytest

from students.roster.rules.left_behind import (
    FATHER,
    MOTHER,
    GuardianAway,
    council_finding,
    months_after,
    registry_finding,
)

DAY = date(2025, 9, 12)
ONE_DAY = timedelta(days=1)
LONG_AGO = date(2024, 2, 1)
BORN = date(2012, 5, 6)


def registry(*aways: GuardianAway, day: date = DAY, elsewhere: bool | None = False) -> str:
    return registry_finding(aways, day, elsewhere=elsewhere).words


def council(*aways: GuardianAway, born_on: date | None = BORN, day: date = DAY) -> bool:
    return council_finding(aways, born_on, day).is_left_behind


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 9, 11), "非留守儿童"),
        (date(2025, 9, 12), "单亲留守儿童"),
        (date(2025, 9, 13), "单亲留守儿童"),
    ],
)
def test_the_registry_counts_from_the_day_three_months_are_full(day: date, words: str):
    assert registry(GuardianAway(FATHER, date(2025, 6, 12)), day=day) == words


def test_three_months_from_the_last_of_november_are_full_on_the_last_of_february():
    assert months_after(date(2025, 11, 30), 3) == date(2026, 2, 28)
    assert months_after(date(2023, 11, 30), 3) == date(2024, 2, 29)
    assert months_after(date(2025, 12, 31), 3) == date(2026, 3, 31)


def test_both_parents_away_long_make_both_and_one_of_them_only_lately_makes_one():
    father = GuardianAway(FATHER, LONG_AGO)
    assert registry(father, GuardianAway(MOTHER, LONG_AGO)) == "双亲留守儿童"
    assert registry(father, GuardianAway(MOTHER, DAY - ONE_DAY)) == "单亲留守儿童"


@pytest.mark.parametrize(("until", "away"), [(DAY - ONE_DAY, False), (DAY, True)])
def test_a_parent_is_away_up_to_and_with_the_last_day(until: date, away: bool):
    assert (registry(GuardianAway(FATHER, LONG_AGO, until)) != "非留守儿童") is away


def test_a_parent_who_leaves_tomorrow_is_not_away():
    assert registry(GuardianAway(FATHER, DAY + ONE_DAY)) == "非留守儿童"
    assert not council(GuardianAway(FATHER, DAY + ONE_DAY), GuardianAway(MOTHER, DAY + ONE_DAY))


def test_who_is_not_at_its_hukou_home_is_not_left_behind_there():
    finding = registry_finding([GuardianAway(FATHER, LONG_AGO)], DAY, elsewhere=True)
    assert (finding.is_left_behind, finding.words) == (False, "非留守儿童")
    assert "户籍不在本县" in finding.reason
    assert registry(GuardianAway(FATHER, LONG_AGO), elsewhere=None) == "单亲留守儿童"


def test_the_council_needs_both_away_or_one_away_and_the_other_unable_to_guard():
    assert not council(GuardianAway(FATHER, LONG_AGO))
    assert council(GuardianAway(FATHER, LONG_AGO, other_can_guard=False))
    assert council(GuardianAway(FATHER, LONG_AGO), GuardianAway(MOTHER, LONG_AGO))


def test_the_council_asks_for_no_three_months():
    yesterday = DAY - ONE_DAY
    assert council(GuardianAway(FATHER, yesterday), GuardianAway(MOTHER, yesterday))


@pytest.mark.parametrize(
    ("day", "counts"),
    [(date(2028, 5, 5), True), (date(2028, 5, 6), False), (date(2028, 5, 7), False)],
)
def test_who_turns_sixteen_is_no_longer_counted_from_the_birthday_on(day: date, counts: bool):
    assert (
        council(GuardianAway(FATHER, LONG_AGO), GuardianAway(MOTHER, LONG_AGO), day=day) is counts
    )


def test_both_definitions_may_differ_and_each_tells_why():
    father = GuardianAway(FATHER, LONG_AGO)
    by_registry = registry_finding([father], DAY, elsewhere=False)
    by_council = council_finding([father], BORN, DAY)
    assert by_registry.is_left_behind
    assert by_registry.reason == "父亲（2024年2月1日起）连续外出满3个月"
    assert not by_council.is_left_behind
    assert by_council.reason == "父亲外出，母亲在家监护"


def test_without_a_birth_date_the_reason_says_so():
    both = [GuardianAway(FATHER, LONG_AGO), GuardianAway(MOTHER, LONG_AGO)]
    assert council_finding(both, None, DAY).reason == "父母双方外出，出生日期未登记"
