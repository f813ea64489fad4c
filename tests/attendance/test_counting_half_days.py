"""Rules of R1 on boundary days, without a database."""

from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.attendance.rules.spells import (
    DayFact,
    Spell,
    missed_days,
    passes,
    recount_from,
    spells_of,
)

MON = date(2025, 9, 8)
TUE, WED, THU, FRI = (MON + timedelta(days=n) for n in (1, 2, 3, 4))


def days(*orders: str, first: date = MON) -> list[DayFact]:
    """Facts of days in a row, "uu", "pu" …; "" is a day that was not called."""
    return [
        DayFact(first + timedelta(days=n), len(o), o.count("u"), o.count("e"), o)
        for n, o in enumerate(orders)
        if o
    ]


def test_one_whole_day_does_not_pass_one_day() -> None:
    assert not passes(2, 1)


def test_the_third_half_day_passes_one_day() -> None:
    assert passes(3, 1)


def test_the_second_whole_day_passes_one_day() -> None:
    (spell,) = spells_of(days("pp", "uu", "uu"))
    assert passes(spell.halves, 1)


@pytest.mark.parametrize("p1", range(1, 6))
def test_the_threshold_is_more_than_p1_whole_days(p1: int) -> None:
    assert not passes(2 * p1, p1)
    assert passes(2 * p1 + 1, p1)


def test_a_spell_runs_on_over_days_without_a_roll_call() -> None:
    assert spells_of(days("pp", "uu", "", "uu")) == [Spell(TUE, THU, None, 4, MON)]


def test_a_half_day_without_a_roll_call_adds_nothing() -> None:
    assert spells_of([DayFact(MON, 1, 1)]) == [Spell(MON, MON, None, 1, None)]


def test_presence_ends_a_spell_on_that_day() -> None:
    assert spells_of(days("pp", "uu", "pp")) == [Spell(TUE, TUE, WED, 2, MON)]


def test_an_excused_day_ends_a_spell_too() -> None:
    assert spells_of(days("uu", "ee")) == [Spell(MON, MON, TUE, 2, None)]


def test_a_missed_morning_and_a_present_afternoon_end_on_the_same_day() -> None:
    assert spells_of(days("up")) == [Spell(MON, MON, MON, 1, None)]
    assert spells_of([DayFact(MON, 2, 1)]) == [Spell(MON, MON, MON, 1, None)]


def test_a_missed_afternoon_begins_a_spell_after_the_morning() -> None:
    assert spells_of(days("pu", "uu")) == [Spell(MON, TUE, None, 3, MON)]


def test_a_present_morning_ends_one_spell_and_the_afternoon_begins_another() -> None:
    first, second = spells_of(days("uu", "pu"))
    assert first == Spell(MON, MON, TUE, 2, None)
    assert second == Spell(TUE, TUE, None, 1, TUE)


def test_the_last_presence_before_the_facts_is_handed_on() -> None:
    (spell,) = spells_of(days("uu", first=TUE), MON)
    assert spell.last_present_on == MON


def test_an_excused_day_is_no_presence() -> None:
    (spell,) = spells_of(days("pp", "ee", "uu"))
    assert spell.last_present_on == MON


def test_nothing_missed_is_no_spell() -> None:
    assert spells_of(days("pp", "ee", "p")) == []


def test_a_missed_day_needs_both_half_days() -> None:
    assert missed_days(days("uu", "up", "u", "ue", "uu")) == [MON, FRI]


HALVES = st.text("uep", max_size=2)
HISTORIES = st.lists(HALVES, min_size=1, max_size=12)


def slow(facts: list[DayFact]) -> list[Spell]:
    """Every half-day written out, the runs of u read off, each fact looked up by itself."""
    flat = [(fact.day, half) for fact in facts for half in fact.halves]
    found, at = [], 0
    for missed, run in groupby(flat, key=lambda item: item[1] == "u"):
        length = len(list(run))
        if missed:
            part, after = flat[at : at + length], flat[at + length :]
            seen = [day for day, half in flat[:at] if half == "p"]
            found.append(
                Spell(
                    part[0][0],
                    part[-1][0],
                    after[0][0] if after else None,
                    length,
                    seen[-1] if seen else None,
                )
            )
        at += length
    return found


@given(HISTORIES)
def test_spells_are_what_a_slow_count_finds(history: list[str]) -> None:
    facts = days(*history)
    assert spells_of(facts) == slow(facts)


@given(HISTORIES, st.data())
def test_a_recount_from_the_changed_day_is_a_recount_from_scratch(
    history: list[str], data: st.DataObject
) -> None:
    before = spells_of(days(*history))
    changed = data.draw(st.integers(0, len(history) - 1))
    history[changed] = data.draw(HALVES)
    facts = days(*history)
    start = recount_from(before, MON + timedelta(days=changed))
    kept = [spell for spell in before if spell.started_on < start]
    seen = max((f.day for f in facts if f.day < start and f.present), default=None)
    again = spells_of([fact for fact in facts if fact.day >= start], seen)
    assert kept + again == slow(facts)
