"""The question whether classes that a sheet names are new, or written wrong."""

from collections.abc import Mapping
from typing import Any

from students.roster.imports.new_classes import are_all_new, new_classes
from students.roster.models import ImportBatch

NEW, WRONG = "new", "wrong"
ALL = "all-classes"


def asked_classes(found: ImportBatch) -> dict[str, Any]:
    """Return what the page asks: the classes, and whether one answer is enough for all."""
    classes = new_classes(found)
    return {
        "classes": classes,
        "at_once": bool(classes) and are_all_new(found, classes),
        "schools": len({one.school_id for one in classes}),
    }


def answers_in(posted: Mapping[str, Any], found: ImportBatch) -> tuple[set[str], set[str]]:
    """Return the keys of the classes that a person said are new, and of those written wrong."""
    classes = new_classes(found)
    if posted.get(ALL) == NEW and are_all_new(found, classes):
        return {one.key for one in classes}, set()
    said = {one.key: posted.get(f"class-{one.key}", "") for one in classes}
    opened = {key for key, answer in said.items() if answer == NEW}
    return opened, {key for key, answer in said.items() if answer == WRONG}
