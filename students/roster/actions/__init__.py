"""Everything that writes the register; one module a noun."""

from students.roster.actions.exports import (
    AT_ONCE,
    Order,
    forget_exports,
    hand_out,
    keep_export,
    note_export,
    order_export,
)
from students.roster.actions.groups import (
    Entry,
    end_absence,
    end_group,
    enter_groups,
    from_roster,
    note_absence,
)
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

__all__ = [
    "AT_ONCE",
    "Entry",
    "Order",
    "add_child",
    "add_school",
    "assign_class",
    "confirm_import",
    "drop_import",
    "end_absence",
    "end_group",
    "enrol",
    "enter_groups",
    "forget_exports",
    "from_roster",
    "hand_out",
    "keep_export",
    "note_absence",
    "note_export",
    "open_class",
    "order_export",
    "put_guardian",
    "read_import",
    "settle_failed",
    "start_import",
    "write_import",
]
