"""Finds what uses a class: pupils, class teachers, roll calls, cases and whatever else names it.

The tables are found by their foreign keys, so a new table counts without being listed here.
"""

from collections.abc import Collection

from django.db.models import Model, OneToOneRel
from django.db.models.fields.reverse_related import ManyToOneRel
from pghistory.models import Event

from students.roster.models import SchoolClass


def used(classes: Collection[int], *, besides: tuple[type[Model], ...] = ()) -> set[int]:
    """Return which of the classes something names, ``besides`` rows of these tables.

    Voided enrolments do not count, nor does the history of a row.
    """
    found: set[int] = set()
    for relation in SchoolClass._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel | OneToOneRel):
            continue
        model, name = relation.related_model, relation.field.name
        if issubclass(model, (Event, *besides)):
            continue
        rows = model._default_manager.filter(**{f"{name}__in": list(classes)})
        found.update(rows.order_by().values_list(f"{name}_id", flat=True).distinct())
    return found
