"""Tables of the kinds of absence and of a day's sessions (forms 1.4). Half-days are the unit."""

from dataclasses import dataclass
from datetime import date

EVENING = "ev"  # 返校: who is back at a boarding school on the eve of its first day
SESSIONS = {"d": "全天", "am": "上午", "pm": "下午", EVENING: "返校"}
HALVES = {"d": 2, "am": 1, "pm": 1, EVENING: 0}  # an evening is no school day and counts nothing


@dataclass(frozen=True, slots=True)
class AbsenceKind:
    """A kind of absence: whether it excuses, what it must bring to do so, where it is counted.

    ``column`` is its column in a morning's figures (F02, forms B02) while it excuses; otherwise it
    counts as 无故. Pupils with 迟到 and 早退 were at school and count in 实到.
    """

    code: str
    label: str
    excused: bool = False
    needs_end: bool = False
    needs_slip: bool = False  # past 3 school days a guardian's slip (leave.py)
    needs_note: bool = False
    present: bool = False  # the child was there: shown, and counted as at school
    column: str = "other"  # a field of figures.Figures

    @property
    def counts_silently(self) -> bool:
        """Whether the kind counts as 无故 and its label does not say so."""
        return not self.excused and not self.present and self.code != "unexcused"

    @property
    def counted_label(self) -> str:
        """The label, with what the kind counts as where the label is silent: 其他（按无故计）."""
        return f"{self.label}（按无故计）" if self.counts_silently else self.label


KINDS = (
    AbsenceKind("unexcused", "无故未到"),
    AbsenceKind("unreachable", "未联系上"),  # counts as unexcused (design 4, Counting)
    AbsenceKind("sick", "病假", excused=True, needs_end=True, needs_slip=True, column="sick"),
    AbsenceKind(
        "personal", "事假", excused=True, needs_end=True, needs_slip=True, column="personal"
    ),
    AbsenceKind("official", "公假", excused=True),  # 活动、比赛
    AbsenceKind("quarantine", "居家（疾控）", excused=True, needs_end=True),
    AbsenceKind("late", "迟到", present=True, column="late"),
    AbsenceKind("early", "早退", present=True, column="late"),
    # A reason that nobody granted excuses nothing; one that should count has its own kind.
    AbsenceKind("other", "其他", needs_note=True),
)
BY_CODE = {kind.code: kind for kind in KINDS}
PRESENT_KINDS = tuple(kind.code for kind in KINDS if kind.present)
SLIP_KINDS = tuple(kind.code for kind in KINDS if kind.needs_slip)


def is_excused(code: str, leave_until: date | None, day: date) -> bool:
    """Whether the absence is excused on ``day``: a leave excuses up to its end date (R9)."""
    kind = BY_CODE[code]
    if not kind.excused:
        return False
    return not kind.needs_end or (leave_until is not None and day <= leave_until)
