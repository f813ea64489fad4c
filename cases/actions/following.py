"""Brings cases up to the roll: opens, withdraws, observes, closes and reopens them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cases.actions.closing import close_by_roll, withdraw
from cases.actions.context import Context, Contexts, lock
from cases.actions.lapsing import catch_up
from cases.actions.moves import add_deadline
from cases.actions.opening import open_case
from cases.actions.reopening import reopen, tell_reopened
from cases.actions.returning import (
    deny_return,
    is_back_by_roll,
    relapse,
    return_by_roll,
    undo_return,
)
from cases.duedates import due_of, next_day
from cases.models import Case, Deadline
from cases.policy import DUTIES, Stage, is_before_village
from cases.rules.observation import away_again, back_on, ever_steady, is_steady, observe
from cases.rules.returns import denied_on
from cases.standing import seen_days
from foundation.accounts.audit import Origin
from foundation.accounts.parameters import Parameters
from foundation.days import ONE_DAY
from foundation.prepared import prepared
from students.attendance.models import AbsenceSpell
from students.attendance.rolls.facts import facts_of
from students.attendance.rolls.morning import ClassMorning
from students.attendance.rules.spells import PRESENT, DayFact, passes, spells_of

Spells = dict[int, list[AbsenceSpell]]
SHORTEST = 1  # school day; an absence that is no longer opens a case in no county (R1)


@transaction.atomic(savepoint=False)  # joins the caller's transaction
def follow(
    children: Iterable[int],
    today: date,
    now: datetime,
    by: Origin,
    counted: Collection[int] | None = None,
    morning: ClassMorning | None = None,
) -> None:
    """Bring the children's cases up to the rolls as they now stand. Calling it twice is harmless.

    Called in the transaction of the roll call (R1: more than one day without reason opens a case).
    Open cases are locked in the order of their numbers, before any is opened, so that two roll
    calls never wait for each other. ``counted``, if given, are the children whose spells were just
    counted: no other child can be newly away, and of the others only open cases are looked at.
    ``morning`` is the class as it was read for the roll, if a roll is followed.
    """
    ids = sorted(set(children))
    counted = ids if counted is None else counted
    contexts = Contexts(today, now, by, morning)
    cases, closed = _cases(ids, counted)
    spells = _spells({*counted, *(case.child_id for case in cases)})
    facts = _facts(cases, today)
    standing = {
        case.child_id
        for case in cases
        if _follow_case(case.pk, spells.get(case.child_id, []), facts[case.child_id], contexts)
    }
    standing |= _look_back(closed, spells, contexts)
    others = {child: spells[child] for child in ids if child in spells and child not in standing}
    for spell in _with_places(_away(others, today)):
        _open_if_passed(spell, contexts)


def _away(spells: Spells, today: date) -> list[int]:
    """The spells, by key, of children without an open case who are not back yet.

    A spell that ended by leave counts while the roll has not found the child there since: entered
    in the order of the days it would have opened a case, and so it does when entered late (R1).
    """
    running = [own[-1].pk for own in spells.values() if not own[-1].ended_on]
    found = ((child, _ended_by_leave(own)) for child, own in spells.items())
    ended = {child: spell for child, spell in found if spell}
    return running + [ended[child].pk for child in _never_back(ended, today)]


def _ended_by_leave(spells: Sequence[AbsenceSpell]) -> AbsenceSpell | None:
    """The newest ended spell longer than a day, unless a later spell tells of a presence between.

    Whether it ended by leave or by a presence, only the roll tells (``_never_back``).
    """
    present_on: date | None = None
    for spell in reversed(spells):
        if present_on and present_on > spell.last_missed_on:
            return None
        if spell.ended_on and passes(spell.halves, SHORTEST):
            return spell
        present_on = present_on or spell.last_present_on
    return None


def _never_back(ended: dict[int, AbsenceSpell], today: date) -> list[int]:
    """The children whom the roll has not found there since their spell."""
    if not ended:
        return []
    since = min(spell.last_missed_on for spell in ended.values())
    facts = facts_of(list(ended), since, today)
    return [
        child
        for child, spell in ended.items()
        if not any(fact.present for fact in facts[child] if fact.day > spell.last_missed_on)
        and not _was_back_that_day(facts[child], spell.last_missed_on)
    ]


def _was_back_that_day(facts: Iterable[DayFact], day: date) -> bool:
    """Whether the child was there later on the last day it missed."""
    return any(fact.day == day and fact.halves.endswith(PRESENT) for fact in facts)


def _cases(ids: Collection[int], counted: Collection[int]) -> tuple[list[Case], list[Case]]:
    """The children's open cases, and the cases of the counted that the roll closed by itself."""
    found: list[Case] = _concerned(children=list(ids), counted=list(counted))
    return [case for case in found if case.is_open], [case for case in found if not case.is_open]


