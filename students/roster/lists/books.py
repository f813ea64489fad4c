"""What may be exported with a purpose (S25): the lists of the roster, and what other rooms add."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from students.roster.lists.columns import LISTINGS
from students.roster.models import RosterExport

Write = Callable[[RosterExport, Viewer, date], tuple[bytes, list[int]]]


@dataclass(frozen=True, slots=True)
class ExportBook:
    """A list of another room: its title, its rows' noun, who exports it, and how it is written.

    ``two_from`` is the number of rows from which on a second person agrees. ``write`` returns the
    bytes and the children that they name.
    """

    title: str
    noun: str
    rights: tuple[Right, ...]
    two_from: int
    write: Write


# By the code that stands in RosterExport.listing. Other rooms add theirs at the start (apps.py).
BOOKS: dict[str, ExportBook] = {}


def title_of(code: str) -> str:
    """The title of a list that is exported."""
    return BOOKS[code].title if code in BOOKS else LISTINGS[code].title


def noun_of(code: str) -> str:
    """What its rows are counted by."""
    return BOOKS[code].noun if code in BOOKS else "人"


def rights_of(code: str) -> tuple[Right, ...]:
    """The rights of which one lets a post export it."""
    return BOOKS[code].rights if code in BOOKS else (Right.EXPORT_ROSTER,)


def takes_two(code: str, rows: int) -> bool:
    """Whether so many rows take a second person, whatever their columns."""
    return code in BOOKS and rows >= BOOKS[code].two_from
