"""Gathers where cases stand in the ledger on a day, for page, list, return and workbook alike.

This module gathers the facts of many cases at once; ``cases/rules/category.py`` counts them. What
counts as a return or as a day at school is decided in these two modules and nowhere else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.missed import missed_of, stays_of_found
from cases.models import Case, CaseEvent, Confirmation
from cases.policy import Act
from cases.rules.category import (
    Closing,
    Confirmed,
    HeldReturn,
    History,
    Standing,
    returns_in,
    standing_at,
)
from cases.rules.codes import LOST
from cases.rules.returns import LedgerMove, SeenDays
from foundation.accounts.querysets import parameters_on
from foundation.days import ONE_DAY, days_between
from foundation.prepared import prepared
from students.attendance.rolls.facts import facts_of
from students.attendance.rules.spells import DayFact
from students.calendars.loading import CountyCalendars, calendars_of
from students.calendars.workdays import Calendar

_BACK = "C01"  # 劝返复学
_SAME_CLASS = "same_class"  # where the roll finds a child


def standings(cases: Iterable[Case], day: date) -> dict[int, Standing]:
    """Where each case stands at the end of ``day``, by its key. A closed case has no standing.

    The number of queries for a county does not grow with its cases.
    """
    return standings_on(cases, [day])[day]


def standings_on(cases: Iterable[Case], days: Sequence[date]) -> dict[date, dict[int, Standing]]:
    """The standings at the end of each of ``days``, from facts that are loaded once."""
    by_county: dict[int, list[Case]] = defaultdict(list)
    for case in cases:
        if not _is_closed(case, min(days)):
            by_county[case.county_id].append(case)
    found: dict[date, dict[int, Standing]] = {day: {} for day in days}
    for county_id, own in by_county.items():
        known = histories(own, calendars_of(county_id), max(days))
        for day in days:
            rules = parameters_on(county_id, day)
            for case in own:
                if not _is_closed(case, day):
                    found[day][case.pk] = standing_at(known[case.pk], day, rules)
    return found


def _is_closed(case: Case, day: date) -> bool:
    return case.closed_on is not None and case.closed_on <= day


def histories(
    cases: Collection[Case], calendars: CountyCalendars, until: date
) -> dict[int, History]:
    """The facts from which each case's category follows up to ``until``, by its key.

    All cases must be of the county of ``calendars``.
    """
    if not cases:
        return {}
    since = min(_gone_since(case) for case in cases)
    facts = facts_of([case.child_id for case in cases], since, until)
    stays = stays_of_found(cases, until)
    (moves, closings), confirmed = _told_of(cases, until), _confirmed_of(cases, until)
    found: dict[int, History] = {}
    for case in cases:
        own, calendar = facts[case.child_id], _calendar_of(case, calendars)
        missed = missed_of(case, own, stays.get(case.child_id), calendar, until)
        told = moves.get(case.pk, ())
        seen = seen_days(own, _silent_from(told), until, calendar)
        history = _history(case, seen, missed, told, calendar)
        found[case.pk] = replace(
            history, confirmed=tuple(confirmed[case.pk]), closings=tuple(closings[case.pk])
        )
    return found


def last_returns(
    known: Iterable[tuple[Case, History]], first: date, last: date
) -> dict[int, HeldReturn]:
    """The last return of each child between two days, by the key of the case that it belongs to."""
    found: dict[int, tuple[date, int, HeldReturn]] = {}
    for case, history in known:
        for held in returns_in(history, first, last):
            one = (held.day, case.pk, held)
            found[case.child_id] = max(found.get(case.child_id, one), one)
    return {pk: held for _, pk, held in found.values()}


def _silent_from(moves: Iterable[LedgerMove]) -> date | None:
    """The first return on a person's word: silence counts only after one."""
    words = (move.day for move in moves if move.is_back and not move.by_roll)
    return min(words, default=None)


