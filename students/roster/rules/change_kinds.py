"""学籍异动 as tables: each kind with its proofs, its deadline and its effect on the enrolment.

KINDS and MOVES decide: forms, buttons, checks, the monthly figures and the outcome of a case follow
from them. Sources: 茂政发〔2023〕6号 五(三)3 (R35 to R37), N-R5 to N-R7, N-R10, domain 3.6 and 3.8.
退学 and 开除 do not exist in compulsory education (N5): no row has the registry's 31 or 42.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.accounts.roles import Right
from foundation.days import ONE_DAY


class ChangeRefused(Exception):
    """The rules do not allow the change; the Chinese message says what to do instead."""


class Effect(StrEnum):
    """What a change does to the child's enrolment."""

    HAND_OVER = "hand_over"  # on the sending school's roll until the receiving one confirms
    LET_GO = "let_go"  # on the roll until the proof of arrival is filed, then the enrolment ends
    TAKE_IN = "take_in"  # an enrolment begins
    PAUSE = "pause"  # on the roll, not expected in class
    SEAT = "seat"  # expected again, in a class
    MOVE = "move"  # one enrolment ends, one in another class begins
    END = "end"  # the enrolment ends the day before


class State(StrEnum):
    """The state of a change. Whether it is late follows from its due day."""

    ASKED = "asked"
    OPEN = "open"
    APPLIED = "applied"
    APPROVED = "approved"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES: Mapping[State, str] = {
    State.ASKED: "待原校同意",
    State.OPEN: "待办结",
    State.APPLIED: "待乡镇批准",
    State.APPROVED: "待县教育局备案",
    State.CONFIRMED: "已办结",
    State.REFUSED: "已退回",
    State.WITHDRAWN: "已撤回",
}
PENDING = (State.ASKED, State.OPEN, State.APPLIED, State.APPROVED)

APPLICATION = "监护人书面申请"
DIAGNOSIS = "县级以上医院诊断证明"
ARRIVAL = "外地就读证明"

