"""Everything that writes the register; one module a noun."""

from students.roster.actions.imports import (
    confirm_import,
    drop_import,
    settle_failed,
    start_import,
    write_import,
)
from students.roster.actions.previews import answer_row, read_import, replan_row
from students.roster.actions.pupils import (
    add_child,
    add_school,
    assign_class,
    enrol,
    open_class,
    put_guardian,
)
from students.roster.actions.undoing import children_of_undo, undo_import

__all__ = [
    "add_child",
    "add_school",
    "answer_row",
    "assign_class",
    "children_of_undo",
    "confirm_import",
    "drop_import",
    "enrol",
    "open_class",
    "put_guardian",
    "read_import",
    "replan_row",
    "settle_failed",
    "start_import",
    "undo_import",
    "write_import",
]
