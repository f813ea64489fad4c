"""Arranges the merged headings of a table, given as a tree, over its columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Branch:
    """A merged heading over leaves or further branches.

    A leaf is whatever has a ``label``, and a ``span``: how many columns it covers.
    """

    label: str
    children: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class BookHeading:
    """The cell of a heading: its level (from 0), its column (from 1), and its spans."""

    label: str
    level: int
    column: int
    rows: int
    columns: int


def headings(
    nodes: Sequence[Any], depth: int, level: int = 0, column: int = 1
) -> Iterator[BookHeading]:
    """The cells of a head ``depth`` rows high, each branch before its leaves."""
    for node in nodes:
        is_branch = isinstance(node, Branch)
        yield BookHeading(
            node.label, level, column, 1 if is_branch else depth - level, span_of(node)
        )
        if is_branch:
            yield from headings(node.children, depth, level + 1, column)
        column += span_of(node)


def span_of(node: Any) -> int:
    """How many columns a branch or a leaf covers."""
    return sum(map(span_of, node.children)) if isinstance(node, Branch) else int(node.span)


def depth_of(nodes: Sequence[Any]) -> int:
    """How many rows the head takes."""
    return max(1 + depth_of(node.children) if isinstance(node, Branch) else 1 for node in nodes)


def leaves_of(nodes: Iterable[Any]) -> Iterator[Any]:
    """The leaves from left to right."""
    for node in nodes:
        if isinstance(node, Branch):
            yield from leaves_of(node.children)
        else:
            yield node
