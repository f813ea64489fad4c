"""Everything that writes the register; one module a noun."""

from students.roster.actions.documents import add_document, add_documents
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
from students.roster.actions.staff import end_one_post, leave_unit, take_on_staff
from students.roster.actions.teachers import (
    Changed,
    Doing,
    set_class_teachers,
    set_substitute,
)

__all__ = [
    "Changed",
    "Doing",
    "add_child",
    "add_document",
    "add_documents",
    "add_school",
    "assign_class",
    "confirm_import",
    "drop_import",
    "end_one_post",
    "enrol",
    "leave_unit",
    "open_class",
    "put_guardian",
    "read_import",
    "set_class_teachers",
    "set_substitute",
    "settle_failed",
    "start_import",
    "take_on_staff",
    "write_import",
]
