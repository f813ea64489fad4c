"""The tables of the roster, one module for each noun. Import models from here."""

from students.roster.models.changes import AwaySpell, Change, ChangeEvent, ChangeProof
from students.roster.models.children import Child, FormerNumber, Guardian
from students.roster.models.documents import Document
from students.roster.models.enrolments import Enrolment
from students.roster.models.exports import ExportDecision, ExportPart, RosterExport
from students.roster.models.groups import GroupSpell, GuardianAbsence
from students.roster.models.importgroups import ImportGroup
from students.roster.models.imports import (
    ImportBatch,
    ImportChunk,
    ImportPart,
    ImportRow,
    ImportTurn,
)
from students.roster.models.profiles import (
    ColumnProfile,
    ImportCells,
    ImportLayout,
    ReturnedBook,
)
from students.roster.models.reports import ChangeReport, ReportLine
from students.roster.models.schools import ClassPost, School, SchoolClass

__all__ = [
    "AwaySpell",
    "Change",
    "ChangeEvent",
    "ChangeProof",
    "ChangeReport",
    "Child",
    "ClassPost",
    "ColumnProfile",
    "Document",
    "Enrolment",
    "ExportDecision",
    "ExportPart",
    "FormerNumber",
    "GroupSpell",
    "Guardian",
    "GuardianAbsence",
    "ImportBatch",
    "ImportCells",
    "ImportChunk",
    "ImportGroup",
    "ImportLayout",
    "ImportPart",
    "ImportRow",
    "ImportTurn",
    "ReportLine",
    "ReturnedBook",
    "RosterExport",
    "School",
    "SchoolClass",
]
