"""The parts of an act of a person; an act that lacks one of them cannot be imported."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.actions.automatic import Words
from cases.actions.context import Context
from cases.models import Case, CaseEvent
from cases.policy import Act, ActRule, Level


@dataclass(frozen=True, slots=True)
class Attempt:
    """An act that somebody wants to do: the case, the evidence, and as what it is done."""

    case: Case
    data: Mapping[str, Any]
    level: Level
    unit_id: int
    ctx: Context

    @property
    def day(self) -> date:
        """The day the person says it happened."""
        day: date = self.data["occurred_on"]
        return day


@dataclass(frozen=True, slots=True)
class Trace:
    """An act under way: its case, its event, the evidence, the level of who does it."""

    case: Case
    event: CaseEvent
    data: Mapping[str, Any]
    level: Level
    ctx: Context

    @property
    def day(self) -> date:
        """The day the act happened."""
        return self.event.occurred_on


@dataclass(frozen=True, slots=True)
class Situation:
    """What the page of a case knows when it decides which buttons to show."""

    case: Case
    done: Collection[Act]  # the acts of the case's events
    closure_waits: bool  # a request for closure has no answer yet


Guard = Callable[[Attempt], None]
Rows = Callable[[Trace], None]
Offered = Callable[[Situation], bool]
Example = Callable[[Case], Mapping[str, Any]]
Ending = Callable[[Attempt], CaseEvent]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """An act of a person with all that belongs to it. Who may do it when stands in its rule.

    ``guard`` raises NotAllowed, in Chinese and with what to do instead, when the case's own
    history forbids the act. ``rows`` writes what the act leaves behind besides its event;
    ``afterwards`` does so once the duties that the act fulfils are met. ``letter`` is the title of
    the letters that tell of the move, with ``{stage}`` for the rung; NO_LETTER for an act that
    moves no case. ``title`` is its head in the timeline. ``offered`` leaves out a button that
    could only answer that it is done already. ``example`` is complete and plausible evidence
    without the day, for the demo and the tests. ``ending`` ends the case: it writes event, rows,
    duties and letters in place of the ladder's move.
    """

    rule: ActRule
    guard: Guard
    rows: Rows
    letter: str
    title: Words
    offered: Offered
    example: Example
    afterwards: Rows | None = None
    ending: Ending | None = None


def no_condition(attempt: Attempt) -> None:
    """Nothing besides the day and the rung."""


def no_rows(trace: Trace) -> None:
    """No rows besides the event."""


def whenever_possible(situation: Situation) -> bool:
    """The button stands wherever rung and post allow the act."""
    return True


def says(**facts: Any) -> Example:
    """Evidence that does not depend on the case."""
    return lambda case: facts
