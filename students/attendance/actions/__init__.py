"""Everything that writes roll calls, leave slips and absence spells."""

from students.attendance.actions.calling import call_roll
from students.attendance.actions.closures import mark_followed, recount_school
from students.attendance.actions.leaving import record_slip, take_back_slip
from students.attendance.actions.recounting import recount

__all__ = [
    "call_roll",
    "mark_followed",
    "record_slip",
    "recount",
    "recount_school",
    "take_back_slip",
]
