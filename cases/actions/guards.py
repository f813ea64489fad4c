"""What must be true before an act: said in Chinese, with what to do instead."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from cases.actions.context import Context
from cases.models import Case
from cases.observation import observe
from cases.policy import Act, NotAllowed, Stage, is_before_village
from students.attendance.facts import facts_of

Guard = Callable[[Case, Mapping[str, Any], Context], None]


def check(case: Case, act: Act, data: Mapping[str, Any], ctx: Context) -> None:
    """Raise NotAllowed when the day or the case's own history forbids the act."""
    _check_day(case, data, ctx)
    _GUARDS.get(act, _free)(case, data, ctx)


def _free(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    """No precondition besides the rung's own."""


def _check_day(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    day = data["occurred_on"]
    if day > ctx.today:
        raise NotAllowed("日期不能晚于今天，请填写实际发生的日期。")
    if day < case.first_missed_on:
        raise NotAllowed(f"日期不能早于首次无故缺勤（{case.first_missed_on:%Y-%m-%d}）。")


def _register(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    if case.registered_on:
        raise NotAllowed(f"已于 {case.registered_on:%Y-%m-%d} 登记入册，无需重复登记。")


def _once(kind: str, words: str) -> Guard:
    def guard(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
        if case.dispatches.filter(kind=kind).exists():
            raise NotAllowed(words)

    return guard


def _receive(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    if not case.dispatches.filter(kind="report_township", received_on__isnull=True).exists():
        raise NotAllowed("没有待签收的报告。")


def _serve_order(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    """P7: enough attempts, on different days, enough of them in person (JH 二(一), GH 三访)."""
    days = case.contacts.values_list("day", "in_person")
    tried = len({day for day, _ in days})
    in_person = len({day for day, face in days if face})
    rules = ctx.rules
    if tried < rules.attempts or in_person < rules.attempts_in_person:
        raise NotAllowed(
            f"下达限期复学通知书前，须在不同日期劝返至少{rules.attempts}次、"
            f"其中当面至少{rules.attempts_in_person}次；"
            f"现有{tried}次、当面{in_person}次。请先记录劝返。"
        )


def _request_closure(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    if case.closures.filter(decided__isnull=True).exists():
        raise NotAllowed("已有一份销号申请在办理，请等候乡镇、县级答复。")
    if data["outcome"] == "C01":
        _must_be_steady(case, ctx)


def _must_be_steady(case: Case, ctx: Context) -> None:
    if case.stage != Stage.D9 or case.returned_on is None:
        raise NotAllowed("学生还没有返校，不能按「劝返复学」销号。请先登记返校。")
    if is_before_village(Stage(case.back_to)):
        raise NotAllowed(
            f"未到村级的个案，点名连续在校{ctx.rules.short_return_days}个上课日后自动销号，无需申请。"
        )
    since = case.returned_on - timedelta(days=1)
    facts = facts_of([case.child_id], since, ctx.today).get(case.child_id, [])
    seen = observe(fact for fact in facts if fact.day >= case.returned_on)
    if seen.days < ctx.rules.observe_days:
        raise NotAllowed(f"观察期须连续在校{ctx.rules.observe_days}个上课日，现为{seen.days}个。")


def _confirm_closure(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    closure = _pending(case)
    if not closure.needs_township or closure.confirmed_id:
        raise NotAllowed("这份销号申请不需要乡镇确认，或已经确认。")
    _must_be_another(closure.requested.person_id, ctx)


def _approve_closure(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    closure = _pending(case)
    if closure.needs_township and closure.confirmed_id is None:
        raise NotAllowed("这份销号申请还没有乡镇确认，请先由乡镇人民政府确认。")
    _must_be_another(closure.requested.person_id, ctx)


def _refuse_closure(case: Case, data: Mapping[str, Any], ctx: Context) -> None:
    _pending(case)


def _pending(case: Case) -> Any:
    closure = case.closures.filter(decided__isnull=True).select_related("requested").first()
    if closure is None:
        raise NotAllowed("没有待办理的销号申请。")
    return closure


def _must_be_another(requester: int | None, ctx: Context) -> None:
    if requester == ctx.by.person_id:
        raise NotAllowed("申请人与审核人不能是同一人，请由另一单位的人员审核。")


_GUARDS: Mapping[Act, Guard] = {
    Act.REGISTER: _register,
    Act.ASK_VILLAGE: _once("ask_village", "协助劝返请求已经送出，无需重复。"),
    Act.REPORT_TOWNSHIP: _once("report_township", "书面报告已经送出，无需重复。"),
    Act.RECEIVE: _receive,
    Act.SERVE_ORDER: _serve_order,
    Act.REQUEST_CLOSURE: _request_closure,
    Act.CONFIRM_CLOSURE: _confirm_closure,
    Act.APPROVE_CLOSURE: _approve_closure,
    Act.REFUSE_CLOSURE: _refuse_closure,
}
