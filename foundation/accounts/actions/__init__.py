"""Everything that writes regions, units, people, posts and parameters, one module a noun."""

from foundation.accounts.actions.people import (
    change_password,
    close_account,
    note_failed_sign_in,
    note_sign_in,
    note_sign_out,
    reopen_account,
    unlock_account,
)
from foundation.accounts.actions.units import (
    Refused,
    add_unit,
    end_post,
    grant_post,
    load_regions,
    seed_parameters,
    set_parameter,
    shift_clock,
)
from foundation.accounts.regions import RegionRow

__all__ = [
    "Refused",
    "RegionRow",
    "add_unit",
    "change_password",
    "close_account",
    "end_post",
    "grant_post",
    "load_regions",
    "note_failed_sign_in",
    "note_sign_in",
    "note_sign_out",
    "reopen_account",
    "seed_parameters",
    "set_parameter",
    "shift_clock",
    "unlock_account",
]
