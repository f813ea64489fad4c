"""Makes roll calls of the demo by the act, singly or many at once."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from cases.rolls.actions import submit_roll
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import viewer_on
from kongchuo.demo.county.classes import DemoClass
from kongchuo.demo.rolls.slips import bring_slips
from students.attendance.actions import FirstCall, call_many
from students.attendance.rolls.entries import Mark, RollCallEntry

_ROLLS = UUID("6f3b3c52-5ad8-4f3c-9b0e-530922000000")


@dataclass(frozen=True, slots=True)
class Call:
    """One roll call to be made."""

    row: DemoClass
    day: date
    session: str
    marks: tuple[Mark, ...]
    now: datetime
    today: date
    reason: str = ""
    seen_version: int = 0  # of a roll that was taken back; otherwise there is none yet

    @property
    def uuid(self) -> UUID:
        """A uuid fixed by class, day and session, so that a repeated run adds nothing."""
        again = f" {self.seen_version}" if self.seen_version else ""
        return uuid5(_ROLLS, f"{self.row.key} {self.day} {self.session}{again}")

    @property
    def entry(self) -> RollCallEntry:
        """The entry that the teacher's browser would send."""
        return RollCallEntry(
            *(self.row.school_class, self.day, self.session, self.marks, self.uuid),
            seen_version=self.seen_version,
            reason=self.reason,
        )

    @property
    def by(self) -> Origin:
        return Origin(self.row.teacher.person_id, self.row.teacher.pk)

    @property
    def members(self) -> frozenset[int]:
        return frozenset(member.child_id for member in self.row.members)


def call(one: Call) -> None:
    """Call one roll as its teacher does in the browser, then update the cases."""
    viewer = viewer_on(one.row.teacher.person, one.today)
    _bring_slips([one])
    submit_roll(Doer(viewer, one.by, one.today, one.now), one.entry)


def call_all(calls: list[Call], today: date) -> None:
    """Call many rolls at once. The caller updates the cases."""
    _bring_slips(calls)
    call_many([FirstCall(one.entry, one.members, one.by, one.now) for one in calls], today)


def _bring_slips(calls: list[Call]) -> None:
    for day in sorted({one.day for one in calls}):
        of_day = [one for one in calls if one.day == day]
        bring_slips(((mark, one.row.teacher, one.now) for one in of_day for mark in one.marks), day)
