"""Who carries a change of a unit out and when, and what it moved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from foundation.accounts.audit import Origin
from foundation.accounts.models import UnitChange
from students.census.actions.catchments import CatchmentOrder


@dataclass(frozen=True, slots=True)
class Carrying:
    """The day and moment of carrying out, and who does it: nobody where the day has come."""

    today: date
    now: datetime
    by: Origin


@dataclass(slots=True)
class Carried:
    """What was moved: how many by label, and the rows by kind, so that they can be handed back."""

    moved: dict[str, int] = field(default_factory=dict)
    marks: dict[str, Sequence[Any]] = field(default_factory=dict)

    def note(self, label: str, kind: str, rows: Sequence[Any]) -> None:
        """Count the rows under the label and keep them."""
        self.moved[label] = len(rows)
        self.marks[kind] = rows


def order_of(change: UnitChange) -> CatchmentOrder:
    """What the catchments are set by that go with a unit's change."""
    return CatchmentOrder(change.document, change.reason, change.ordered_by_id)
