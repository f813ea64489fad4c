"""Every named address of the product, filled with rows of the county."""

from collections.abc import Iterator

from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    get_resolver,
    resolve,
    reverse,
)
from django.urls.resolvers import RoutePattern

from tests.walk.county import Tour
from tests.walk.rows import SOURCES


class Unfilled(Exception):
    """An address has arguments, and rows.py does not say where they come from."""


def named() -> dict[str, list[str]]:
    """Name of each address → names of its arguments."""
    return dict(_named(get_resolver().url_patterns, "", []))


def _named(
    patterns: list[URLPattern | URLResolver], prefix: str, above: list[str]
) -> Iterator[tuple[str, list[str]]]:
    for one in patterns:
        args = [*above, *one.pattern.converters] if isinstance(one.pattern, RoutePattern) else above
        if isinstance(one, URLResolver):
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from _named(one.url_patterns, space, args)
        elif one.name:
            yield f"{prefix}{one.name}", args


def filled(tour: Tour) -> list[str]:
    """Addresses of every name, in the order of the names; plain ones once."""
    found: dict[str, None] = {}
    for name, args in sorted(named().items()):
        if args and name not in SOURCES:
            raise Unfilled(name)
        rows = SOURCES[name].fill(tour) if args else iter([{}])
        for values in rows:
            try:
                found[reverse(name, kwargs=values)] = None
            except NoReverseMatch:
                continue  # a row without what the address asks, say a case without a guardian
    return list(found)


def kind_of(path: str) -> tuple[str, ...] | None:
    """What makes two addresses of one kind: the name and the words in it; None for no address."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    words = [value for name, value in sorted(match.kwargs.items()) if name in ("act", "code")]
    return (match.view_name, *map(str, words))
