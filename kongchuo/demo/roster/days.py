"""The script of the roster: which act on which day.

Acts before the first school day happened in the summer and are played with that day.
"""

from collections.abc import Callable
from datetime import date

from foundation.accounts.models import Unit
from kongchuo.demo.county.dates import FIRST_DAY
from kongchuo.demo.roster import changes, entering, groups, imports

Deed = Callable[[Unit, date], None]

DEEDS: tuple[tuple[date, Deed], ...] = (
    (date(2025, 6, 16), entering.enter_list),
    (date(2025, 6, 30), entering.hand_over),
    (date(2025, 7, 8), entering.take_over),
    (date(2025, 7, 10), entering.send_notices),
    (date(2025, 7, 18), entering.serve_notices),
    (date(2025, 8, 31), entering.check_in_all),
    (date(2025, 9, 3), changes.suspend),
    (date(2025, 9, 4), changes.approve_suspension),
    (date(2025, 9, 5), changes.file_suspension),
    (date(2025, 9, 5), imports.import_roster),
    (date(2025, 9, 10), groups.enter_groups),
    (date(2025, 10, 13), changes.move_class),
    (date(2025, 10, 16), changes.let_go),  # due on 30 October: overdue
    (date(2025, 10, 20), groups.note_absences),
    (date(2025, 11, 5), changes.let_go),  # due on 19 November: waits
    (date(2025, 11, 6), changes.hand_over),
    (date(2025, 11, 7), changes.find_substitute),
    (date(2025, 11, 11), imports.preview_roster),
)


def before_term(county: Unit) -> None:
    """Play the acts of the summer."""
    for day, deed in DEEDS:
        if day < FIRST_DAY:
            deed(county, day)


def act_out(county: Unit, day: date) -> int:
    """Play the script's acts of ``day``; returns how many."""
    due = [deed for on, deed in DEEDS if on == day]
    for deed in due:
        deed(county, day)
    return len(due)
