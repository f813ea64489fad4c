"""The tables hold together: whatever is changed in them, these sentences stay true."""

import re
from pathlib import Path

import pytest

from cases.policy import (
    ACTS,
    ALL_DUTIES,
    CLOSURE_DUTIES,
    DUTIES,
    LADDER,
    PROMISE,
    RULES,
    STEPS,
    Act,
    Clock,
    Level,
    Stage,
    acts_of,
    is_before_village,
)
from cases.rules.fields import FIELDS, MAY_BE_EMPTY
from foundation.accounts.parameters import BY_FIELD
from foundation.accounts.roles import ROLES, Right

ORDER = list(Stage)
MOVED_BY_ITSELF = {Act.OPEN, Act.LAPSE, Act.RELAPSE, Act.CLOSE_BY_ROLL, Act.WITHDRAW, Act.REDATE}
MOVED_BY_ITSELF |= {Act.REOPEN, Act.AGAIN, Act.MERGE, Act.SUCCEED}
# Done on the page of a report (cases/discoveries).
MOVED_BY_ITSELF |= {Act.SEEN_AGAIN, Act.ASSIGN_SCHOOL}
# Done on the paper, which then tells the case (cases/papers).
MOVED_BY_ITSELF |= {Act.CORRECT_ORDER, Act.VOID_ORDER, Act.SEND_PAPER, Act.SIGN_FOR}
CLIMBING = [step for step in LADDER if step.stage not in (Stage.D9, Stage.DX)]
duties = pytest.mark.parametrize("duty", ALL_DUTIES.values(), ids=lambda duty: duty.code)
rules = pytest.mark.parametrize("rule", ACTS, ids=lambda rule: rule.act)


def test_every_stage_stands_on_the_ladder_once_in_order() -> None:
    assert [step.stage for step in LADDER] == ORDER


def test_every_duty_has_a_code_of_its_own() -> None:
    codes = [duty.code for step in LADDER for duty in step.duties]
    codes += [duty.code for duty in (*CLOSURE_DUTIES, PROMISE)]
    assert len(codes) == len(set(codes)) == len(ALL_DUTIES)


@pytest.mark.parametrize("code", DUTIES)
def test_silence_only_climbs(code: str) -> None:
    stage, duty = DUTIES[code]
    if duty.if_silent is not None:
        assert ORDER.index(duty.if_silent) > ORDER.index(stage)
        assert duty.if_silent not in (Stage.D9, Stage.DX)


@pytest.mark.parametrize("step", LADDER, ids=lambda step: step.stage)
def test_a_rung_has_at_most_one_way_out_by_silence(step) -> None:
    assert sum(duty.if_silent is not None for duty in step.duties) <= 1


@duties
def test_what_fulfils_a_duty_can_be_done_on_its_rung(duty) -> None:
    rungs = [DUTIES[duty.code][0]] if duty.code in DUTIES else [Stage.D2, Stage.D4, Stage.D9]
    for rung in rungs:
        assert set(duty.met_by) <= set(acts_of(rung))


@pytest.mark.parametrize("code", DUTIES)
def test_a_duty_that_lasts_can_be_fulfilled_on_every_later_rung(code: str) -> None:
    stage, duty = DUTIES[code]
    # D7 and D8 wait for their module (P19).
    later = [
        s for s in CLIMBING if ORDER.index(s.stage) > ORDER.index(stage) and not s.needs_module
    ]
    if duty.lasting:
        assert all(set(duty.met_by) <= set(acts_of(step.stage)) for step in later)


@duties
def test_what_silence_left_undone_can_be_handed_in_on_the_next_rung(duty) -> None:
    if duty.if_silent is not None and duty.met_by:
        assert set(duty.met_by) <= set(acts_of(duty.if_silent))


@duties
def test_a_duty_counts_by_a_parameter_that_exists_or_by_its_own_days(duty) -> None:
    assert not duty.parameter or duty.parameter in BY_FIELD
    assert not duty.day_type_parameter or duty.day_type_parameter in BY_FIELD
    assert duty.parameter or duty.days


@duties
def test_a_hand_over_follows_a_window_of_its_own_rung(duty) -> None:
    if duty.clock is Clock.AFTER:
        step = STEPS[DUTIES[duty.code][0]]
        codes = [one.code for one in step.duties]
        assert codes.index(duty.after) < codes.index(duty.code)