REASONS: Mapping[str, str] = {  # forms 2.3, subset
    "10": "疾病",
    "11": "精神疾病",
    "12": "传染疾病",
    "19": "其他疾病",
    "26": "家长病重",
    "27": "贫困",
    "28": "非留学出国（境）",
    "99": "其他",
}


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A kind of change: one row of KINDS.

    ``registry`` is the 学籍异动类别 (forms 2.3), 99 其他 where there is none. ``proofs`` are needed
    when the change is recorded, ``settled_by`` when it ends. ``days`` are working days from the day
    of the record. ``outcome`` is how a case of the child may end by it (domain 3.6).
    """

    code: str
    registry: str
    label: str
    effect: Effect
    begins: State
    proofs: tuple[str, ...] = ()
    settled_by: tuple[str, ...] = ()
    days: int = 0
    day_label: str = "异动日期"
    waiting: str = ""
    outcome: str = ""
    while_away: bool = False
    most_years: int = 0


# fmt: off
KINDS: tuple[ChangeKind, ...] = (
    ChangeKind("transfer_within", "21", "转出（县内）", Effect.HAND_OVER, State.OPEN,
         proofs=("转学申请",), days=10,  # N-R6
         day_label="离校日期", waiting="待接收", outcome="C02"),
    ChangeKind("transfer_out", "21", "转出（县外）", Effect.LET_GO, State.OPEN,
         proofs=("转学申请",), settled_by=(ARRIVAL,), days=10,  # N-R6
         day_label="离校日期", waiting="待就读证明", outcome="C02"),
    ChangeKind("transfer_in", "22", "转入（县外）", Effect.TAKE_IN, State.CONFIRMED,
         proofs=("转学证明或原校在读证明",), day_label="到校日期"),
    ChangeKind("suspension", "11", "休学", Effect.PAUSE, State.APPLIED,
         proofs=(APPLICATION, DIAGNOSIS), day_label="休学起始日期", outcome="C03",
         while_away=True, most_years=1),  # R32; renewal is asked anew (3.8)
    ChangeKind("deferral", "99", "延缓入学", Effect.PAUSE, State.APPLIED,
         proofs=(APPLICATION, DIAGNOSIS), day_label="延缓起始日期", outcome="C04",
         while_away=True, most_years=1),  # R32, 义务教育法第十一条
    ChangeKind("return", "12", "复学", Effect.SEAT, State.CONFIRMED,
         proofs=("复学申请或康复证明",), day_label="返校日期", while_away=True),
    ChangeKind("death", "51", "死亡", Effect.END, State.OPEN,
         proofs=("死亡证明或户口注销证明",), days=10,  # N-R5
         waiting="待注销学籍", outcome="C10", while_away=True),
    ChangeKind("abroad", "99", "出国（境）", Effect.END, State.CONFIRMED,
         proofs=("出国（境）证明", "监护人书面说明"), day_label="离校日期", outcome="C11",
         while_away=True),
    ChangeKind("class_move", "29", "转班级", Effect.MOVE, State.CONFIRMED),
    ChangeKind("repeat", "02", "留级", Effect.MOVE, State.CONFIRMED, proofs=(APPLICATION,)),
    ChangeKind("grade_skip", "04", "跳级", Effect.MOVE, State.CONFIRMED,
         proofs=(APPLICATION, "学校考核意见")),
)
# fmt: on
BY_CODE: Mapping[str, ChangeKind] = {kind.code: kind for kind in KINDS}
NEEDS_APPROVAL = tuple(kind.code for kind in KINDS if kind.begins is State.APPLIED)
TRANSFERS_OUT = tuple(
    kind.code for kind in KINDS if kind.effect in (Effect.HAND_OVER, Effect.LET_GO)
)
# Kinds recorded for one pupil of the own school. Graduation is by whole school (students/census).
BY_PUPIL = tuple(kind.code for kind in KINDS if kind.code not in ("transfer_in", "deferral"))
REMIND_BEFORE = (30, 15, 10)  # days before a suspension ends (domain 3.8)
# Entry year of the new class minus that of the old class.
_ENTERED_LATER = {"class_move": 0, "repeat": 1, "grade_skip": -1}


class ChangeAct(StrEnum):
    """An act on a change; each writes an event."""

    RECORD = "record"
    ASK = "ask"
    AGREE = "agree"
    CONFIRM = "confirm"
    SETTLE = "settle"
    APPROVE = "approve"
    FILE = "file"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"


class Side(StrEnum):
    """The party that makes a move: one of the two schools, the township or the county."""

    FROM = "from"
    TO = "to"
    TOWNSHIP = "township"
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class ChangeMove:
    """Which side does the act, in which state and under which right, and the state it leads to."""

    act: ChangeAct
    state: State
    side: Side
    to: State
    label: str
    effects: tuple[Effect, ...]

    @property
    def right(self) -> Right:
        """The right that the act needs."""
        return _RIGHTS[self.side]


_RIGHTS = {
    Side.FROM: Right.RECORD_CHANGE,
    Side.TO: Right.RECORD_CHANGE,
    Side.TOWNSHIP: Right.APPROVE_SUSPENSION,
    Side.COUNTY: Right.FILE_SUSPENSION,
}
_TRANSFER, _AWAY, _PAUSE = (Effect.HAND_OVER,), (Effect.HAND_OVER, Effect.LET_GO), (Effect.PAUSE,)

# fmt: off
MOVES: tuple[ChangeMove, ...] = (
    ChangeMove(ChangeAct.AGREE, State.ASKED, Side.FROM, State.OPEN, "同意转出", _TRANSFER),
    ChangeMove(ChangeAct.REFUSE, State.ASKED, Side.FROM, State.REFUSED, "不同意转出", _TRANSFER),
    ChangeMove(ChangeAct.WITHDRAW, State.ASKED, Side.TO, State.WITHDRAWN, "撤回申请", _TRANSFER),
    ChangeMove(ChangeAct.CONFIRM, State.OPEN, Side.TO, State.CONFIRMED, "确认到校", _TRANSFER),
    ChangeMove(ChangeAct.REFUSE, State.OPEN, Side.TO, State.REFUSED, "退回转学", _TRANSFER),
    ChangeMove(ChangeAct.SETTLE, State.OPEN, Side.FROM, State.CONFIRMED, "登记办结",
         (Effect.LET_GO, Effect.END)),
    ChangeMove(ChangeAct.WITHDRAW, State.OPEN, Side.FROM, State.WITHDRAWN, "撤回转学", _AWAY),
    ChangeMove(ChangeAct.APPROVE, State.APPLIED, Side.TOWNSHIP, State.APPROVED, "批准", _PAUSE),
    ChangeMove(ChangeAct.REFUSE, State.APPLIED, Side.TOWNSHIP, State.REFUSED, "不予批准", _PAUSE),
    ChangeMove(ChangeAct.WITHDRAW, State.APPLIED, Side.FROM, State.WITHDRAWN, "撤回申请", _PAUSE),
    ChangeMove(ChangeAct.FILE, State.APPROVED, Side.COUNTY, State.CONFIRMED, "备案", _PAUSE),
    ChangeMove(ChangeAct.REFUSE, State.APPROVED, Side.COUNTY, State.REFUSED, "不予备案", _PAUSE),
    ChangeMove(ChangeAct.WITHDRAW, State.APPROVED, Side.FROM, State.WITHDRAWN, "撤回申请", _PAUSE),
)
# fmt: on
ACT_LABELS: Mapping[ChangeAct, str] = {
    ChangeAct.RECORD: "登记异动",
    ChangeAct.ASK: "申请转入",
    ChangeAct.AGREE: "原校同意转出",
    ChangeAct.CONFIRM: "确认到校",
    ChangeAct.SETTLE: "登记办结",
    ChangeAct.APPROVE: "乡镇批准",
    ChangeAct.FILE: "县教育局备案",
    ChangeAct.REFUSE: "退回",
    ChangeAct.WITHDRAW: "撤回",
}


def moves_of(kind: ChangeKind, state: State) -> tuple[ChangeMove, ...]:
    """Return the moves of any side for a change of the kind in the state."""
    return tuple(move for move in MOVES if move.state is state and kind.effect in move.effects)


def move_of(kind: ChangeKind, state: State, act: ChangeAct) -> ChangeMove:
    """Return the move of an act; raises ChangeRefused when the state does not allow it."""
    for move in moves_of(kind, state):
        if move.act is act:
            return move
    raise ChangeRefused(
        f"这项异动现为「{state_label(kind, state)}」，不能再办理这一步。请刷新页面。"
    )


def state_label(kind: ChangeKind, state: State) -> str:
    """Return the state in Chinese; an open change says what it waits for."""
    return kind.waiting if state is State.OPEN and kind.waiting else STATES[state]


def check_proofs(titles: Iterable[str], given: Iterable[str]) -> None:
    """Raise ChangeRefused when a paper is missing (R37, 材料齐全)."""
    missing = [title for title in titles if title not in set(given)]
    if missing:
        raise ChangeRefused(f"缺少材料：{'、'.join(missing)}。请上传后再提交。")


def check_period(kind: ChangeKind, starts_on: date, until: date | None) -> date:
    """Return the last day of the period; raises ChangeRefused beyond a year, both days included
    (domain 3.8)."""
    if until is None:
        raise ChangeRefused("请填写期限的截止日期。")
    if until < starts_on:
        raise ChangeRefused("截止日期不能早于起始日期，请核对。")
    last = _years_later(starts_on, kind.most_years) - ONE_DAY
    if until > last:
        raise ChangeRefused(f"{kind.label}每次不超过一年，最晚到{last:%Y-%m-%d}；期满可再申请。")
    return until


def check_class(kind: ChangeKind, old: tuple[str, int], new: tuple[str, int]) -> None:
    """Raise ChangeRefused unless the new class, as (stage, entry year), is of the kind's grade."""
    later = _ENTERED_LATER.get(kind.code)
    if later is not None and new != (old[0], old[1] + later):
        words = {0: "同一年级", 1: "低一年级", -1: "高一年级"}[later]
        raise ChangeRefused(f"{kind.label}只能进入本校{words}的班级，请重新选择班级。")


def _years_later(day: date, years: int) -> date:
    """Return the same day years later; 29 February becomes 1 March, so that the year is full."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
