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

__all__ = [
    "add_child",
    "add_document",
    "add_documents",
    "add_school",
    "assign_class",
    "confirm_import",
    "drop_import",
    "enrol",
    "open_class",
    "put_guardian",
    "read_import",
    "settle_failed",
    "start_import",
    "write_import",
]
