"""The tables of the app, one module a noun."""

from students.roster.models.children import Child, FormerNumber, Guardian
from students.roster.models.documents import Document
from students.roster.models.enrolments import Enrolment
from students.roster.models.imports import (
    ImportBatch,
    ImportChunk,
    ImportPart,
    ImportRow,
    ImportTurn,
)
from students.roster.models.schools import ClassPost, School, SchoolClass

__all__ = [
    "Child",
    "ClassPost",
    "Document",
    "Enrolment",
    "FormerNumber",
    "Guardian",
    "ImportBatch",
    "ImportChunk",
    "ImportPart",
    "ImportRow",
    "ImportTurn",
    "School",
    "SchoolClass",
]
