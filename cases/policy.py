"""The ladder: each rung, who owes what by when, what silence leads to, which acts move it.

LADDER and ACTS (cases/rules/act_rules.py) are the tables. Buttons, badges, the check constraint,
the sweep, the page "why is it due that day" and the README come from them. What an act checks,
writes and says stands in cases/acts. Domain 3.2, 茂政发〔2023〕6号 五(三)2.
"""

from collections.abc import Mapping

from cases.rules.act_rules import ACTS
from cases.rules.shapes import LEVEL_LABELS, Act, ActRule, Clock, Duty, NotAllowed, Rung, Stage
from foundation.accounts.roles import Level

# fmt: off
__all__ = [
    "ACTS", "ALL_DUTIES", "CLOSURE_DUTIES", "DUTIES", "LADDER", "LEVEL_LABELS", "PROMISE", "RULES",
    "STEPS", "Act", "ActRule", "Clock", "Duty", "Level", "NotAllowed", "Rung", "Stage",
    "acts_of", "after", "is_before_village", "needs_township",
]
# fmt: on

_ALWAYS = (Act.CONTACT, Act.CALL)
_ENTERED = (Act.REGISTER, Act.CORRECT_REGISTER)
_BACK = {Act.RETURN: Stage.D9}
_LINE = (Level.TEACHER, Level.SCHOOL, Level.VILLAGE, Level.TOWNSHIP)
# 辍学认定 by P12's other routes, once the school has tried to bring the child back.
# What was confirmed is looked at and corrected wherever the case stands by then, closed or not.
_LOOKED_AT = (Act.NOTE_DROPOUT, Act.REVERT_DROPOUT)
_CONFIRMED = (Act.CONFIRM_DROPOUT, Act.POLICE_REPLY, *_LOOKED_AT)
_END = (Act.REQUEST_CLOSURE, Act.CONFIRM_CLOSURE, Act.APPROVE_CLOSURE, Act.REFUSE_CLOSURE)

