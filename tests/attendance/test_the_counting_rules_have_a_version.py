"""Whoever changes an answer of the counting rules raises COUNTING, so that an upgrade recounts."""

from datetime import date, timedelta
from hashlib import sha256
from itertools import product

from students.attendance.rules import kinds
from students.attendance.rules.spells import COUNTING, DayFact, recount_from, spells_of

MONDAY = date(2025, 9, 8)
DAYS = ("", "u", "e", "p", "uu", "ee", "pp", "ue", "eu", "up", "pu", "ep", "pe")
# The answers of each version, as a digest. A change of the rules adds the next one.
ANSWERS = {1: "4d3f6c4e53dc8d38"}


def _answers() -> str:
    told = sha256()
    for week in product(DAYS, repeat=3):
        facts = [
            DayFact(MONDAY + timedelta(n), len(half), half.count("u"), half.count("e"), half)
            for n, half in enumerate(week)
        ]
        found = spells_of(facts)
        told.update(repr((week, found, recount_from(found, MONDAY + timedelta(1)))).encode())
    for kind, days in product(kinds.KINDS, range(-1, 2)):
        until = MONDAY + timedelta(days)
        said = (kind.code, kind.present, kinds.is_excused(kind.code, until, MONDAY))
        told.update(repr(said).encode())
    told.update(repr(kinds.HALVES).encode())
    return told.hexdigest()[:16]


def test_the_answers_are_those_of_the_version() -> None:
    assert ANSWERS[COUNTING] == _answers()
