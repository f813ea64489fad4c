"""The only code that writes cases: opening, following the roll, acts of people, the sweep."""

from cases.actions.arriving import note_arrival, take_arrival_back
from cases.actions.context import Contexts, SomebodyWasFirst
from cases.actions.following import follow
from cases.actions.performing import Deed, acting_post, levels_of, perform
from cases.actions.rosters import touched_by_work, undo_import
from cases.actions.sweeping import Swept, sweep
from cases.recount.deadlines import redate_school
from cases.recount.roster import follow_roster
from cases.recount.school_days import follow_calendar, follow_school

__all__ = [
    "Contexts",
    "Deed",
    "SomebodyWasFirst",
    "Swept",
    "acting_post",
    "follow",
    "follow_calendar",
    "follow_roster",
    "follow_school",
    "levels_of",
    "note_arrival",
    "perform",
    "redate_school",
    "sweep",
    "take_arrival_back",
    "touched_by_work",
    "undo_import",
]