def seen_days(
    facts: Collection[DayFact], word: date | None, until: date, calendar: Calendar
) -> SeenDays:
    """What the roll says, and after a person's word the school days on which it says nothing."""
    told = {fact.day for fact in facts if fact.called}
    days = days_between(word + ONE_DAY, until) if word else ()
    return SeenDays(
        there=tuple(fact.day for fact in facts if fact.present),
        marked=tuple(fact.day for fact in facts if fact.unexcused),
        silent=tuple(day for day in days if day not in told and calendar.is_school_day(day)),
    )


def _history(
    case: Case,
    seen: SeenDays,
    missed: tuple[date, ...],
    moves: Iterable[LedgerMove],
    calendar: Calendar,
) -> History:
    return History(
        opened_on=case.opened_on,
        gone_since=_gone_since(case),
        missed=missed,
        seen=seen,
        moves=tuple(moves),
        closed_on=case.closed_on,
        closed_as_back=case.outcome == _BACK,
        vacations=calendar.vacations,
    )


def _gone_since(case: Case) -> date:
    return case.last_present_on or case.first_missed_on - ONE_DAY


def _calendar_of(case: Case, calendars: CountyCalendars) -> Calendar:
    """The calendar of the case's school with suspended and make-up days, or the county's."""
    return calendars.of_school(case.school_id) if case.school_id else calendars.county


def _told_of(
    cases: Iterable[Case], until: date
) -> tuple[dict[int, list[LedgerMove]], dict[int, list[Closing]]]:
    """Each case's returns, broken observations and later absences, and its approved closings.

    All in the order of recording. A closing that no absence has ended up to ``until`` lasts: the
    case itself may have gone on since, and then says nothing of it.
    """
    moves: dict[int, list[LedgerMove]] = defaultdict(list)
    closings: dict[int, list[Closing]] = defaultdict(list)
    closed: dict[int, tuple[date, bool]] = {}
    for pk, day, act, data in _told_events(cases=[case.pk for case in cases], until=until):
        if act == Act.APPROVE_CLOSURE:
            closed[pk] = day, data.get("outcome") == _BACK
            continue
        moves[pk].append(_move(day, act, data))
        if act == Act.AGAIN and pk in closed:
            since, as_back = closed.pop(pk)
            closings[pk].append(Closing(since, day, as_back))
    for pk, (since, as_back) in closed.items():
        closings[pk].append(Closing(since, date.max, as_back))
    return moves, closings


@prepared
def _told_events(*, cases: Any, until: Any) -> QuerySet[CaseEvent, Any]:
    acts = (Act.RETURN, Act.RELAPSE, Act.AGAIN, Act.APPROVE_CLOSURE)
    rows = CaseEvent.objects.filter(case_id__among=cases, act__in=acts, occurred_on__lte=until)
    return rows.order_by("id").values_list("case_id", "occurred_on", "act", "data")


def _confirmed_of(cases: Iterable[Case], until: date) -> dict[int, list[Confirmed]]:
    """What was confirmed of each case and not reverted, in order of days."""
    found: dict[int, list[Confirmed]] = defaultdict(list)
    for pk, day, ground in _told_confirmations(cases=[case.pk for case in cases], until=until):
        found[pk].append(Confirmed(day, ground == LOST))
    return found


@prepared
def _told_confirmations(*, cases: Any, until: Any) -> QuerySet[Confirmation, Any]:
    rows = Confirmation.objects.filter(
        case_id__among=cases, confirmed_on__lte=until, reverted__isnull=True
    )
    return rows.order_by("confirmed_on", "id").values_list("case_id", "confirmed_on", "ground")


def _move(day: date, act: str, data: Mapping[str, str]) -> LedgerMove:
    by_roll = data.get("by") == "roll"
    placement = _SAME_CLASS if by_roll else data.get("placement", "")
    return LedgerMove(day, act == Act.RETURN, by_roll, placement)
