"""Everything that writes the register; one module a noun."""

from students.roster.actions.changes import (
    record_change,
    refuse_change,
    settle_death,
    withdraw_change,
)
from students.roster.actions.correcting import (
    correct_rows,
    keep_columns,
    reread_import,
    return_book,
)
from students.roster.actions.documents import add_document, add_documents
from students.roster.actions.expiring import remind_of_expiry
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
    note_absence,
)
from students.roster.actions.import_groups import from_roster, lines_of
from students.roster.actions.imports import (
    confirm_import,
    drop_import,
    settle_failed,
    start_import,
    write_import,
)
from students.roster.actions.mapping import choose_columns, go_on_reading, upload_roster
from students.roster.actions.previews import answer_row, read_import, replan_row
from students.roster.actions.pupils import (
    add_child,
    add_school,
    assign_class,
    enrol,
    open_class,
    put_guardian,
)
from students.roster.actions.reports import report_day, verify_line
from students.roster.actions.spells import end_spell, reopen_spell
from students.roster.actions.staff import end_one_post, leave_unit, take_on_staff
from students.roster.actions.suspensions import (
    apply_deferral,
    approve_suspension,
    file_suspension,
)
from students.roster.actions.teachers import (
    Changed,
    Doing,
    set_class_teachers,
    set_substitute,
)
from students.roster.actions.transfers import (
    agree_transfer,
    ask_transfer,
    confirm_arrival,
    settle_transfer,
    take_in,
)
from students.roster.actions.undoing import children_of_undo, undo_import

__all__ = [
    "AT_ONCE",
    "Changed",
    "Doing",
    "Entry",
    "Order",
    "add_child",
    "add_document",
    "add_documents",
    "add_school",
    "agree_transfer",
    "answer_row",
    "apply_deferral",
    "approve_suspension",
    "ask_transfer",
    "assign_class",
    "children_of_undo",
    "choose_columns",
    "confirm_arrival",
    "confirm_import",
    "correct_rows",
    "drop_import",
    "end_absence",
    "end_group",
    "end_one_post",
    "end_spell",
    "enrol",
    "enter_groups",
    "file_suspension",
    "forget_exports",
    "from_roster",
    "go_on_reading",
    "hand_out",
    "keep_columns",
    "keep_export",
    "leave_unit",
    "lines_of",
    "note_absence",
    "note_export",
    "open_class",
    "order_export",
    "put_guardian",
    "read_import",
    "record_change",
    "refuse_change",
    "remind_of_expiry",
    "reopen_spell",
    "replan_row",
    "report_day",
    "reread_import",
    "return_book",
    "set_class_teachers",
    "set_substitute",
    "settle_death",
    "settle_failed",
    "settle_transfer",
    "start_import",
    "take_in",
    "take_on_staff",
    "undo_import",
    "upload_roster",
    "verify_line",
    "withdraw_change",
    "write_import",
]
