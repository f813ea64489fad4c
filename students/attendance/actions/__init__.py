"""Everything that writes roll calls and absence spells."""

from students.attendance.actions.calling import call_roll
from students.attendance.actions.nudging import nudge
from students.attendance.actions.recounting import recount
from students.attendance.actions.reminding import remind_uncalled

__all__ = ["call_roll", "nudge", "recount", "remind_uncalled"]
