"""Counts unexcused absence in half-days: spells, and whole days missed (R1)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

# The version of the rules by which half-days are counted, here and in kinds.py. Whoever changes an
# answer of theirs raises it: an upgrade then counts again what stands (cases/recount/counting.py).
COUNTING = 1

MISSED, EXCUSED, PRESENT = "u", "e", "p"


@dataclass(frozen=True, slots=True)
class DayFact:
    """One child on one school day in half-days, by the roll.

    ``called`` is how many half-days had their roll called, 0 to 2; the rest is 未点名 and says
    nothing. ``order`` tells morning from afternoon where they differ ("pu": there in the morning,
    missing in the afternoon); if empty, the missed half-days come first.
    """

    day: date
    called: int
    unexcused: int = 0
    excused: int = 0
    order: str = ""

    @property
    def present(self) -> int:
        """Half-days on which the child was there."""
        return self.called - self.unexcused - self.excused

    @property
    def halves(self) -> str:
        """The called half-days in order: u missed, e excused, p present."""
        return self.order or (
            MISSED * self.unexcused + EXCUSED * self.excused + PRESENT * self.present
        )


@dataclass(frozen=True, slots=True)
class Spell:
    """连续缺勤: unexcused half-days in a row.

    ``ended_on`` is the day on which the roll found the child present or excused again; None while
    it is away. ``last_present_on`` is the last day of presence before the spell.
    """

    started_on: date
    last_missed_on: date
    ended_on: date | None
    halves: int
    last_present_on: date | None


def spells_of(facts: Iterable[DayFact], last_present_on: date | None = None) -> list[Spell]:
    """The spells in facts ordered by day; ``last_present_on`` is the one known from before.

    A half-day that was not called neither breaks a spell nor adds to it (design 4, Counting).
    """
    spells: list[Spell] = []
    away = False
    for day, half in ((fact.day, half) for fact in facts for half in fact.halves):
        if half == MISSED and away:
            spells[-1] = replace(spells[-1], last_missed_on=day, halves=spells[-1].halves + 1)
        elif half == MISSED:
            spells.append(Spell(day, day, None, 1, last_present_on))
        elif away:
            spells[-1] = replace(spells[-1], ended_on=day)
        away = half == MISSED
        if half == PRESENT:
            last_present_on = day
    return spells


def recount_from(spells: Iterable[Spell], changed_on: date) -> date:
    """The day at which a recount must begin when facts of ``changed_on`` and later may differ.

    It is the first day of a spell that began before and reaches to that day. Spells that began
    before the answer stay as they are; all others come from the recount.
    """
    reaching = (
        spell.started_on
        for spell in spells
        if spell.started_on < changed_on
        and (spell.ended_on is None or spell.ended_on >= changed_on)
    )
    return min(reaching, default=changed_on)


def missed_days(facts: Iterable[DayFact]) -> list[date]:
    """The whole school days missed without excuse: both half-days called and both missed."""
    return [fact.day for fact in facts if fact.called == 2 and fact.unexcused == 2]


def passes(halves: int, open_after_days: int) -> bool:
    """Whether a spell is strictly longer than P1: the third half-day, the second whole day (R1)."""
    return halves > 2 * open_after_days
