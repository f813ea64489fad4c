"""All acts that write the census. One module for each noun."""

from students.census.actions.arrivals import (
    check_in,
    exempt,
    place,
    revoke_exemption,
    set_registration_day,
    undo_check_in,
)
from students.census.actions.catchments import set_catchment
from students.census.actions.entrants import add_entrants
from students.census.actions.graduations import graduate, undo_graduation
from students.census.actions.handovers import (
    accept_handover,
    describe_row,
    prepare_handovers,
    return_handover,
    send_handover,
)
from students.census.actions.notices import (
    DrawnUp,
    correct_notice,
    draw_up_notices,
    hand_out_notices,
)
from students.census.actions.withdrawing import why_not_withdrawn, withdraw_entrant

__all__ = [
    "DrawnUp",
    "accept_handover",
    "add_entrants",
    "check_in",
    "correct_notice",
    "describe_row",
    "draw_up_notices",
    "exempt",
    "graduate",
    "hand_out_notices",
    "place",
    "prepare_handovers",
    "return_handover",
    "revoke_exemption",
    "send_handover",
    "set_catchment",
    "set_registration_day",
    "undo_check_in",
    "undo_graduation",
    "why_not_withdrawn",
    "withdraw_entrant",
]
