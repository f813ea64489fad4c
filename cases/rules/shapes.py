"""The types of the ladder and of its rows. The tables themselves stand in policy.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from foundation.accounts.roles import Level, Right


class Stage(StrEnum):
    """处理阶段: who holds the case. D0, the absence itself, is a roll-call row, no case yet."""

    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4 = "D4"
    D5 = "D5"
    D6 = "D6"
    D7 = "D7"
    D8 = "D8"
    D9 = "D9"
    DX = "DX"


LEVEL_LABELS = {
    Level.TEACHER: "班主任",
    Level.SCHOOL: "学校",
    Level.VILLAGE: "村（居）委会",
    Level.TOWNSHIP: "乡镇人民政府",
    Level.OFFICE: "镇教管办",
    Level.COUNTY: "县教育局",
}


class Act(StrEnum):
    """What a person, or the roll or the clock, does to a case."""

    OPEN = "open"
    REPORT = "report"
    REGISTER = "register"
    CORRECT_REGISTER = "correct_register"  # 更正登记日期: the entry stays, the new one counts
    CONTACT = "contact"
    ASK_VILLAGE = "ask_village"
    ANSWER = "answer"
    REPORT_TOWNSHIP = "report_township"
    RECEIVE = "receive"
    SERVE_ORDER = "serve_order"
    CORRECT_ORDER = "correct_order"  # 更正送达: the entry stays, the new one counts
    VOID_ORDER = "void_order"  # 作废通知书: the number stays
    REVIEW = "review"
    RETURN = "return"
    REQUEST_CLOSURE = "request_closure"
    CONFIRM_CLOSURE = "confirm_closure"
    APPROVE_CLOSURE = "approve_closure"
    REFUSE_CLOSURE = "refuse_closure"
    INSPECT = "inspect"  # 登记抽查结果: what the county found of a case that the roll closed
    CONFIRM_DROPOUT = "confirm_dropout"  # 校长认定辍学 (P12)
    POLICE_REPLY = "police_reply"  # 公安查找回复：失联 (P12)
    NOTE_DROPOUT = "note_dropout"  # 县级核阅
    REVERT_DROPOUT = "revert_dropout"
    CALL = "call"  # 拨打监护人电话: shows one number, audited
    # By the roll or the clock, never by a button:
    LAPSE = "lapse"
    RELAPSE = "relapse"
    CLOSE_BY_ROLL = "close_by_roll"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"  # a correction took away why the roll had closed the case
    AGAIN = "away_again"  # away again after two units closed it in the same school year (3.7)
    MERGE = "merge"  # the same, but a later case of the child holds the absence
    SEND_PAPER = "send_paper"  # a letter or report was signed, and sent to its units
    SIGN_FOR = "sign_for"  # a unit signed for it, or took its receipt back
    REDATE = "redate"  # the calendar was changed, and with it an open deadline
    SEEN_AGAIN = "seen_again"  # another report of a child whose case is open (3.7)
    ASSIGN_SCHOOL = "assign_school"  # the township names the school of a child on no roll
    SUCCEED = "succeed"  # the school or village was closed, its successor goes on


class Clock(StrEnum):
    """How the days of a duty are counted."""

    DAYS = "days"  # working days, or the day type that P4D names
    PAUSING = "pausing"  # as DAYS, but it pauses in a vacation (domain 3.5)
    AFTER = "after"  # working days after the window of another duty ends: the hand-over
    CALENDAR = "calendar"  # calendar days, the last one moved to a working day
    MONTHS = "months"
    ABSENCE = "absence"  # until the child, away since day 0, is 疑似辍学 (P11)
    PROMISE = "promise"  # the very day that the family named, whatever day that is
    OBSERVATION = "observation"  # school days the child must be there


@dataclass(frozen=True, slots=True)
class Duty:
    """What a level owes by a date. ``parameter`` names the field of Parameters with the days."""

    code: str
    label: str
    owed_by: Level
    clock: Clock
    met_by: tuple[Act, ...]
    parameter: str = ""
    days: int = 0
    after: str = ""  # Clock.AFTER: the duty whose window ends first
    day_type: str = "working_day"
    day_type_parameter: str = ""
    if_silent: Stage | None = None  # the rung an unanswered case climbs to
    tells_county: bool = False  # when missed without a climb
    in_person: bool = False
    lasting: bool = False  # owed on every later rung too, while the child is away
    in_term: bool = False  # a hand-over of the school's: in a vacation it waits for a taught day
    due_before_moving: bool = False  # missed if the case moves on without it, though not yet due
    listed_for: tuple[Level, ...] = ()  # levels that may do it, too: it stands in their lists
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung. ``moves``: act → next rung; an act that is not in it stays on the rung.

    ``hears``: the levels told when a case comes onto the rung; a village only once it was asked.
    """

    stage: Stage
    label: str
    owner: Level | None
    duties: tuple[Duty, ...] = ()
    moves: Mapping[Act, Stage] = field(default_factory=dict)
    acts: tuple[Act, ...] = ()
    hears: tuple[Level, ...] = ()
    needs_module: str = ""


@dataclass(frozen=True, slots=True)
class ActRule:
    """An act: its button, who may do it, and the evidence it needs (names of fields.FIELDS).

    ``by_its_day``: the act happens in the world, at a home or in a court, and counts by the day it
    happened. Every other act is a report to another unit and counts by the day it is recorded,
    because a report not handed in on a day was not made on that day.
    """

    act: Act
    label: str
    right: Right
    levels: tuple[Level, ...]
    evidence: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    irreversible: bool = False
    by_its_day: bool = False


class NotAllowed(Exception):
    """The act is not possible now; the message says why, in Chinese.

    ``fields`` names the evidence to be mended; empty if the reason lies elsewhere.
    """

    def __init__(self, words: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.fields = fields
