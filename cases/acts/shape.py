"""The parts that an act of a person consists of. An act that lacks one cannot be imported."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.actions.automatic import Words
from cases.actions.context import Context
from cases.models import Case, CaseEvent, Closure
from cases.policy import Act, ActRule, Level
from foundation.accounts.viewer import HeldPost


@dataclass(frozen=True, slots=True)
class Attempt:
    """An act that a person wants to do: case, evidence, level and post."""

    case: Case
    data: Mapping[str, Any]
    level: Level
    post: HeldPost
    ctx: Context

    @property
    def unit_id(self) -> int:
        """The unit of the post."""
        return self.post.unit_id

    @property
    def day(self) -> date:
        """The day the person says it happened."""
        day: date = self.data["occurred_on"]
        return day


@dataclass(frozen=True, slots=True)
class Trace:
    """An act in progress: case, event, evidence, level and post."""

    case: Case
    event: CaseEvent
    data: Mapping[str, Any]
    level: Level
    post: HeldPost
    ctx: Context

    @property
    def day(self) -> date:
        """The day the act happened."""
        return self.event.occurred_on


@dataclass(frozen=True, slots=True)
class Situation:
    """What the case page knows when it decides which buttons to show."""

    case: Case
    done: Collection[Act]  # acts that the case's events hold
    closure: Closure | None  # the open request for closure
    ctx: Context
    person_id: int | None = None  # the viewer
    level: Level | None = None  # the level on which the viewer would act
    unit_id: int | None = None  # the unit for which the viewer would act

    @property
    def closure_waits(self) -> bool:
        """Whether a request for closure is open."""
        return self.closure is not None


Guard = Callable[[Attempt], None]
Rows = Callable[[Trace], None]
Offered = Callable[[Situation], bool]
Lacks = Callable[[Situation], str]
Example = Callable[[Case], Mapping[str, Any]]
Ending = Callable[[Attempt], CaseEvent]
# By field: the choices that would be accepted, by code, and what is said of those left out.
Narrowed = Mapping[str, tuple[Mapping[str, str], str]]
Narrows = Callable[[Case, Context], Narrowed]
Tells = Callable[[Case, Context], str]


# By field: the first and the last day that would be accepted.
Bounds = Mapping[str, tuple[date, date]]
Bounded = Callable[[Case, Context], Bounds]


def any_day(case: Case, ctx: Context) -> Bounds:
    """An act whose days have no bounds besides those of every act."""
    return {}


def every_choice(case: Case, ctx: Context) -> Narrowed:
    """An act whose form offers every choice of its fields."""
    return {}


def nothing_to_tell(case: Case, ctx: Context) -> str:
    """An act whose form needs no word of how the case stands."""
    return ""


def nothing_missing(situation: Situation) -> str:
    """An act for which nothing has to be done before."""
    return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAct:
    """An act of a person with all its parts. The rule says who may do it and when.

    ``guard`` raises NotAllowed, in Chinese and with the remedy, if the case's own history forbids
    the act. ``rows`` writes the act's rows besides its event; ``afterwards`` does so after the act
    has met its duties. ``letter`` is the title of the letters that tell of the move, with
    ``{stage}`` for the rung; NO_LETTER for an act that moves no case. ``title`` is its head in the
    timeline. ``offered`` hides a button whose act is already done. ``lacks`` says in Chinese what
    is missing for the act today, which stands in place of the button; "" when nothing is.
    ``narrows`` leaves out of the form what the guard would refuse in any case; ``tells`` says on
    top of the form, in Chinese, how far its conditions are met.
    ``bounds`` gives the first and last possible day of a field; the form says them.
    ``example`` is complete, plausible evidence without the day, for the demo and the tests.
    ``ending`` ends the case: it writes event, rows, duties and letters in place of the ladder's
    move.
    """

    rule: ActRule
    guard: Guard
    rows: Rows
    letter: str
    title: Words
    offered: Offered
    example: Example
    lacks: Lacks = nothing_missing
    narrows: Narrows = every_choice
    bounds: Bounded = any_day
    tells: Tells = nothing_to_tell
    afterwards: Rows | None = None
    ending: Ending | None = None


def no_condition(attempt: Attempt) -> None:
    """A guard that checks nothing beyond the day and the rung."""


def no_rows(trace: Trace) -> None:
    """No rows besides the event."""


def whenever_possible(situation: Situation) -> bool:
    """A button offered wherever rung and post allow the act."""
    return True


def says(**facts: Any) -> Example:
    """Example evidence that does not depend on the case."""
    return lambda case: facts
