"""Prepared questions that depend on a viewer: the roles shape the query, the keys are its values.

What a viewer sees stays in the querysets (``visible_to``); their compilation is kept for all who
hold the same roles.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.db.models import QuerySet

from foundation.accounts.viewer import HeldPost, Viewer
from foundation.prepared import prepared

_PERSON = "viewer_person"
_KEYS = ("id", "unit_id", "parent_id", "county_id")  # of a post
_STANDING_IN = 0  # in the shape, for a key that is there


def prepared_for(question: Callable[..., QuerySet[Any]]) -> Callable[..., list[Any]]:
    """Turns ``question(viewer, *shape, **values)`` into a prepared query (foundation/prepared.py).

    The question may build conditions of person and posts, but not compare their keys in Python: it
    is called once for all viewers with the same roles, with ``Given`` in place of each key. The day
    of the viewer is not handed on: a question that needs one asks for it.
    """

    @prepared
    def asked(shape: Viewer, *more: Any, **values: Any) -> QuerySet[Any]:
        keys = {name: values.pop(name) for name in _keys_of(shape)}
        return question(_filled(shape, keys), *more, **values)

    @wraps(question)
    def ask(viewer: Viewer, *more: Any, **values: Any) -> list[Any]:
        return asked(_shape_of(viewer), *more, **_keys_of(viewer), **values)

    return ask


def _keys_of(viewer: Viewer) -> dict[str, Any]:
    """The keys of the viewer, each under a name of its own. A post without a parent has none."""
    keys = {
        _name(n, key): value
        for n, post in enumerate(viewer.posts)
        for key in _KEYS
        if (value := getattr(post, key)) is not None
    }
    return keys if viewer.person_id is None else {_PERSON: viewer.person_id, **keys}


def _shape_of(viewer: Viewer) -> Viewer:
    """The viewer without person, keys and names: equal for all who hold the same roles."""
    posts = tuple(map(_shape_of_post, viewer.posts))
    person = None if viewer.person_id is None else _STANDING_IN
    return Viewer(person, "", posts)


def _shape_of_post(post: HeldPost) -> HeldPost:
    stands: dict[str, Any] = {key: _STANDING_IN for key in _KEYS if getattr(post, key) is not None}
    return replace(post, unit_name="", **stands)


def _filled(shape: Viewer, keys: dict[str, Any]) -> Viewer:
    """The shape with the values of these names for its keys."""
    posts = tuple(
        replace(post, **{key: keys[_name(n, key)] for key in _KEYS if _name(n, key) in keys})
        for n, post in enumerate(shape.posts)
    )
    return replace(shape, person_id=keys.get(_PERSON), posts=posts)


def _name(number: int, key: str) -> str:
    return f"post{number}_{key}"
