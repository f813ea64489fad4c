"""Each rule below, on and above its figure, and what the points say when they are added up."""

from dataclasses import replace
from typing import Any

import pytest

from cases.watch.rules import (
    BY_CODE,
    ENOUGH_BEFORE,
    GROUP_CODES,
    LINE,
    RULES,
    ChildFacts,
    RiskKind,
    Setting,
    ruleset,
)
from students.roster.rules.group_kinds import GROUPS

ENOUGH: dict[str, Any] = {"called_before": ENOUGH_BEFORE}
FIGURES: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    # code, below, on, above
    ("spell", {"missed_now": 1}, {"missed_now": 2}, {"missed_now": 3}),
    ("missed_recent", {"missed_recent": 5}, {"missed_recent": 6}, {"missed_recent": 7}),
    ("missed_long", {"missed_long": 11}, {"missed_long": 12}, {"missed_long": 13}),
    ("absent_long", {"absent_long": 11}, {"absent_long": 12}, {"absent_long": 13}),
    (
        "week_ends",
        {"days_missed": 2, "at_week_ends": 2},
        {"days_missed": 3, "at_week_ends": 3},
        {"days_missed": 4, "at_week_ends": 4},
    ),
    ("after_holidays", {"after_holidays": 0}, {"after_holidays": 1}, {"after_holidays": 2}),
    (
        "sudden",  # 5 half-days of 40 are 12.5 points of a hundred, 6 are 15
        {"absent_recent": 5, **ENOUGH},
        {"absent_recent": 6, **ENOUGH},
        {"absent_recent": 7, **ENOUGH},
    ),
    ("earlier_case", {"cases": 0}, {"cases": 1}, {"cases": 2}),
]


@pytest.mark.parametrize(("code", "below", "on", "above"), FIGURES)
def test_a_rule_counts_from_its_figure_on(
    code: str, below: dict[str, Any], on: dict[str, Any], above: dict[str, Any]
) -> None:
    rule = BY_CODE[code]
    assert not rule.counts(ChildFacts(**below))
    assert rule.counts(ChildFacts(**on))
    assert rule.counts(ChildFacts(**above))


def test_every_rule_of_figures_is_tested() -> None:
    tested = {code for code, *_ in FIGURES}
    assert tested == {rule.code for rule in RULES if rule.kind in (RiskKind.ROLL, RiskKind.PAST)}


def test_mondays_and_fridays_are_a_pattern_from_three_in_five_of_the_days_missed() -> None:
    rule = BY_CODE["week_ends"]
    assert rule.counts(ChildFacts(days_missed=5, at_week_ends=3))
    assert not rule.counts(ChildFacts(days_missed=6, at_week_ends=3))


@pytest.mark.parametrize(("called", "counts"), [(ENOUGH_BEFORE - 1, False), (ENOUGH_BEFORE, True)])
def test_nothing_is_sudden_where_nobody_knows_what_was_usual(called: int, counts: bool) -> None:
    facts = ChildFacts(absent_recent=20, called_before=called)
    assert BY_CODE["sudden"].counts(facts) is counts


@pytest.mark.parametrize(
    ("before", "counts"), [(0, True), (6, True), (7, False)]
)  # 8 of 40 half-days are 20 %, 6 of 120 are 5 %
def test_what_was_usual_before_is_taken_off_a_sudden_change(before: int, counts: bool) -> None:
    facts = ChildFacts(absent_recent=8, absent_before=before, **ENOUGH)
    assert BY_CODE["sudden"].counts(facts) is counts


def test_the_reason_names_the_child_s_own_figures() -> None:
    facts = ChildFacts(missed_now=3, missed_recent=10, days_missed=5, at_week_ends=4, cases=1)
    words = [reason.words for reason in ruleset([]).result(facts).reasons]
    assert words == [
        "近20个上课日无故缺勤5天",
        "目前连续无故缺勤1.5天",
        "近60个上课日有5天无故缺勤，其中4天在周一、周五",
        "以往有控辍保学个案1次",
    ]


