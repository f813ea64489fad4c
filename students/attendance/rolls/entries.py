"""Input and results of the roll's acts: entries, results, refusals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from foundation.accounts.actions import Refused
from students.attendance.models import RollCall, Submission
from students.roster.models import SchoolClass

LONGEST_SLIP_REASON = 100
NUMBER_TAKEN = "提交编号重复，请刷新页面后重新点名。"


@dataclass(frozen=True, slots=True)
class Mark:
    """A child missing at the roll call. A child without a mark was there."""

    child_id: int
    kind: str  # kinds.KINDS
    leave_until: date | None = None
    guardian_told: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class RollCallEntry:
    """One submission of a roll call, as a browser sends it.

    The browser makes ``client_uuid`` once and sends it again unchanged when no answer came.
    ``seen_version`` is the version the page showed, 0 for 未点名. ``marked_at`` is when the teacher
    called the roll, which may be long before it arrives.
    """

    school_class: SchoolClass
    day: date
    session: str  # kinds.SESSIONS
    marks: tuple[Mark, ...]
    client_uuid: UUID
    seen_version: int = 0
    marked_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TakeBackEntry:
    """撤销 of the submission that a page shows (``seen_version``), with its own client_uuid."""

    school_class: SchoolClass
    day: date
    session: str  # kinds.SESSIONS
    client_uuid: UUID
    seen_version: int


@dataclass(frozen=True, slots=True)
class SlipEntry:
    """A guardian's leave slip; ``photo`` is its file name and content."""

    child_id: int
    kind: str  # kinds.SLIP_KINDS
    first_day: date
    last_day: date
    reason: str
    photo: tuple[str, bytes] | None = None


@dataclass(frozen=True, slots=True)
class CallResult:
    """The result of a submission, or of taking one back.

    ``repeated`` says that it was stored before and nothing was written now; ``members`` are the
    children of the class on that day, ``touched`` those whose spells were recounted.
    """

    roll_call: RollCall
    submission: Submission
    repeated: bool
    members: frozenset[int]
    touched: frozenset[int]


class RollRefused(Refused):
    """The roll cannot be called like this. The message says why and what to do, in Chinese.

    ``child_id`` names the child whose mark is at fault, if there is one.
    """

    def __init__(self, message: str, child_id: int | None = None) -> None:
        super().__init__(message)
        self.child_id = child_id


class RollConflict(Exception):
    """Another version was submitted meanwhile. Nothing is written; the teacher chooses."""

    def __init__(
        self,
        roll_call: RollCall | None,
        submission: Submission | None,
        marks: Sequence[Mark],
    ) -> None:
        super().__init__("这次点名已有人提交，请核对两份点名后再决定。")
        self.roll_call = roll_call
        self.submission = submission
        self.marks = tuple(marks)

    @property
    def is_taken_back(self) -> bool:
        """Whether the other version took the roll back: it is 未点名."""
        return self.submission is not None and self.submission.takes_back
