"""The data inventory names every field once, and what it says of L4 is true of the tables."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from kongchuo.inventory import BY_MODEL, INVENTORY, DataLevel

# Free text of L4 in clear, with what stands in the way. Only ever shorter.
NOT_SEALED_YET: set[tuple[str, str]] = set()


def _models() -> Iterator[type[models.Model]]:
    """Every table but those of the history, which hold their model's columns."""
    for model in apps.get_models(include_auto_created=True):
        if not hasattr(model, "pgh_tracked_model"):
            yield model


def _fields(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.local_concrete_fields}


def test_every_field_stands_in_the_inventory_once() -> None:
    of_models = {model._meta.label: _fields(model) for model in _models()}
    in_inventory = {holding.model: set(holding.named) for holding in INVENTORY}
    assert in_inventory == of_models
    twice = [
        (holding.model, name)
        for holding in INVENTORY
        for name, times in Counter(holding.named).items()
        if times > 1
    ]
    assert twice == []


def test_no_table_stands_twice() -> None:
    assert len(BY_MODEL) == len(INVENTORY)


def test_every_table_has_a_purpose_a_basis_and_a_retention() -> None:
    bare = [one.model for one in INVENTORY if not (one.purpose and one.basis and one.retention)]
    assert bare == []


def test_what_is_sealed_is_l4_and_l4_is_sealed() -> None:
    l4 = {
        (holding.model, name)
        for holding in INVENTORY
        for name, level in holding.levels.items()
        if level is DataLevel.L4
    }
    sealed = {
        (model._meta.label, name)
        for model in _models()
        for name in _fields(model)
        if name.endswith("_sealed")
    }
    assert l4 - sealed == NOT_SEALED_YET
    assert sealed - l4 == set()


def test_the_history_holds_no_field_that_its_model_has_not() -> None:
    for event in apps.get_models():
        tracked: Any = getattr(event, "pgh_tracked_model", None)
        if tracked is not None:
            own = {name for name in _fields(event) if not name.startswith("pgh_")}
            assert own <= set(BY_MODEL[tracked._meta.label].named), event
