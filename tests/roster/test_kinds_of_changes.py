"""The table of kinds and the table of moves, read as rules."""

from datetime import date

import pytest

from students.roster.rules.change_kinds import (
    BY_CODE,
    KINDS,
    MOVES,
    NEEDS_APPROVAL,
    ChangeAct,
    ChangeRefused,
    Side,
    State,
    check_class,
    check_period,
    check_proofs,
    move_of,
    moves_of,
)

SUSPENSION = BY_CODE["suspension"]


def test_nobody_is_struck_off_or_drops_out_by_a_change():
    """退学 (31) and 开除学籍 (42) are not lawful in compulsory education (N5)."""
    assert not {"31", "42"} & {kind.registry for kind in KINDS}
    assert not [kind.label for kind in KINDS if "退学" in kind.label or "开除" in kind.label]


def test_every_code_stands_once():
    assert len(BY_CODE) == len(KINDS)


@pytest.mark.parametrize(
    ("code", "registry", "days"),
    [
        ("transfer_within", "21", 10),
        ("transfer_out", "21", 10),
        ("transfer_in", "22", 0),
        ("suspension", "11", 0),
        ("return", "12", 0),
        ("death", "51", 10),
        ("class_move", "29", 0),
        ("repeat", "02", 0),
        ("grade_skip", "04", 0),
    ],
)
def test_codes_of_the_registry_and_days_of_the_rules(code: str, registry: str, days: int):
    assert (BY_CODE[code].registry, BY_CODE[code].days) == (registry, days)


def test_what_pauses_is_approved_by_the_township_and_filed_by_the_county():
    for code in NEEDS_APPROVAL:
        kind = BY_CODE[code]
        assert move_of(kind, State.APPLIED, ChangeAct.APPROVE).side is Side.TOWNSHIP
        assert move_of(kind, State.APPROVED, ChangeAct.FILE).side is Side.COUNTY


@pytest.mark.parametrize("state", [State.CONFIRMED, State.REFUSED, State.WITHDRAWN])
def test_what_is_settled_moves_no_more(state: State):
    assert not any(moves_of(kind, state) for kind in KINDS)


def test_every_kind_that_waits_has_a_way_on():
    for kind in KINDS:
        if kind.begins is not State.CONFIRMED:
            assert moves_of(kind, kind.begins), kind.code


def test_no_side_does_one_act_of_a_state_in_two_ways():
    keys = [(m.act, m.state, m.side, effect) for m in MOVES for effect in m.effects]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("until", [date(2025, 9, 1), date(2026, 8, 30), date(2026, 8, 31)])
def test_a_suspension_may_last_a_year(until: date):
    assert check_period(SUSPENSION, date(2025, 9, 1), until) == until


@pytest.mark.parametrize("until", [None, date(2025, 8, 31), date(2026, 9, 1)])
def test_and_no_day_longer_nor_end_before_it_begins(until: date | None):
    with pytest.raises(ChangeRefused):
        check_period(SUSPENSION, date(2025, 9, 1), until)


@pytest.mark.parametrize(
    ("until", "allowed"), [(date(2029, 2, 28), True), (date(2029, 3, 1), False)]
)
def test_a_year_from_the_29th_of_february_is_whole(until: date, allowed: bool):
    if allowed:
        assert check_period(SUSPENSION, date(2028, 2, 29), until)
    else:
        with pytest.raises(ChangeRefused):
            check_period(SUSPENSION, date(2028, 2, 29), until)


def test_every_missing_paper_is_named():
    with pytest.raises(ChangeRefused, match="甲、乙"):
        check_proofs(("甲", "丙", "乙"), ("丙",))


@pytest.mark.parametrize(
    ("code", "entry_year"), [("class_move", 2024), ("repeat", 2025), ("grade_skip", 2023)]
)
def test_each_kind_leads_to_its_grade_alone(code: str, entry_year: int):
    kind = BY_CODE[code]
    check_class(kind, ("2", 2024), ("2", entry_year))
    for wrong in {2022, 2023, 2024, 2025} - {entry_year}:
        with pytest.raises(ChangeRefused):
            check_class(kind, ("2", 2024), ("2", wrong))
    with pytest.raises(ChangeRefused):
        check_class(kind, ("2", 2024), ("1", entry_year))
