"""Everything that writes the register; one module a noun."""

from students.roster.actions.correcting import (
    answer_row,
    correct_rows,
    keep_columns,
    reread_import,
    return_book,
)
from students.roster.actions.imports import (
    confirm_import,
    drop_import,
    read_import,
    settle_failed,
    start_import,
    write_import,
)
from students.roster.actions.mapping import choose_columns, go_on_reading, upload_roster
from students.roster.actions.pupils import (
    add_child,
    add_school,
    assign_class,
    enrol,
    open_class,
    put_guardian,
)

__all__ = [
    "add_child",
    "add_school",
    "answer_row",
    "assign_class",
    "choose_columns",
    "confirm_import",
    "correct_rows",
    "drop_import",
    "enrol",
    "go_on_reading",
    "keep_columns",
    "open_class",
    "put_guardian",
    "read_import",
    "reread_import",
    "return_book",
    "settle_failed",
    "start_import",
    "upload_roster",
    "write_import",
]
