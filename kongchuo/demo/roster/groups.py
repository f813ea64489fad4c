"""Special groups of the demo, and parents away from home. The two definitions of 留守 differ.

R60.
"""

from dataclasses import dataclass
from datetime import date

from foundation.accounts.models import Unit
from kongchuo.demo.roster.desks import REGISTRAR, desk_of, pupil, tour_school
from students.roster.groups import actions as groups_acts
from students.roster.groups.actions import GroupEntry, note_absence

Seat = tuple[int, int, int]  # grade, number, seat
SINCE = date(2025, 9, 1)
GROUPS: tuple[tuple[Seat, tuple[str, ...], str], ...] = (
    ((8, 2, 2), ("dibao_rural",), "滇云低保第0000001号"),
    ((8, 2, 7), ("watched", "single_parent"), ""),
    ((7, 1, 4), ("disabled", "inclusion"), "53099900000000000X41"),
    ((9, 1, 1), ("orphan",), ""),
    ((9, 2, 4), ("weary",), ""),
    ((8, 1, 4), ("relocated",), ""),
)


@dataclass(frozen=True, slots=True)
class AwayParent:
    """A parent of a pupil who is away."""

    seat: Seat
    parent: str
    since: date
    place: str
    carer: str
    other_can_guard: bool = True


AWAY: tuple[AwayParent, ...] = (
    # Both parents away for long: 留守 by both definitions.
    AwayParent((8, 2, 3), "father", date(2025, 2, 20), "country", "grandparents"),
    AwayParent((8, 2, 3), "mother", date(2025, 2, 20), "country", "grandparents"),
    # One away for long, the other at home: 留守 by the registry only.
    AwayParent((8, 2, 5), "father", date(2025, 3, 1), "province", "parent"),
    # Both away for less than three months: 留守 by 国发〔2016〕13号 only.
    AwayParent((7, 2, 5), "father", date(2025, 10, 8), "country", "grandparents"),
    AwayParent((7, 2, 5), "mother", date(2025, 10, 8), "country", "grandparents"),
    # One away for long, and the other unable to act as guardian.
    AwayParent(
        (9, 1, 3), "mother", date(2025, 4, 10), "country", "relatives", other_can_guard=False
    ),
)


def enter_groups(county: Unit, day: date) -> None:
    """The registrar enters the groups known by then."""
    school, by = tour_school(county), desk_of(REGISTRAR, day)
    for seat, groups, basis in GROUPS:
        entry = GroupEntry(groups, SINCE, basis=basis)
        groups_acts.enter_groups(by.doer, pupil(school, *seat, day), entry)


def note_absences(county: Unit, day: date) -> None:
    """Enter which parents are away, as the class teachers learned at home."""
    school, by = tour_school(county), desk_of(REGISTRAR, day)
    for one in AWAY:
        note_absence(
            by.doer,
            pupil(school, *one.seat, day),
            parent=one.parent,
            starts_on=one.since,
            place=one.place,
            carer=one.carer,
            other_can_guard=one.other_can_guard,
        )
