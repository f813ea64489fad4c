"""Submits a roll call or takes one back, with its cases, in one transaction."""

from cases.actions.following import follow
from foundation.accounts.doer import Doer
from students.attendance.actions import call_roll, take_back_roll
from students.attendance.actions.common import hold, one_transaction
from students.attendance.rolls.entries import CallResult, RollCallEntry, TakeBackEntry
from students.attendance.rolls.morning import ClassMorning


def submit_roll(
    doer: Doer,
    entry: RollCallEntry,
    morning: ClassMorning | None = None,
) -> CallResult:
    """Submit a roll call, new, corrected or sent again, and let the cases follow.

    Raises what ``call_roll`` raises. ``morning`` is the class as a view has locked and read it in
    its own transaction. Without it the class is locked here.
    """
    with one_transaction(morning):
        held = morning or hold(doer, entry)
        result = call_roll(doer, entry, held)
        return _followed(result, doer, held)


def undo_roll(
    doer: Doer,
    entry: TakeBackEntry,
    morning: ClassMorning | None = None,
) -> CallResult:
    """撤销: take back what was just submitted, and let the cases follow.

    Raises what ``take_back_roll`` raises. ``morning`` as for ``submit_roll``.
    """
    with one_transaction(morning):
        held = morning or hold(doer, entry)
        result = take_back_roll(doer, entry, held)
        return _followed(result, doer, held)


def _followed(result: CallResult, doer: Doer, held: ClassMorning) -> CallResult:
    """Let the cases follow, unless the roll was sent twice: then the first time did it."""
    if not result.repeated:
        children = result.members | result.touched
        follow(children, doer.today, doer.now, doer.origin, result.touched, held)
    return result