def test_a_sudden_change_is_told_with_both_figures() -> None:
    facts = ChildFacts(absent_recent=8, absent_before=6, **ENOUGH)
    reason = next(r for r in ruleset([]).result(facts).reasons if r.code == "sudden")
    assert reason.words == "近20个上课日缺勤4天，此前60个上课日3天，缺勤率上升15个百分点"


def test_points_are_the_sum_of_the_reasons() -> None:
    result = ruleset([]).result(ChildFacts(missed_recent=6, after_holidays=1, is_junior=True))
    assert [reason.points for reason in result.reasons] == [30, 15, 5]
    assert result.score == 50


def test_who_a_family_is_never_warns_by_itself() -> None:
    everything = frozenset(group.code for group in GROUPS)
    result = ruleset([]).result(ChildFacts(is_junior=True, groups=everything))
    assert (result.score, result.reasons) == (0, ())


def test_who_a_family_is_adds_to_what_the_roll_shows() -> None:
    facts = ChildFacts(missed_now=2, groups=frozenset({"left_behind"}))
    result = ruleset([]).result(facts)
    assert [reason.code for reason in result.reasons] == ["spell", "group_left_behind"]
    assert (result.score, result.open_score) == (30, 20)


def test_the_open_score_leaves_every_group_out() -> None:
    everything = frozenset(group.code for group in GROUPS)
    without = ruleset([]).result(ChildFacts(missed_recent=6, is_junior=True))
    with_all = ruleset([]).result(ChildFacts(missed_recent=6, is_junior=True, groups=everything))
    assert with_all.open_score == without.score == without.open_score
    assert {r.code for r in with_all.reasons} >= GROUP_CODES


def test_the_groups_of_the_rules_are_groups_of_the_register() -> None:
    known = {group.code for group in GROUPS}
    for rule in (rule for rule in RULES if rule.kind is RiskKind.GROUP):
        assert any(rule.counts(ChildFacts(groups=frozenset({code}))) for code in known), rule.code


def test_the_groups_of_r85_all_count() -> None:
    for group in ("left_behind", "disabled", "poor", "migrant", "prisoner_parent"):
        facts = ChildFacts(missed_recent=6, groups=frozenset({group}))
        assert ruleset([]).result(facts).score == 40, group


def test_a_county_switches_a_rule_off() -> None:
    rules = ruleset([Setting("missed_recent", False, 3, 30)])
    assert rules.result(ChildFacts(missed_recent=20)).reasons == ()


def test_a_county_weighs_a_rule_and_moves_its_threshold() -> None:
    rules = ruleset([Setting("missed_recent", True, 4, 50)])
    assert rules.result(ChildFacts(missed_recent=7)).score == 0
    assert rules.result(ChildFacts(missed_recent=8)).score == 50


def test_the_last_setting_counts_and_the_version_numbers_them_all() -> None:
    rows = [Setting("spell", False, 1, 20), Setting("spell", True, 1, 25)]
    rules = ruleset(rows)
    assert rules.result(ChildFacts(missed_now=2)).score == 25
    assert (ruleset([]).version, rules.version) == (0, 2)


def test_a_county_moves_the_line() -> None:
    assert (ruleset([]).line, ruleset([Setting(LINE, True, 45, 0)]).line) == (30, 45)


def test_a_setting_leaves_the_other_rules_as_they_are() -> None:
    changed = ruleset([Setting("spell", True, 1, 99)]).rules
    same = [(a, b) for a, b in zip(RULES, changed, strict=True) if a.code != "spell"]
    assert all(a == b for a, b in same)
    assert changed[0] == replace(RULES[0], weight=99)


def test_every_rule_names_its_source() -> None:
    assert all(rule.source and rule.label for rule in RULES)
    assert len(BY_CODE) == len(RULES)


def test_no_rule_has_words_of_blame() -> None:
    words = "".join(rule.label for rule in RULES)
    assert not any(bad in words for bad in ("问题", "失信", "差生", "不良"))
