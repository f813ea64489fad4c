"""Compares a sheet's cells on special groups with what is entered; each difference is one move.

An empty cell says nothing. 否 ends a membership that an earlier sheet brought, never one that the
school entered itself (domain 6.8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from students.roster.rules.group_kinds import FLAGS, label_of, read_flag

BEGINS, ENDS, RECAST, DENIED, UNSAID = "begins", "ends", "recast", "denied", "unsaid"
LABELS: Mapping[str, str] = {
    BEGINS: "登记",
    ENDS: "退出",
    RECAST: "更正类型",
    DENIED: "本表为否，保留",
    UNSAID: "本表未注明，保留",
}
WRITES = (BEGINS, ENDS, RECAST)
_FIELD_OF = {code: name for name, code in FLAGS.items()}
Told = tuple[str, tuple[bool, str] | None]  # group, and the answer of read_flag for its cell


@dataclass(frozen=True, slots=True)
class Held:
    """A membership in force on the sheet's day or later; ``told``: an earlier sheet brought it."""

    pk: int
    kind: str
    starts_on: date
    ends_on: date | None
    told: bool


@dataclass(frozen=True, slots=True)
class GroupMove:
    """What a cell does to a group of a child; ``membership`` is the id of the one concerned."""

    group: str
    move: str
    kind: str = ""
    former: str = ""
    membership: int | None = None

    @property
    def words(self) -> str:
        """The text of the cell that makes this move."""
        return "否" if self.move == ENDS else self.kind or "是"


def words_of(values: Mapping[str, str]) -> tuple[str, ...]:
    """Return a row's cells on groups, in the order of FLAGS; most rows have the same ones."""
    return tuple(values.get(name, "") for name in FLAGS)


def moves_of(words: tuple[str, ...], held: Mapping[str, Held], as_of: date) -> Iterator[GroupMove]:
    """Return what the cells of a row change, and what stays although a cell does not name it."""
    told = _read(words)
    if not held and not any(tells and tells[0] for _, tells in told):
        return
    for code, tells in told:
        if move := _move(code, tells, held.get(code), as_of):
            yield move


@lru_cache(maxsize=2_000)
def _read(words: tuple[str, ...]) -> tuple[Told, ...]:
    return tuple((code, read_flag(said)) for code, said in zip(FLAGS.values(), words, strict=True))


def _move(
    code: str, tells: tuple[bool, str] | None, membership: Held | None, as_of: date
) -> GroupMove | None:
    if membership is None:
        return GroupMove(code, BEGINS, tells[1]) if tells and tells[0] else None
    if tells is None:
        return GroupMove(code, UNSAID, former=membership.kind, membership=membership.pk)
    belongs, kind = tells
    if belongs and kind in ("", membership.kind):
        return None
    if membership.told and membership.ends_on is None and membership.starts_on <= as_of:
        return GroupMove(code, RECAST if belongs else ENDS, kind, membership.kind, membership.pk)
    return (
        None
        if belongs
        else GroupMove(code, DENIED, former=membership.kind, membership=membership.pk)
    )


def field_of(group: str) -> str:
    """Return the field of a sheet's row that says something of the group."""
    return _FIELD_OF[group]


def told_as(group: str, move: str, kind: str, former: str) -> tuple[str, str]:
    """Return a line of the preview: what is entered now, and what will be entered."""
    before = "" if move == BEGINS else label_of(group, former)
    after = {ENDS: "不再属于", DENIED: before, UNSAID: before}.get(move)
    return before, after if after is not None else label_of(group, kind)


def counted(counts: Mapping[str, int]) -> str:
    """Return a batch's moves in words: 「登记2项、退出1项」; "" when there are none."""
    told = [f"{label}{counts[move]}项" for move, label in LABELS.items() if counts.get(move)]
    return "、".join(told)
