"""The tables of the app, one module a noun."""

from students.roster.models.children import Child, Guardian
from students.roster.models.documents import Document
from students.roster.models.enrolments import Enrolment
from students.roster.models.imports import ImportBatch, ImportPart, ImportRow
from students.roster.models.profiles import (
    ColumnProfile,
    ImportCells,
    ImportLayout,
    ReturnedBook,
)
from students.roster.models.schools import ClassPost, School, SchoolClass

__all__ = [
    "Child",
    "ClassPost",
    "ColumnProfile",
    "Document",
    "Enrolment",
    "Guardian",
    "ImportBatch",
    "ImportCells",
    "ImportLayout",
    "ImportPart",
    "ImportRow",
    "ReturnedBook",
    "School",
    "SchoolClass",
]