def _spells(ids: Collection[int]) -> Spells:
    if not ids:
        return {}
    found: Spells = defaultdict(list)
    for row in _standing_spells(children=list(ids)):
        found[row.child_id].append(row)
    return found


@prepared
def _concerned(*, children: Any, counted: Any) -> QuerySet[Case]:
    closed = Case.objects.closed_by_roll().filter(child__among=counted)
    rows: QuerySet[Case] = Case.objects.open().filter(child__among=children) | closed
    return rows.order_by("pk")


@prepared
def _standing_spells(*, children: Any) -> QuerySet[AbsenceSpell]:
    rows = AbsenceSpell.objects.standing().filter(child__among=children)
    return rows.order_by("started_on")


def _with_places(spell_ids: list[int]) -> Iterable[AbsenceSpell]:
    """The spells in the order of their children, with the rows that a new case needs.

    A query of its own, because on most mornings a class has none.
    """
    if not spell_ids:
        return ()
    return _placed(spells=spell_ids)


@prepared
def _placed(*, spells: Any) -> QuerySet[AbsenceSpell]:
    rows: QuerySet[AbsenceSpell] = AbsenceSpell.objects.filter(pk__among=spells).select_related(
        "child__home_village",
        "child__home_township",
        "school_class__school__unit__region",
        "school_class__school__township",
    )
    return rows.order_by("child_id")


def _facts(cases: Sequence[Case], today: date) -> dict[int, list[DayFact]]:
    if not cases:
        return {}
    since = min(case.first_missed_on for case in cases) - ONE_DAY
    return facts_of([case.child_id for case in cases], since, today)


def _open_if_passed(spell: AbsenceSpell, contexts: Contexts) -> None:
    ctx = contexts.at(spell.child.county_id, spell.school_class.school_id)
    if passes(spell.halves, ctx.rules.open_after_days):
        open_case(spell.child, spell, ctx)


def _follow_case(
    pk: int, spells: Sequence[AbsenceSpell], facts: list[DayFact], contexts: Contexts
) -> bool:
    """Follow one case as it stands under its lock; returns whether it is still open."""
    case = lock(pk)
    if not case.is_open:
        return False
    catch_up(case, contexts)
    return _bring_up(case, spells, facts, contexts)


def _bring_up(
    case: Case, spells: Sequence[AbsenceSpell], facts: list[DayFact], contexts: Contexts
) -> bool:
    """Bring an open case up to the roll; returns whether it is still open."""
    founding = _founding(case, spells, contexts)
    ctx = contexts.of(case)
    if founding is None and _may_withdraw(case):
        withdraw(case, ctx)
        return False
    if founding is not None:
        _date_by(case, founding)
    since = [fact for fact in facts if fact.day >= case.away_from]
    # A case that a source found stands, whatever the roll says of the days before.
    founded = founding is not None or bool(case.finding)
    if founded and _take_return_back(case, since, ctx):
        catch_up(case, contexts, _back_day(case, since, founded, contexts))
    if case.stage == Stage.D9 or _is_found_back(case, since, founded, contexts):
        _observe(case, since, founded, ctx)
    return case.is_open


def _take_return_back(case: Case, facts: list[DayFact], ctx: Context) -> bool:
    """Take back a return that the roll does not bear out; returns whether it did."""
    day = case.returned_on
    if case.stage != Stage.D9 or day is None:
        return False
    if is_back_by_roll(case):
        if any(fact.present for fact in facts if fact.day == day):
            return False
        undo_return(case, ctx)
        return True
    missed_on = denied_on(facts, day, seen_days(facts, day, ctx.today, ctx.calendar))
    if missed_on is not None:
        deny_return(case, missed_on, ctx)
    return missed_on is not None


def _is_found_back(case: Case, facts: list[DayFact], founded: bool, contexts: Contexts) -> bool:
    """Whether the roll has found the child back. Writes the return if so."""
    day = _back_day(case, facts, founded, contexts)
    if day is not None:
        return_by_roll(case, day, contexts.of(case))
    return day is not None


def _back_day(case: Case, facts: list[DayFact], founded: bool, contexts: Contexts) -> date | None:
    """The day from which the roll shows the child back.

    The smaller P1 counts, of the day the case was opened and of today: a county that raises P1 must
    not thereby find children back. If the roll no longer shows the absence that opened the case,
    one missed half-day is enough to be away.
    """
    ctx = contexts.of(case)
    at_first = contexts.rules_on(case.county_id, case.taken_up_on)
    days = min(at_first.open_after_days, ctx.rules.open_after_days) if founded else 0
    return back_on(facts, days)


# --- what the roll closed by itself ------------------------------------------------------------


def _look_back(closed: Sequence[Case], spells: Spells, contexts: Contexts) -> set[int]:
    """Reopen cases that the roll closed and no longer supports, the newest first.

    Returns the children whose case is open now. Runs after the open cases, since at most one case a
    child may be open.
    """
    facts = _facts(closed, contexts.today)
    return {
        case.child_id
        for case in reversed(closed)
        if _look_again(case.pk, spells.get(case.child_id, []), facts[case.child_id], contexts)
    }