@duties
def test_every_duty_names_its_source_in_words_that_who_is_bound_by_it_can_look_up(duty) -> None:
    assert re.search(r"〔\d{4}〕\d+号|义务教育法|全县控辍保学会议讲话|县级默认", duty.source)
    assert not re.search(r"\b(ML|JH|GH|SY|XS|R\d|P\d|domain)", duty.source)


@duties
def test_a_missed_duty_climbs_is_told_or_stays_in_sight_of_its_owner(duty) -> None:
    silent = duty.if_silent is None and not duty.tells_county
    assert not silent or duty.owed_by in (Level.SCHOOL, Level.VILLAGE, Level.COUNTY)


@duties
def test_who_owes_a_duty_may_fulfil_it(duty) -> None:
    for act in duty.met_by:
        assert duty.owed_by in RULES[act].levels


def test_only_the_clock_and_the_roll_and_these_acts_move_a_case() -> None:
    moving = {act for step in LADDER for act in step.moves}
    assert moving == {
        Act.REPORT,
        Act.ASK_VILLAGE,
        Act.REPORT_TOWNSHIP,
        Act.SERVE_ORDER,
        Act.REVIEW,
        Act.RETURN,
    }


@pytest.mark.parametrize("step", CLIMBING, ids=lambda step: step.stage)
def test_from_every_rung_a_child_can_come_back_and_a_case_can_end(step) -> None:
    assert step.moves[Act.RETURN] is Stage.D9
    assert {Act.REQUEST_CLOSURE, Act.APPROVE_CLOSURE, Act.REFUSE_CLOSURE} <= set(
        acts_of(step.stage)
    )


@pytest.mark.parametrize("step", CLIMBING, ids=lambda step: step.stage)
def test_moves_never_lead_down(step) -> None:
    for to in step.moves.values():
        assert ORDER.index(to) >= ORDER.index(step.stage)


def test_a_closed_case_is_closed_but_for_what_the_county_looks_at() -> None:
    assert acts_of(Stage.DX) == (Act.INSPECT, Act.NOTE_DROPOUT, Act.REVERT_DROPOUT)
    assert not STEPS[Stage.DX].moves


@rules
def test_every_act_is_possible_somewhere(rule) -> None:
    assert any(rule.act in acts_of(step.stage) for step in LADDER)


def test_every_act_has_its_row_or_is_moved_by_the_roll_or_the_clock() -> None:
    assert {rule.act for rule in ACTS} | MOVED_BY_ITSELF == set(Act)
    assert not {rule.act for rule in ACTS} & MOVED_BY_ITSELF


@rules
def test_the_evidence_of_an_act_is_made_of_known_fields(rule) -> None:
    assert {*rule.evidence, *rule.optional} <= set(FIELDS)
    assert not set(rule.evidence) & set(rule.optional)
    assert rule.act is Act.CALL or rule.evidence[0] == "occurred_on"


def test_nothing_is_forgiven_that_no_act_asks() -> None:
    asked = {name for rule in ACTS for name in rule.evidence}
    assert asked >= MAY_BE_EMPTY


@rules
def test_somebody_holds_the_right_of_every_act(rule) -> None:
    holders = {role.code for role in ROLES if rule.right in role.rights}
    if rule.right is not Right.SEE_CASES:
        assert holders


def test_a_village_is_the_first_to_stand_outside_the_school() -> None:
    assert [s.stage for s in LADDER if is_before_village(s.stage)] == [Stage.D1, Stage.D2]
    owners = [step.owner for step in LADDER if is_before_village(step.stage)]
    assert owners == [Level.TEACHER, Level.SCHOOL]


def test_no_code_asks_for_a_rung_by_name_where_the_table_can_say_it() -> None:
    """Only what the table cannot say names a rung: the observation and the end."""
    named: set[str] = set()
    cases = Path(__file__).parents[2] / "cases"
    rooms = {room: list((cases / room).rglob("*.py")) for room in ("acts", "actions", "recount")}
    assert all(rooms.values())
    for path in (*(path for room in rooms.values() for path in room), cases / "sweeping.py"):
        named |= set(re.findall(r"Stage\.(D\w)", path.read_text()))
    assert named <= {"D1", "D2", "D3", "D9", "DX"}
