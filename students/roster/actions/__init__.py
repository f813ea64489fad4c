"""Everything that writes the register; one module a noun."""

from students.roster.actions.imports import (
    confirm_import,
    drop_import,
    read_import,
    settle_failed,
    start_import,
    write_import,
)
from students.roster.actions.pupils import (
    add_child,
    add_school,
    assign_class,
    enrol,
    open_class,
    put_guardian,
)
from students.roster.actions.spells import end_spell, reopen_spell

__all__ = [
    "add_child",
    "add_school",
    "assign_class",
    "confirm_import",
    "drop_import",
    "end_spell",
    "enrol",
    "open_class",
    "put_guardian",
    "read_import",
    "reopen_spell",
    "settle_failed",
    "start_import",
    "write_import",
]