def _look_again(
    pk: int, spells: Sequence[AbsenceSpell], facts: list[DayFact], contexts: Contexts
) -> bool:
    case = lock(pk)
    if case.is_open or _is_over(case, _founding(case, spells, contexts), facts, contexts):
        return False
    ctx = contexts.of(case)
    event = reopen(case, ctx)
    if event is None:
        return False
    is_open = _bring_up(case, spells, facts, contexts)
    tell_reopened(case, event, ctx)
    return is_open


def _is_over(
    case: Case, founding: AbsenceSpell | None, facts: list[DayFact], contexts: Contexts
) -> bool:
    """Whether the roll still shows the absence, and then P20 school days in a row at school."""
    if founding is None and not case.finding:
        return False
    since = founding.started_on if founding else case.first_missed_on
    days = min(
        contexts.rules_on(case.county_id, day).short_return_days
        for day in (case.closed_on or contexts.today, contexts.today)
    )
    return ever_steady((fact for fact in facts if fact.day >= since), days)


# --- taking back -------------------------------------------------------------------------------


def _founding(
    case: Case, spells: Sequence[AbsenceSpell], contexts: Contexts
) -> AbsenceSpell | None:
    """The absence that opened the case, as the roll stands now. None if the roll shows none."""
    days = contexts.rules_on(case.county_id, case.taken_up_on).open_after_days
    reaching = (
        spell
        for spell in spells
        if passes(spell.halves, days)
        and spell.started_on <= case.taken_up_on
        and spell.last_missed_on >= case.away_from
    )
    return next(reaching, None)


def _may_withdraw(case: Case) -> bool:
    """Whether the case may be withdrawn: only before the school enters it (then C15)."""
    rung = case.back_to if case.stage == Stage.D9 else case.stage
    return is_before_village(Stage(rung)) and not case.registered_on and case.source == "roll"


def _date_by(case: Case, spell: AbsenceSpell) -> None:
    """Date the absence anew by a corrected past day. The clocks stay (design 4, Counting)."""
    if case.again_missed_on is not None:
        case.again_missed_on = spell.started_on
        case.save(update_fields=["again_missed_on"])
        return
    last_present_on = spell.last_present_on or case.last_present_on
    if (case.first_missed_on, case.last_present_on) != (spell.started_on, last_present_on):
        case.first_missed_on, case.last_present_on = spell.started_on, last_present_on
        case.save(update_fields=["first_missed_on", "last_present_on"])


# --- observation -------------------------------------------------------------------------------


def _observe(case: Case, facts: list[DayFact], founded: bool, ctx: Context) -> None:
    """Send the case back if the child was away by more than P1, or close a short one after P20."""
    if _is_broken(case, facts, founded, ctx):
        return
    if not is_before_village(Stage(case.back_to)):
        _keep_observing(case, observe(facts).since, ctx)
    elif not founded:
        _owe_request(case, ctx)
    elif _is_back_for_good(facts, ctx.rules) and not _is_asked(case):
        close_by_roll(case, ctx)


def _is_broken(case: Case, facts: list[DayFact], founded: bool, ctx: Context) -> bool:
    """Whether the child is away again. Moves the case to its rung if so."""
    assert case.returned_on is not None
    by_roll, days = is_back_by_roll(case), ctx.rules.open_after_days
    away = away_again(facts, case.returned_on, by_roll)
    if away and passes(away.halves, days):
        relapse(case, away, ctx)
        return True
    missed = spells_of(facts)
    if founded and by_roll and missed and back_on(facts, days) is None:
        relapse(case, missed[-1], ctx)
        return True
    return False


def _is_back_for_good(facts: list[DayFact], rules: Parameters) -> bool:
    return is_steady(facts, rules.short_return_days, rules.open_after_days)


def _is_asked(case: Case) -> bool:
    return case.closures.filter(decided__isnull=True).exists()


def _owe_request(case: Case, ctx: Context) -> None:
    """Owe the request at once: the school entered the case, the roll shows no absence."""
    if not _is_asked(case) and not Deadline.objects.owed().filter(case=case).exists():
        duty = DUTIES["request_closure"][1]
        add_deadline(case, duty, next_day(duty, ctx.today, ctx.rules, ctx.calendar), ctx)


def _keep_observing(case: Case, since: date | None, ctx: Context) -> None:
    """Owe the request for closure after P9 days in a row. A miss starts the count anew."""
    owed = Deadline.objects.owed().filter(case=case, code="request_closure")
    current = owed.first()
    if current is not None and since is not None and current.day0 >= since:
        return
    owed.update(void_on=ctx.today)
    if since is not None and not _is_asked(case):
        duty = DUTIES["request_closure"][1]
        add_deadline(case, duty, due_of(duty, since, ctx.rules, ctx.calendar), ctx)
