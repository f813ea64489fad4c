"""The county as it would stand after a book: townships with their villages, schools and people."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kongchuo.setup.opening.rules.book import CheckedBook, UnitRef
from kongchuo.setup.opening.rules.naming import refs_of

LINE = ("township", "education_office", "central_school", "school", "village")


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit with how many people hold a post there, and whether the book makes it."""

    name: str
    kind: str
    people: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class TownNode:
    """A township, or the county itself, with its units in the order of LINE."""

    name: str
    units: tuple[UnitNode, ...]

    def count(self, kind: str) -> int:
        """How many of its units are of the kind."""
        return sum(unit.kind == kind for unit in self.units)

    @property
    def schools(self) -> int:
        """How many schools it has."""
        return self.count("school")

    @property
    def villages(self) -> int:
        """How many villages it has."""
        return self.count("village")

    @property
    def people(self) -> int:
        """How many posts are held in it."""
        return sum(unit.people for unit in self.units)


def tree_of(book: CheckedBook) -> list[TownNode]:
    """The county's own units first, then each township."""
    refs = refs_of(book)
    people = Counter(key[2] for key in book.merged("people"))
    known = {ref.token for ref in book.known.units}
    names = {key[0]: values["name"] for key, values in book.merged("townships").items()}

    def nodes(found: Iterable[UnitRef]) -> tuple[UnitNode, ...]:
        ordered = sorted(found, key=lambda ref: (_order(ref.kind), ref.token))
        return tuple(
            UnitNode(_named(ref), ref.kind, people[ref.token], ref.token not in known)
            for ref in ordered
        )

    county = TownNode("县级", nodes(ref for ref in refs if not ref.town))
    towns = [
        TownNode(name, nodes(ref for ref in refs if ref.town == code))
        for code, name in sorted(names.items())
    ]
    return [county, *towns]


def _order(kind: str) -> int:
    return LINE.index(kind) if kind in LINE else -1


def _named(ref: UnitRef) -> str:
    return f"{ref.name}（中心校，也是镇教管办）" if ref.also else ref.name
