"""All acts that write regions, units, people, posts and parameters. One module for each noun."""

from foundation.accounts.actions.limits import report_limit
from foundation.accounts.actions.managing import (
    check_may_manage,
    check_not_oneself,
    granting_post,
    living_posts,
)
from foundation.accounts.actions.parameters import (
    NewValue,
    change_parameter,
    check_value,
    seed_parameters,
    set_parameter,
    withdraw_parameter,
)
from foundation.accounts.actions.passwords import PasswordSlip, give_first_passwords, reset_password
from foundation.accounts.actions.people import (
    change_password,
    close_account,
    note_failed_sign_in,
    note_sign_in,
    note_sign_out,
    refuse_entry,
    reopen_account,
    unlock_account,
    unseal_account,
)
from foundation.accounts.actions.phones import (
    NewPhone,
    end_phones,
    end_phones_of,
    trust_phone,
    untrust_phone,
    use_phone,
)
from foundation.accounts.actions.seconding import (
    confirm_request,
    refuse_request,
    request_password,
    request_post,
    request_reopening,
    withdraw_request,
)
from foundation.accounts.actions.sessions import end_sessions, make_room
from foundation.accounts.actions.staff import (
    appoint,
    close_left_accounts,
    depart,
    finish_post,
    take_on,
)
from foundation.accounts.actions.units import (
    Refused,
    add_unit,
    end_post,
    grant_post,
    load_regions,
    shift_clock,
)
from foundation.accounts.regions import RegionRow

__all__ = [
    "NewPhone",
    "NewValue",
    "PasswordSlip",
    "Refused",
    "RegionRow",
    "add_unit",
    "appoint",
    "change_parameter",
    "change_password",
    "check_may_manage",
    "check_not_oneself",
    "check_value",
    "close_account",
    "close_left_accounts",
    "confirm_request",
    "depart",
    "end_phones",
    "end_phones_of",
    "end_post",
    "end_sessions",
    "finish_post",
    "give_first_passwords",
    "grant_post",
    "granting_post",
    "living_posts",
    "load_regions",
    "make_room",
    "note_failed_sign_in",
    "note_sign_in",
    "note_sign_out",
    "refuse_entry",
    "refuse_request",
    "reopen_account",
    "report_limit",
    "request_password",
    "request_post",
    "request_reopening",
    "reset_password",
    "seed_parameters",
    "set_parameter",
    "shift_clock",
    "take_on",
    "trust_phone",
    "unlock_account",
    "unseal_account",
    "untrust_phone",
    "use_phone",
    "withdraw_parameter",
    "withdraw_request",
]
