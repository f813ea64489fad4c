"""What else in the roster tells of a child: papers, changes, groups and whatever comes to it.

An import is undone only while nobody has built on it. The tables are found by their keys, so that a
new one stands against undoing from the day it is made.
"""

from collections.abc import Collection, Iterator, Mapping

from django.db import models
from django.db.models import Max
from pghistory.models import Event

from students.roster.models import (
    Child,
    Enrolment,
    FormerNumber,
    Guardian,
    ImportRow,
)

# Those the import writes itself: they are compared by what they say.
_OWN = (Enrolment, FormerNumber, Guardian, ImportRow)


def marks_now() -> dict[str, int]:
    """The last id of each table that tells of a child."""
    return {
        model._meta.label: model._default_manager.aggregate(last=Max("pk"))["last"] or 0
        for model, _ in _tables()
    }


def children_with_later(ids: Collection[int], marks: Mapping[str, int]) -> set[int]:
    """Of these children those of whom a row came after the marks."""
    found: set[int] = set()
    for model, way in _tables():
        rows = model._default_manager.filter(pk__gt=marks.get(model._meta.label, 0))
        found.update(rows.filter(**{f"{way}__in": list(ids)}).values_list(way, flat=True))
    return found


def _tables() -> Iterator[tuple[type[models.Model], str]]:
    """Tables of the roster that point to a child or to a spell, with the way to the child."""
    for target, more in ((Child, ""), (Enrolment, "__child_id")):
        for relation in target._meta.related_objects:
            model = relation.related_model
            if issubclass(model, Event):  # the history of a row is no work on the child
                continue
            if model._meta.app_label == "roster" and model not in _OWN:
                yield model, relation.field.name + (more or "_id")
