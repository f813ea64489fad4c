"""Every rung allows exactly the acts that the ladder names, and says so in Chinese."""

import pytest

from cases.models import CaseEvent
from cases.policy import ACTS, LADDER, RULES, Act, NotAllowed, Rung, Stage, acts_of, after
from tests.cases.steps import OPENED, a_case, do
from tests.cast import Cast, make_child

DOERS = {
    Act.REPORT: "class_teacher",
    Act.REGISTER: "registrar",
    Act.CORRECT_REGISTER: "registrar",
    Act.CONTACT: "registrar",
    Act.ASK_VILLAGE: "registrar",
    Act.ANSWER: "village_cadre",
    Act.REPORT_TOWNSHIP: "registrar",
    Act.RECEIVE: "township_officer",
    Act.SERVE_ORDER: "township_officer",
    Act.REVIEW: "township_leader",
    Act.RETURN: "registrar",
    Act.REQUEST_CLOSURE: "registrar",
    Act.CONFIRM_CLOSURE: "township_officer",
    Act.APPROVE_CLOSURE: "county_desk",
    Act.REFUSE_CLOSURE: "county_desk",
    Act.INSPECT: "county_desk",
    Act.CONFIRM_DROPOUT: "head_teacher",
    Act.POLICE_REPLY: "township_officer",
    Act.NOTE_DROPOUT: "county_desk",
    Act.REVERT_DROPOUT: "county_desk",
}


@pytest.mark.parametrize("step", LADDER, ids=lambda step: step.stage)
@pytest.mark.parametrize("rule", ACTS, ids=lambda rule: rule.act)
def test_the_table_is_what_the_rule_says(step: Rung, rule) -> None:
    if rule.act in step.moves:
        assert after(step.stage, rule.act) is step.moves[rule.act]
    elif rule.act in step.acts:
        assert after(step.stage, rule.act) is step.stage
    else:
        with pytest.raises(NotAllowed, match=f"「{step.label}」阶段，不能{rule.label}"):
            after(step.stage, rule.act)


@pytest.mark.parametrize("step", LADDER, ids=lambda step: step.stage)
def test_what_the_rung_does_not_allow_is_refused_and_nothing_is_written(
    cast: Cast, step: Rung
) -> None:
    case = a_case(cast, make_child(cast.here))
    case.village_asked_on, case.stage = OPENED, step.stage
    if step.stage is Stage.D9:
        case.back_to, case.returned_on = Stage.D3, OPENED
    if step.stage is Stage.DX:
        case.outcome, case.closed_on = "C02", OPENED
    case.save()
    case.deadlines.update(void_on=OPENED)
    before = CaseEvent.objects.count()
    for act in set(RULES) - {Act.CALL} - set(acts_of(step.stage)):
        with pytest.raises(NotAllowed, match="不能"):
            do(cast, case, act, DOERS[act], OPENED)
    assert CaseEvent.objects.count() == before


def test_nobody_does_what_only_the_roll_or_the_clock_does(cast: Cast) -> None:
    with pytest.raises(NotAllowed, match="不能办理"):
        after(Stage.D2, Act.LAPSE)
