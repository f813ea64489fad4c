"""What must be true before an act: said in Chinese, with what to do instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cases.actions.context import Context
from cases.models import Case, Closure
from cases.observation import observe
from cases.policy import Act, Level, NotAllowed, Stage, is_before_village
from students.attendance.rolls.facts import facts_of


@dataclass(frozen=True, slots=True)
class Attempt:
    """An act that somebody wants to do: the case, the evidence, and as what it is done."""

    case: Case
    act: Act
    data: Mapping[str, Any]
    level: Level
    unit_id: int
    ctx: Context

    @property
    def day(self) -> date:
        """The day the person says it happened."""
        day: date = self.data["occurred_on"]
        return day


Guard = Callable[[Attempt], None]


def check(attempt: Attempt) -> None:
    """Raise NotAllowed when the day or the case's own history forbids the act."""
    _check_day(attempt)
    _GUARDS.get(attempt.act, _free)(attempt)


def _free(attempt: Attempt) -> None:
    """No precondition besides the rung's own."""


def _check_day(attempt: Attempt) -> None:
    first = attempt.case.first_missed_on
    if attempt.day > attempt.ctx.today:
        raise NotAllowed("日期不能晚于今天，请填写实际发生的日期。")
    if attempt.day < first:
        raise NotAllowed(f"日期不能早于首次无故缺勤（{first:%Y-%m-%d}），请核对。")


def _not_before(attempt: Attempt, day: date, what: str) -> None:
    if attempt.day < day:
        raise NotAllowed(f"日期不能早于{what}（{day:%Y-%m-%d}），请核对。")


def _register(attempt: Attempt) -> None:
    on = attempt.case.registered_on
    if on:
        raise NotAllowed(f"已于 {on:%Y-%m-%d} 登记入册，无需重复登记。")


def _once(kind: str, words: str) -> Guard:
    def guard(attempt: Attempt) -> None:
        if attempt.case.dispatches.filter(kind=kind).exists():
            raise NotAllowed(words)

    return guard


def _receive(attempt: Attempt) -> None:
    sent = attempt.case.dispatches.filter(
        kind="report_township", to_unit_id=attempt.unit_id, received_on__isnull=True
    ).first()
    if sent is None:
        raise NotAllowed("没有待本单位签收的报告。")
    _not_before(attempt, sent.sent_on, "送出日期")


def _serve_order(attempt: Attempt) -> None:
    """P7: enough attempts, on different days, enough of them in person (JH 二(一), GH 三访)."""
    days = attempt.case.contacts.filter(day__lte=attempt.day).values_list("day", "in_person")
    tried = len({day for day, _ in days})
    in_person = len({day for day, face in days if face})
    rules = attempt.ctx.rules
    if tried < rules.attempts or in_person < rules.attempts_in_person:
        raise NotAllowed(
            f"下达限期复学通知书前，须在不同日期劝返至少{rules.attempts}次、"
            f"其中当面至少{rules.attempts_in_person}次；"
            f"现有{tried}次、当面{in_person}次。请先记录劝返。"
        )


def _return(attempt: Attempt) -> None:
    """The roll speaks last: who was missed after that day was not back on it."""
    child, since = attempt.case.child_id, attempt.day + timedelta(days=1)
    facts = facts_of([child], since, attempt.ctx.today)[child]
    missed = [fact.day for fact in facts if fact.unexcused]
    if missed:
        raise NotAllowed(
            f"{missed[-1]:%Y-%m-%d} 的点名仍记为无故未到，不能登记在此之前返校。"
            "请先核对点名，或改填实际返校日期。"
        )


def _request_closure(attempt: Attempt) -> None:
    if attempt.case.closures.filter(decided__isnull=True).exists():
        raise NotAllowed("已有一份销号申请在办理，请等候乡镇、县级答复。")
    if attempt.data["outcome"] == "C01":
        _must_be_steady(attempt.case, attempt.ctx)


def _must_be_steady(case: Case, ctx: Context) -> None:
    if case.stage != Stage.D9 or case.returned_on is None:
        raise NotAllowed("学生还没有返校，不能按「劝返复学」销号。请先登记返校。")
    if is_before_village(Stage(case.back_to)):
        raise NotAllowed(
            f"未到村级的个案，点名连续在校{ctx.rules.short_return_days}个上课日后自动销号，无需申请。"
        )
    facts = facts_of([case.child_id], case.first_missed_on, ctx.today)[case.child_id]
    seen = observe(facts)
    if seen.days < ctx.rules.observe_days:
        raise NotAllowed(
            f"观察期须连续在校{ctx.rules.observe_days}个上课日，现为{seen.days}个。请满期后再申请。"
        )


def _confirm_closure(attempt: Attempt) -> None:
    closure = _pending(attempt)
    if not closure.needs_township or closure.confirmed_id:
        raise NotAllowed("这份销号申请不需要乡镇确认，或已经确认。")
    _must_be_another(attempt, closure.requested.person_id)


def _approve_closure(attempt: Attempt) -> None:
    closure = _pending(attempt)
    if closure.needs_township and closure.confirmed_id is None:
        raise NotAllowed("这份销号申请还没有乡镇确认，请先由乡镇人民政府确认。")
    _must_be_another(attempt, closure.requested.person_id)
    if closure.confirmed is not None:
        _must_be_another(attempt, closure.confirmed.person_id)
        _not_before(attempt, closure.confirmed.occurred_on, "乡镇确认日期")


def _refuse_closure(attempt: Attempt) -> None:
    closure = _pending(attempt)
    if attempt.level is Level.TOWNSHIP and (not closure.needs_township or closure.confirmed_id):
        raise NotAllowed("这份销号申请不在乡镇办理，或乡镇已经确认，请联系县教育局。")


def _pending(attempt: Attempt) -> Closure:
    waiting = attempt.case.closures.filter(decided__isnull=True)
    closure = waiting.select_related("requested", "confirmed").first()
    if closure is None:
        raise NotAllowed("没有待办理的销号申请。")
    _not_before(attempt, closure.requested.occurred_on, "申请日期")
    return closure


def _must_be_another(attempt: Attempt, person_id: int | None) -> None:
    if person_id == attempt.ctx.by.person_id:
        raise NotAllowed("申请、确认、核准不能是同一人，请由另一单位的人员办理。")


_GUARDS: Mapping[Act, Guard] = {
    Act.REGISTER: _register,
    Act.ASK_VILLAGE: _once("ask_village", "协助劝返请求已经送出，无需重复。"),
    Act.REPORT_TOWNSHIP: _once("report_township", "书面报告已经送出，无需重复。"),
    Act.RECEIVE: _receive,
    Act.SERVE_ORDER: _serve_order,
    Act.RETURN: _return,
    Act.REQUEST_CLOSURE: _request_closure,
    Act.CONFIRM_CLOSURE: _confirm_closure,
    Act.APPROVE_CLOSURE: _approve_closure,
    Act.REFUSE_CLOSURE: _refuse_closure,
}
