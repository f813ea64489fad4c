"""Everything that writes roll calls, leave slips and absence spells."""

from students.attendance.actions.calling import call_roll
from students.attendance.actions.closures import mark_followed, recount_school
from students.attendance.actions.leaving import record_slip, take_back_slip
from students.attendance.actions.nudging import nudge
from students.attendance.actions.recounting import recount
from students.attendance.actions.reminding import remind_uncalled
from students.attendance.actions.rulings import mark_ruled, rule_days
from students.attendance.actions.taking_back import take_back_roll

__all__ = [
    "call_roll",
    "mark_followed",
    "mark_ruled",
    "nudge",
    "record_slip",
    "recount",
    "recount_school",
    "remind_uncalled",
    "rule_days",
    "take_back_roll",
    "take_back_slip",
]
