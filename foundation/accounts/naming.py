"""Gives rows the units that they name: each unit is read once, however many rows name it."""

from collections.abc import Collection
from functools import cache
from typing import Any

from django.db.models import Model, QuerySet

from foundation.accounts.models import Unit
from foundation.prepared import prepared


def give_units(rows: Collection[Model]) -> None:
    """Set every field of the rows that leads to a unit. One query."""
    wanted = {getattr(row, key) for row in rows for _, key in _fields(type(row))} - {None}
    units = {unit.pk: unit for unit in _units(keys=list(wanted))} if wanted else {}
    for row in rows:
        for name, key in _fields(type(row)):
            setattr(row, name, units.get(getattr(row, key)))


@cache
def _fields(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that lead to a unit, each with that of the key."""
    found = model._meta.concrete_fields
    return tuple((one.name, one.attname) for one in found if one.related_model is Unit)


@prepared
def _units(*, keys: Any) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__among=keys).order_by()
