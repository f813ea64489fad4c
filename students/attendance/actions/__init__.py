"""All acts that write roll calls, leave slips and absence spells."""

from students.attendance.actions.calling import call_roll
from students.attendance.actions.calling_many import FirstCall, call_many
from students.attendance.actions.nudging import nudge
from students.attendance.actions.recounting import recount
from students.attendance.actions.reminding import remind_uncalled
from students.attendance.actions.reseating import begin_look, end_look, moved_in, reseat
from students.attendance.actions.rulings import mark_ruled, rule_days
from students.attendance.actions.school_days import mark_followed, recount_school
from students.attendance.actions.slips import record_slip, take_back_slip
from students.attendance.actions.taking_back import take_back_roll

__all__ = [
    "FirstCall",
    "begin_look",
    "call_many",
    "call_roll",
    "end_look",
    "mark_followed",
    "mark_ruled",
    "moved_in",
    "nudge",
    "record_slip",
    "recount",
    "recount_school",
    "remind_uncalled",
    "reseat",
    "rule_days",
    "take_back_roll",
    "take_back_slip",
]
