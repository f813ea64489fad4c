"""Tells before a change is confirmed which open deadlines it moves (domain 3.4.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.urls import reverse

from cases.recount.deadlines import Redated
from foundation.days import full_day_words

SHOWN = 100  # rows of a list; the numbers count all


@dataclass(frozen=True, slots=True)
class MovedDeadline:
    """An open deadline: its case, what is owed by whom, the day on record and the new one."""

    number: str
    url: str
    label: str
    unit: str
    before: date
    after: date

    @property
    def words(self) -> str:
        """The two days in words."""
        return f"{full_day_words(self.before)}→{full_day_words(self.after)}"


@dataclass(frozen=True, slots=True)
class MovePreview:
    """What a change does to the open deadlines. ``rows`` and ``kept`` are the first of each kind.

    ``seen`` names what was shown, so that a confirmation of something else is noticed.
    """

    rows: tuple[MovedDeadline, ...]
    kept: tuple[MovedDeadline, ...]
    moved: int
    standing: int
    seen: str

    @property
    def more(self) -> int:
        """How many moved deadlines are not listed."""
        return self.moved - len(self.rows)

    @property
    def more_kept(self) -> int:
        """How many deadlines that keep their day are not listed."""
        return self.standing - len(self.kept)


def preview_of(found: Sequence[Redated], *marks: object) -> MovePreview:
    """The preview of deadlines made due anew. ``marks`` are further facts that it rests on."""
    moving = [one for one in found if one.moves]
    staying = [one for one in found if not one.moves]
    told = [f"{one.deadline.pk}:{one.due.due_on}" for one in moving]
    seen = sha256("|".join([*map(str, marks), *told]).encode()).hexdigest()
    return MovePreview(_first(moving), _first(staying), len(moving), len(staying), seen)


def _first(found: Sequence[Redated]) -> tuple[MovedDeadline, ...]:
    ordered = sorted(found, key=lambda one: (one.deadline.due_on, one.deadline.pk))
    return tuple(
        MovedDeadline(
            one.deadline.case.number,
            reverse("case", args=[one.deadline.case.number]),
            one.deadline.duty.label,
            one.deadline.unit.name,
            one.deadline.due_on,
            one.due.due_on,
        )
        for one in ordered[:SHOWN]
    )
