"""All acts that write a county's calendar. One module for each noun."""

from students.calendars.actions.arrangements import (
    check_arrangement,
    seed_state_council,
    set_arrangement,
    stood,
)
from students.calendars.actions.changes import Grounds
from students.calendars.actions.overrides import set_override
from students.calendars.actions.terms import check_terms, seed_terms, set_terms
from students.calendars.notice import ArrangedDay
from students.calendars.supposing import TermEntry

__all__ = [
    "ArrangedDay",
    "Grounds",
    "TermEntry",
    "check_arrangement",
    "check_terms",
    "seed_state_council",
    "seed_terms",
    "set_arrangement",
    "set_override",
    "set_terms",
    "stood",
]
