"""Finds later work on a child in the roster's tables: papers, changes, groups and others.

An import can be undone only while nobody has built on it. The tables are found by their foreign
keys, so a new table counts without being listed here.
"""

from collections.abc import Collection, Iterator, Mapping

from django.db import models
from pghistory.models import Event

from foundation.prepared import prepared
from students.roster.models import (
    Child,
    Enrolment,
    FormerNumber,
    Guardian,
    ImportRow,
)

# Tables that the import writes itself; their rows are compared by fingerprint instead.
_OWN = (Enrolment, FormerNumber, Guardian, ImportRow)


def marks_now() -> dict[str, int]:
    """Return the highest id of each table that refers to a child."""
    return {model._meta.label: next(iter(_last_of(model)), 0) for model, _ in _tables()}


@prepared
def _last_of(model: type[models.Model]) -> models.QuerySet[models.Model, int]:
    rows = model._default_manager.order_by("-pk")
    return rows.values_list("pk", flat=True)[:1]


def children_with_later(ids: Collection[int], marks: Mapping[str, int]) -> set[int]:
    """Return which of the children have a row with a higher id than the marks."""
    found: set[int] = set()
    for model, way in _tables():
        rows = model._default_manager.filter(pk__gt=marks.get(model._meta.label, 0))
        found.update(rows.filter(**{f"{way}__in": list(ids)}).values_list(way, flat=True))
    return found


def _tables() -> Iterator[tuple[type[models.Model], str]]:
    """Yield the roster's tables that refer to a child or an enrolment, with the lookup of the
    child."""
    for target, more in ((Child, ""), (Enrolment, "__child_id")):
        for relation in target._meta.related_objects:
            model = relation.related_model
            if issubclass(model, Event):  # the history of a row is not later work
                continue
            if model._meta.app_label == "roster" and model not in _OWN:
                yield model, relation.field.name + (more or "_id")
