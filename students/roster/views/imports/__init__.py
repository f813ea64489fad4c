"""Bringing a roster in, step by step: upload, columns, preview with corrections, end."""

from students.roster.views.imports.batches import batch, confirm, drop, receipt, status
from students.roster.views.imports.columns import columns
from students.roster.views.imports.corrections import correct, error_book, keep, return_book
from students.roster.views.imports.questions import question
from students.roster.views.imports.uploads import go_on, template, upload

__all__ = [
    "batch",
    "columns",
    "confirm",
    "correct",
    "drop",
    "error_book",
    "go_on",
    "keep",
    "question",
    "receipt",
    "return_book",
    "status",
    "template",
    "upload",
]