LADDER: tuple[Rung, ...] = (
    Rung(
        Stage.D1,
        "已报告",
        Level.TEACHER,
        duties=(
            Duty(
                "report",
                "班主任报告学校",
                Level.TEACHER,
                Clock.DAYS,
                (Act.REPORT,),
                parameter="report_days",
                if_silent=Stage.D2,
                source="茂政发〔2023〕6号 五(三)2：当天必须报告学校",  # R2
            ),
        ),
        moves={Act.REPORT: Stage.D2, **_BACK},
        acts=(*_ALWAYS, *_END),
        hears=(Level.TEACHER, Level.SCHOOL, Level.TOWNSHIP, Level.COUNTY),
    ),
    Rung(
        Stage.D2,
        "学校登记与劝返",
        Level.SCHOOL,
        duties=(
            Duty(
                "register",
                "学校登记姓名和辍学时间",
                Level.SCHOOL,
                Clock.DAYS,
                (Act.REGISTER,),
                parameter="register_days",
                lasting=True,
                source="茂政发〔2023〕6号 五(三)2：接报当天登记",  # R3
            ),
            Duty(
                "contact",
                "首次上门或电话劝返",
                Level.SCHOOL,
                Clock.DAYS,
                (Act.CONTACT,),
                parameter="register_days",
                due_before_moving=True,
                source="茂政发〔2023〕6号 五(三)2：接报当天上门或者电话动员",  # R4
            ),
            Duty(
                "visit",
                "入户家访",
                Level.SCHOOL,
                Clock.PAUSING,
                (Act.CONTACT,),
                parameter="persuade_days",
                day_type_parameter="persuade_day_type",
                in_person=True,
                due_before_moving=True,
                listed_for=(Level.TEACHER,),
                source="县级默认：转村级协助前至少当面家访一次",  # P3
            ),
            Duty(
                "ask_village",
                "请村（居）委会协助劝返",
                Level.SCHOOL,
                Clock.AFTER,
                (Act.ASK_VILLAGE,),
                days=1,
                after="visit",
                in_term=True,
                if_silent=Stage.D3,
                source="茂政发〔2023〕6号 五(三)2：3日内（不含双休日）未返校的请村协助",  # R5
            ),
            Duty(
                "dual_report",
                "双报告：书面报告乡镇、镇教管办和县教育局",
                Level.SCHOOL,
                Clock.ABSENCE,
                (),  # met by the signature of the report (cases/papers/kinds/reports.py)
                parameter="suspected_days",
                lasting=True,
                tells_county=True,
                source="县级默认：达到疑似辍学或转到乡镇时书面双报告，以先到的为准",  # P13, R9, R11
            ),
        ),
        moves={Act.ASK_VILLAGE: Stage.D3, **_BACK},
        # What was missed on the rung below can still be done. It stays late.
        acts=(Act.REPORT, *_ENTERED, *_ALWAYS, *_CONFIRMED, *_END),
        hears=(Level.SCHOOL,),
    ),
    Rung(
        Stage.D3,
        "村（居）委会协助劝返",
        Level.VILLAGE,
        duties=(
            Duty(
                "answer",
                "村（居）委会协助并反馈结果",
                Level.VILLAGE,
                Clock.DAYS,
                (Act.ANSWER,),
                parameter="village_days",
                source="县级默认（上级文件没有规定天数）",  # P5
            ),
            Duty(
                "report_township",
                "书面报告乡镇人民政府和镇教管办",
                Level.SCHOOL,
                Clock.AFTER,
                (Act.REPORT_TOWNSHIP,),
                days=1,
                after="answer",
                if_silent=Stage.D4,
                source="茂政发〔2023〕6号 五(三)2：若仍无效，上报镇政府和镇教管办",  # R6
            ),
        ),
        moves={Act.REPORT_TOWNSHIP: Stage.D4, **_BACK},
        acts=(*_ENTERED, Act.ASK_VILLAGE, Act.ANSWER, *_ALWAYS, *_CONFIRMED, *_END),
        hears=(Level.VILLAGE, Level.SCHOOL),
    ),
    Rung(
        Stage.D4,
        "上报乡镇·乡镇劝返",
        Level.TOWNSHIP,
        duties=(
            Duty(
                "serve_order",
                "乡镇劝返；仍未返校的送达限期复学通知书",
                Level.TOWNSHIP,
                Clock.DAYS,
                (Act.SERVE_ORDER,),
                parameter="township_days",
                tells_county=True,
                source="县级默认（天数）；义务教育法第五十八条责令限期改正",  # P6, R7, R15
            ),
        ),
        moves={Act.SERVE_ORDER: Stage.D5, **_BACK},
        acts=(
            *_ENTERED,
            Act.ANSWER,
            Act.REPORT_TOWNSHIP,
            Act.RECEIVE,
            *_ALWAYS,
            *_CONFIRMED,
            *_END,
        ),
        hears=(Level.TOWNSHIP, Level.OFFICE, Level.COUNTY),
    ),
    Rung(
        Stage.D5,
        "责令限期改正",
        Level.TOWNSHIP,
        duties=(
            Duty(
                "await_return",
                "限期复学期满未返的转入会商",
                Level.TOWNSHIP,
                Clock.CALENDAR,
                (),
                parameter="order_days",
                if_silent=Stage.D6,
                source="全县控辍保学会议讲话 二(一)：自接到通知起一周内",  # R16
            ),
        ),
        moves=_BACK,
        acts=(*_ENTERED, Act.RECEIVE, *_ALWAYS, *_CONFIRMED, *_END),
        hears=(Level.TOWNSHIP, Level.SCHOOL, Level.VILLAGE),
    ),
    Rung(
        Stage.D6,
        "乡镇每月会商",
        Level.TOWNSHIP,
        duties=(
            Duty(
                "review",
                "乡镇会商（每月一次）",
                Level.TOWNSHIP,
                Clock.MONTHS,
                (Act.REVIEW,),
                days=1,
                tells_county=True,
                source="县级默认：未采取处罚的，乡镇每月会商",  # P19 off
            ),
        ),
        moves={Act.REVIEW: Stage.D6, **_BACK},
        acts=(*_ENTERED, Act.RECEIVE, Act.SERVE_ORDER, *_ALWAYS, *_CONFIRMED, *_END),
        hears=(Level.TOWNSHIP, Level.COUNTY),
    ),
    Rung(
        Stage.D7,
        "催告",
        Level.TOWNSHIP,
        moves=_BACK,
        acts=(*_ALWAYS, *_CONFIRMED, *_END),
        needs_module="P19",
    ),
    Rung(
        Stage.D8,
        "申请强制执行或提起诉讼",
        Level.TOWNSHIP,
        moves=_BACK,
        acts=(*_ALWAYS, *_CONFIRMED, *_END),
        needs_module="P19",
    ),
    Rung(
        Stage.D9,
        "已返校待核验",
        Level.SCHOOL,
        duties=(
            Duty(
                "request_closure",
                "观察期满申请销号",
                Level.SCHOOL,
                Clock.OBSERVATION,
                (Act.REQUEST_CLOSURE,),
                parameter="observe_days",
                days=1,
                in_term=True,
                source="县级默认（观察期）",  # P9
            ),
        ),
        acts=(Act.CORRECT_REGISTER, *_ALWAYS, *_LOOKED_AT, *_END),
        hears=_LINE,
    ),
    Rung(Stage.DX, "已销号", None, acts=(Act.INSPECT, *_LOOKED_AT), hears=_LINE),
)

