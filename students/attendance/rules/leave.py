"""How long a leave excuses without a guardian's slip (R9; design 4, Counting).

病假 and 事假 excuse the first 3 school days of a run without a slip. Every further day needs a
slip, and is unexcused until it comes. Leaves in succession are one run, whatever their kind, and
only the child's presence ends it: an unexcused day or a 公假 between two leaves starts no new run,
so that endless 病假 cannot avoid the slip.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from students.attendance.rules.kinds import BY_CODE, is_excused
from students.attendance.rules.spells import EXCUSED, MISSED, PRESENT

# Codes of half-days before the run is counted, beside u, e and p.
ON_LEAVE, WITH_SLIP = "l", "s"
FREE_HALVES = 6  # 3 school days

Halves = tuple[date, str]  # a day and its called half-days in order


@dataclass(frozen=True, slots=True)
class SlipSpan:
    """The days that a standing slip covers, both included."""

    first_day: date
    last_day: date

    def covers(self, day: date) -> bool:
        """Whether the slip covers an absence on ``day``."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Run:
    """A run of leave longer than 3 school days, with days that no slip covers."""

    first_day: date
    last_day: date
    halves: int
    unpaid_from: date  # the first day that counts as unexcused for want of a slip


def half_of(kind: str, leave_until: date | None, day: date, slips: Iterable[SlipSpan]) -> str:
    """The code of a mark's half-day: p, u, e, or leave with or without a slip.

    A slip excuses a leave only; 无故未到 stays until the roll itself is corrected.
    """
    row = BY_CODE[kind]
    if row.present:
        return PRESENT
    if row.needs_slip and any(slip.covers(day) for slip in slips):
        return WITH_SLIP
    if not is_excused(kind, leave_until, day):
        return MISSED
    return ON_LEAVE if row.needs_slip else EXCUSED


def settle(days: Iterable[Halves], run: int = 0) -> Iterator[Halves]:
    """The days in u, e and p alone; ``run`` is the half-days of leave just before them.

    From the seventh half-day on a slip is needed: the 4th school day is the first that needs one.
    """
    for day, halves in days:
        settled = []
        for half in halves:
            run = run_after(half, run)
            settled.append(_settled(half, run))
        yield day, "".join(settled)


def run_after(half: str, run: int) -> int:
    """The length of the run of leave after one more half-day."""
    if half == PRESENT:
        return 0
    return run + (half in (ON_LEAVE, WITH_SLIP))


def run_at_end(days: Iterable[Halves]) -> int:
    """The half-days of leave at the end of the days, since the child was last there."""
    run = 0
    for half in (half for _, halves in days for half in halves):
        run = run_after(half, run)
    return run


def runs_owing(days: Iterable[Halves]) -> list[Run]:
    """The runs of leave past 3 school days that lack a slip, in order."""
    found: list[Run] = []
    run, first = 0, date.min
    for day, half in ((day, half) for day, halves in days for half in halves):
        before, run = run, run_after(half, run)
        first = day if run and not before else first
        if found and found[-1].first_day == first and run > before:
            found[-1] = Run(first, day, run, found[-1].unpaid_from)
        elif _settled(half, run) == MISSED and half == ON_LEAVE:
            found.append(Run(first, day, run, day))
    return found


def _settled(half: str, run: int) -> str:
    if half == WITH_SLIP:
        return EXCUSED
    if half == ON_LEAVE:
        return EXCUSED if run <= FREE_HALVES else MISSED
    return half
