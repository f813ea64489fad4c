"""What a roll call means for cases: one opens, a child is back, or stays away again."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from cases.actions.closing import close_by_roll
from cases.actions.context import Context, Contexts, lock
from cases.actions.moves import add_deadline
from cases.actions.opening import open_case, withdraw
from cases.actions.returning import relapse, return_by_roll
from cases.duedates import due_of
from cases.models import Case, Deadline
from cases.observation import is_back, observe
from cases.policy import DUTIES, Stage, is_before_village
from foundation.accounts.audit import Origin
from students.attendance.facts import facts_of
from students.attendance.models import AbsenceSpell
from students.attendance.spells import DayFact, passes


def follow(children: Iterable[int], today: date, now: datetime, by: Origin) -> None:
    """Bring the cases of these children up to the rolls as they now stand; twice is harmless.

    Called in the transaction of the roll call (R1: more than one day without reason opens a case).
    """
    ids = sorted(set(children))
    spells = _spells(ids)
    cases = {case.child_id: case for case in Case.objects.open().filter(child_id__in=ids)}
    contexts = Contexts(today, now, by)
    facts = _facts(cases.values(), today)
    for child_id in ids:
        case, own = cases.get(child_id), spells.get(child_id, [])
        if case is not None:
            _follow_case(lock(case.pk), own, facts.get(child_id, []), contexts.of(case))
        elif own and own[-1].ended_on is None:
            _open_if_passed(own[-1], contexts)


def _spells(ids: list[int]) -> dict[int, list[AbsenceSpell]]:
    rows = (
        AbsenceSpell.objects.standing()
        .filter(child_id__in=ids)
        .select_related(
            "child__home_village",
            "child__home_township",
            "school_class__school__unit__region",
            "school_class__school__township",
        )
        .order_by("started_on")
    )
    found: dict[int, list[AbsenceSpell]] = defaultdict(list)
    for row in rows:
        found[row.child_id].append(row)
    return found


def _facts(cases: Iterable[Case], today: date) -> dict[int, list[DayFact]]:
    known = list(cases)
    if not known:
        return {}
    since = min(case.first_missed_on for case in known) - timedelta(days=1)
    return facts_of([case.child_id for case in known], since, today)


def _open_if_passed(spell: AbsenceSpell, contexts: Contexts) -> None:
    ctx = contexts.at(spell.child.county_id, spell.school_class.school_id)
    if passes(spell.halves, ctx.rules.open_after_days):
        open_case(spell.child, spell, ctx)


def _follow_case(
    case: Case, spells: Sequence[AbsenceSpell], facts: list[DayFact], ctx: Context
) -> None:
    if _was_none(case, spells, ctx):
        withdraw(case, ctx)
    elif case.stage == Stage.D9:
        _observe(case, spells, facts, ctx)
    else:
        back_on = is_back([fact for fact in facts if fact.day >= case.first_missed_on])
        if back_on is not None:
            return_by_roll(case, back_on, ctx)
            _observe(case, spells, facts, ctx)


def _was_none(case: Case, spells: Sequence[AbsenceSpell], ctx: Context) -> bool:
    """Whether a correction left no spell that would have opened the case."""
    rung = case.back_to if case.stage == Stage.D9 else case.stage
    if not is_before_village(Stage(rung)) or case.registered_on or case.source != "roll":
        return False
    return not any(
        passes(spell.halves, ctx.rules.open_after_days)
        and spell.started_on <= case.opened_on
        and spell.last_missed_on >= case.first_missed_on
        for spell in spells
    )


def _observe(
    case: Case, spells: Sequence[AbsenceSpell], facts: list[DayFact], ctx: Context
) -> None:
    """Broken by more than P1, as an opening is; short cases close by the roll after P20 days."""
    assert case.returned_on is not None
    again = [s for s in spells if s.started_on > case.returned_on and s.ended_on is None]
    if again and passes(again[-1].halves, ctx.rules.open_after_days):
        relapse(case, again[-1], ctx)
        return
    seen = observe(fact for fact in facts if fact.day >= case.returned_on)
    if is_before_village(Stage(case.back_to)):
        if seen.days >= ctx.rules.short_return_days:
            close_by_roll(case, ctx)
        return
    _keep_observing(case, seen.since, ctx)


def _keep_observing(case: Case, since: date | None, ctx: Context) -> None:
    """The request for closure is due after P9 days in a row, counted anew after a miss."""
    owed = Deadline.objects.owed().filter(case=case, code="request_closure")
    current = owed.first()
    if current is not None and current.day0 == since:
        return
    owed.update(void_on=ctx.today)
    if since is not None and not case.closures.filter(decided__isnull=True).exists():
        duty = DUTIES["request_closure"][1]
        add_deadline(case, duty, due_of(duty, since, ctx.rules, ctx.calendar), ctx)