STEPS: Mapping[Stage, Rung] = {step.stage: step for step in LADDER}
DUTIES: Mapping[str, tuple[Stage, Duty]] = {
    duty.code: (step.stage, duty) for step in LADDER for duty in step.duties
}

# Owed on no rung: the answers of two units to a request for closure (domain 3.6, P10).
CLOSURE_DUTIES: tuple[Duty, ...] = (
    Duty(
        "confirm_closure",
        "乡镇确认销号申请",
        Level.TOWNSHIP,
        Clock.DAYS,
        (Act.CONFIRM_CLOSURE, Act.REFUSE_CLOSURE),
        parameter="approve_days",
        tells_county=True,
        source="县级默认：到村级的个案由乡镇确认",  # domain 3.6
    ),
    Duty(
        "approve_closure",
        "县教育局核准销号",
        Level.COUNTY,
        Clock.DAYS,
        (Act.APPROVE_CLOSURE, Act.REFUSE_CLOSURE),
        parameter="approve_days",
        source="县级默认：县教育局核准",  # P10
    ),
)
# Owed on no rung either: to see on the promised day whether the child has come (domain 6.11).
PROMISE = Duty(
    "promise",
    "承诺返校日：核实是否到校",
    Level.SCHOOL,
    Clock.PROMISE,
    (Act.CONTACT,),
    days=1,
    listed_for=(Level.TEACHER,),
    source="县级默认：监护人承诺的返校日期当天核实",
)
ALL_DUTIES: Mapping[str, Duty] = {
    **{code: duty for code, (_, duty) in DUTIES.items()},
    **{duty.code: duty for duty in (*CLOSURE_DUTIES, PROMISE)},
}


RULES: Mapping[Act, ActRule] = {rule.act: rule for rule in ACTS}


def acts_of(stage: Stage) -> tuple[Act, ...]:
    """Every act that a case on the rung allows, in the order of ACTS."""
    step = STEPS[stage]
    possible = {*step.moves, *step.acts}
    return tuple(rule.act for rule in ACTS if rule.act in possible)


def after(stage: Stage, act: Act) -> Stage:
    """The rung an act leads to. Raises NotAllowed if the rung does not allow the act."""
    if act not in acts_of(stage):
        label = RULES[act].label if act in RULES else "办理"
        raise NotAllowed(f"个案现处于「{STEPS[stage].label}」阶段，不能{label}。")
    return STEPS[stage].moves.get(act, stage)


def is_away(stage: Stage) -> bool:
    """Whether the child is away: a return may still be entered."""
    return Act.RETURN in STEPS[stage].moves


def is_before_village(stage: Stage) -> bool:
    """Whether the case never reached the village: D1 and D2 (P20, design 4 Short absences)."""
    return stage in (Stage.D1, Stage.D2)


def needs_township(stage: Stage) -> bool:
    """Whether closing from this rung needs the township's confirmation (domain 3.6)."""
    return not is_before_village(stage)
