"""Chooses the acts that the case page offers: neither one that is done nor one that is refused."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from cases.actions.context import Contexts
from cases.acts.performing import acting_post
from cases.acts.registry import CASE_ACTS
from cases.acts.shape import Situation
from cases.models import Case, CaseEvent, Deadline
from cases.policy import ALL_DUTIES, RULES, Act, ActRule, Clock, Stage, acts_of, is_away
from foundation.accounts.doer import Doer


def acts_on(
    doer: Doer, case: Case, deadlines: list[Deadline], done: Collection[Act]
) -> dict[str, Any]:
    """The acts the doer may do on this rung. The one that is owed first is the main one.

    Where the doer owes nothing and the child is away, it is 记录劝返.

    ``lacks`` says of acts that are not possible yet what has to be done before.
    """
    possible, lacks = _sorted_out(doer, case, done)
    wanted = _wanted(deadlines, doer.today)
    if is_away(Stage(case.stage)):
        wanted.append(Act.CONTACT)
    main = next((rule for act in wanted for rule in possible if rule.act is act), None)
    others = [rule for rule in possible if rule is not main]
    return {"main": main, "others": others, "lacks": lacks}


def _sorted_out(doer: Doer, case: Case, done: Collection[Act]) -> tuple[list[ActRule], list[str]]:
    look = _look(doer, case, done)
    possible: list[ActRule] = []
    lacks: list[str] = []
    for act in acts_of(Stage(case.stage)):
        situation = look(act)
        if situation is None or not CASE_ACTS[act].offered(situation):
            continue
        if missing := CASE_ACTS[act].lacks(situation):
            lacks.append(missing)
        else:
            possible.append(RULES[act])
    return possible, lacks


def done_event(doer: Doer, case: Case, act: Act) -> CaseEvent | None:
    """The event of an act done in this absence and not offered again; None otherwise."""
    events = case.events.filter(act=act, occurred_on__gte=case.away_from)
    last: CaseEvent | None = events.order_by("-pk").first()
    if last is None:
        return None
    situation = _look(doer, case, {act})(act)
    offered = situation is not None and CASE_ACTS[act].offered(situation)
    return None if offered and act in acts_of(Stage(case.stage)) else last


def _look(doer: Doer, case: Case, done: Collection[Act]) -> Callable[[Act], Situation | None]:
    """Returns a function that tells the doer's situation for an act; None without a post."""
    waiting = case.closures.filter(decided__isnull=True)
    closure = waiting.select_related("requested", "confirmed").first()
    ctx = Contexts(doer.today, doer.now, doer.origin).of(case)
    person_id = doer.viewer.person_id

    def look(act: Act) -> Situation | None:
        held = acting_post(doer.viewer, RULES[act], case, doer.today)
        if held is None:
            return None
        post, level = held
        return Situation(case, done, closure, ctx, person_id, level, post.unit_id)

    return look


def _wanted(deadlines: list[Deadline], today: date) -> list[Act]:
    """The acts that meet what is owed, by due day. A hand-over counts once its window has ended."""
    owed = [d for d in deadlines if d.is_open]
    ripe = [d for d in owed if _is_ripe(d, today)]
    return [act for d in ripe for act in ALL_DUTIES[d.code].met_by]


def _is_ripe(deadline: Deadline, today: date) -> bool:
    if deadline.duty.clock is Clock.PROMISE:
        return deadline.due_on <= today
    return deadline.duty.clock is not Clock.AFTER or deadline.day0 < today
