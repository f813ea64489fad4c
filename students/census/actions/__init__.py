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
from students.census.actions.notices import Issued, cancel_notice, issue_notices, serve_notices
from students.census.actions.withdrawing import why_not_withdrawn, withdraw_entrant

__all__ = [
    "Issued",
    "accept_handover",
    "add_entrants",
    "cancel_notice",
    "check_in",
    "describe_row",
    "exempt",
    "graduate",
    "issue_notices",
    "place",
    "prepare_handovers",
    "return_handover",
    "revoke_exemption",
    "send_handover",
    "serve_notices",
    "set_catchment",
    "set_registration_day",
    "undo_check_in",
    "undo_graduation",
    "why_not_withdrawn",
    "withdraw_entrant",
]
