"""The life of a paper as a table: which move is possible in which state, and what follows.

Draft → sent to be signed → signed, with its number (or sent back) → served → performed. A signed
paper is never dropped, only voided, and keeps its number (forms 3.2).
"""

from dataclasses import dataclass
from enum import StrEnum


class PaperState(StrEnum):
    """Where a paper stands."""

    DRAFT = "draft"
    WAITING = "waiting"
    RETURNED = "returned"
    DROPPED = "dropped"
    SIGNED = "signed"
    SERVED = "served"
    PERFORMED = "performed"
    VOID = "void"


class Move(StrEnum):
    """What can happen to a paper; each is a row of its history."""

    DRAFT = "draft"
    REVISE = "revise"
    SEND = "send"
    RECALL = "recall"
    LOOK = "look"
    RETURN = "return"
    DROP = "drop"
    SIGN = "sign"
    PRINT = "print"
    SERVE = "serve"
    CORRECT = "correct"
    RECEIVE = "receive"
    UNRECEIVE = "unreceive"
    REFUSE = "refuse"
    REPLY = "reply"
    MEND_REPLY = "mendreply"
    UNREPLY = "unreply"
    SCAN = "scan"
    RESCAN = "rescan"
    PERFORM = "perform"
    REOPEN = "reopen"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class StateWords:
    """A state in Chinese, and the tone of its badge."""

    label: str
    tone: str


S, M = PaperState, Move
STATES: dict[PaperState, StateWords] = {
    S.DRAFT: StateWords("草稿", ""),
    S.WAITING: StateWords("待签发", "warn"),
    S.RETURNED: StateWords("已退回", "bad"),
    S.DROPPED: StateWords("已撤销", ""),
    S.SIGNED: StateWords("已签发", "info"),
    S.SERVED: StateWords("已送达", "good"),
    S.PERFORMED: StateWords("已履行", "good"),
    S.VOID: StateWords("已作废", "bad"),
}
UNSIGNED = (S.DRAFT, S.WAITING, S.RETURNED)
NUMBERED = (S.SIGNED, S.SERVED, S.PERFORMED, S.VOID)
VALID = (S.SIGNED, S.SERVED, S.PERFORMED)


@dataclass(frozen=True, slots=True)
class MoveRule:
    """A move: its words, the states in which it is possible, and the state after it.

    Without ``to`` the state stays. ``asks`` says that it needs a reason.
    """

    label: str
    from_states: tuple[PaperState, ...]
    to: PaperState | None = None
    asks: bool = False


MOVES: dict[Move, MoveRule] = {
    M.DRAFT: MoveRule("拟稿", (), S.DRAFT),
    M.REVISE: MoveRule("修改", (S.DRAFT, S.RETURNED), S.DRAFT),
    M.SEND: MoveRule("送签", (S.DRAFT, S.RETURNED), S.WAITING),
    M.RECALL: MoveRule("撤回送签", (S.WAITING,), S.DRAFT),
    M.LOOK: MoveRule("阅看", (S.WAITING,)),
    M.RETURN: MoveRule("退回", (S.WAITING,), S.RETURNED, asks=True),
    M.DROP: MoveRule("撤销", (S.DRAFT, S.RETURNED), S.DROPPED, asks=True),
    M.SIGN: MoveRule("签发", (S.WAITING,), S.SIGNED),
    M.PRINT: MoveRule("打印", NUMBERED),
    M.SERVE: MoveRule("送达", (S.SIGNED,), S.SERVED),
    M.CORRECT: MoveRule("更正送达", (S.SERVED, S.PERFORMED), asks=True),
    M.RECEIVE: MoveRule("签收", VALID),
    M.UNRECEIVE: MoveRule("撤回签收", VALID, asks=True),
    M.REFUSE: MoveRule("退回发文单位", (S.SIGNED,), S.VOID, asks=True),
    M.REPLY: MoveRule("登记回函", VALID),
    M.MEND_REPLY: MoveRule("更正回函", VALID, asks=True),
    M.UNREPLY: MoveRule("撤回回函", VALID, asks=True),
    M.SCAN: MoveRule("上传签字扫描件", VALID),
    M.RESCAN: MoveRule("更换签字扫描件", VALID, asks=True),
    M.PERFORM: MoveRule("履行", (S.SIGNED, S.SERVED), S.PERFORMED),
    M.REOPEN: MoveRule("撤回履行", (S.PERFORMED,), asks=True),
    M.VOID: MoveRule("作废", VALID, S.VOID, asks=True),
}


def problem_with(move: Move, state: str) -> str:
    """Why the move is not possible in the state, in Chinese; "" where it is."""
    rule, stands = MOVES[move], STATES[PaperState(state)].label
    if state in rule.from_states:
        return ""
    possible = "、".join(STATES[one].label for one in rule.from_states)
    return f"这份文书{stands}，不能{rule.label}；{rule.label}只适用于{possible}的文书。"
