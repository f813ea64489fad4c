"""The shape of a finding: a child out of school whom a source found, not the roll.

A source is a function of the day that returns every finding standing on it. Each finding opens one
case, by its key, so that a source needs no memory of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from students.roster.models import Child, School, SchoolClass


@dataclass(frozen=True, slots=True)
class Finding:
    """A child who should be at school and is on no roll there.

    ``key`` names the row it follows from, e.g. ``transfer:12``. ``source`` is a code of
    ``codes.SOURCES``. ``school`` answers for the case. ``first_missed_on`` is the first day on
    which the child should have been somewhere and was not. ``found_on`` is the first day on which
    the source names the child, for a sweep that comes later.
    """

    key: str
    source: str
    child: Child
    school: School
    first_missed_on: date
    found_on: date
    last_present_on: date | None = None
    school_class: SchoolClass | None = None
    words: str = ""


Source = Callable[[date], Iterable[Finding]]
