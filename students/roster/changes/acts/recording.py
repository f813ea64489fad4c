"""Recording a change of a pupil of the own school, and the acts that all kinds share."""

from collections.abc import Callable, Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY
from foundation.protected import sealed
from students.roster.changes.acts.common import (
    at_side,
    check_free,
    check_gone,
    check_happened,
    check_papers,
    check_reason,
    come_back,
    create,
    due_after,
    end_enrolment,
    locked,
    place_of,
    step,
    tell,
)
from students.roster.changes.acts.suspensions import (
    apply_suspension,
    record_return,
    suspension_of,
)
from students.roster.changes.acts.transfers import own_class, record_transfer
from students.roster.changes.entries import ChangeEntry
from students.roster.models import AwaySpell, Change, Child, Enrolment
from students.roster.pupils.acts.pupils import enrol
from students.roster.rules.change_kinds import (
    BY_CODE,
    BY_PUPIL,
    ChangeAct,
    ChangeKind,
    ChangeRefused,
    Effect,
    Side,
    check_class,
)

Handler = Callable[[ChangeEntry, Child, Enrolment, Doer], Change]


@transaction.atomic
def record_change(doer: Doer, entry: ChangeEntry) -> Change:
    """Record a change of a pupil of the doer's own school.

    Raises PermissionDenied when the pupil is at another school. Raises ChangeRefused (in Chinese)
    when a paper is missing or the rules forbid the change; nothing is written then.
    """
    if entry.kind not in BY_PUPIL or entry.child_id is None:
        raise ChangeRefused("请选择要办理的异动类别。")
    kind = BY_CODE[entry.kind]
    child, enrolment = place_of(entry.child_id, doer.today)
    by = doer.at(Right.RECORD_CHANGE, enrolment.school_id)
    check_free(child, kind, doer.today)
    check_papers(kind.proofs, entry.papers)
    return _HANDLERS[kind.effect](entry, child, enrolment, by)


def possible_kinds(child_id: int, today: date) -> list[ChangeKind]:
    """The kinds that can be recorded for a pupil today; none while a change is pending.

    复学 is for a pupil on suspension, whose period may have ended; to such a pupil alone are the
    other kinds closed (N-R10).
    """
    if Change.objects.pending().filter(child=child_id).exists():
        return []
    is_away = AwaySpell.objects.on(today).filter(child=child_id).exists()
    is_suspended = suspension_of(child_id, today) is not None
    kinds = (BY_CODE[code] for code in BY_PUPIL)
    return [
        kind
        for kind in kinds
        if (is_suspended if kind.effect is Effect.SEAT else kind.while_away or not is_away)
    ]


def _end(entry: ChangeEntry, child: Child, enrolment: Enrolment, by: Doer) -> Change:
    """死亡, 出国（境）: end the enrolment; a death then waits until the registry cancels the 学籍
    (N-R5)."""
    kind = BY_CODE[entry.kind]
    check_happened(entry.occurred_on, enrolment, by.today, kind.day_label)
    check_gone(child, entry.occurred_on, by.today, kind.day_label)
    change = create(
        Change(
            county_id=child.county_id,
            child=child,
            kind=kind.code,
            state=kind.begins,
            from_school_id=enrolment.school_id,
            from_class=enrolment.school_class,
            occurred_on=entry.occurred_on,
            due_on=due_after(kind, child.county_id, by.today),
            outside_place=entry.outside_place,
            reason=entry.reason,
            **sealed(note=entry.note),
        ),
        by,
        ChangeAct.RECORD,
        entry.papers,
    )
    end_enrolment(enrolment, entry.occurred_on - ONE_DAY)
    come_back(child, entry.occurred_on)
    return change


def _move(entry: ChangeEntry, child: Child, enrolment: Enrolment, by: Doer) -> Change:
    """转班级, 留级, 跳级: end the enrolment the day before one in the new class begins."""
    kind = BY_CODE[entry.kind]
    check_happened(entry.occurred_on, enrolment, by.today, kind.day_label)
    old, new = enrolment.school_class, own_class(entry.to_class_id, enrolment.school_id, by.today)
    if old.pk == new.pk:
        raise ChangeRefused("该生已在这个班，请选择另一个班级。")
    check_class(kind, (old.stage, old.entry_year), (new.stage, new.entry_year))
    change = create(
        Change(
            county_id=child.county_id,
            child=child,
            kind=kind.code,
            state=kind.begins,
            from_school_id=enrolment.school_id,
            from_class=old,
            to_school_id=enrolment.school_id,
            to_class=new,
            occurred_on=entry.occurred_on,
            reason=entry.reason,
            **sealed(note=entry.note),
        ),
        by,
        ChangeAct.RECORD,
        entry.papers,
    )
    end_enrolment(enrolment, entry.occurred_on - ONE_DAY)
    enrol(child, new, entry.occurred_on)
    return change


_HANDLERS: Mapping[Effect, Handler] = {
    Effect.HAND_OVER: record_transfer,
    Effect.LET_GO: record_transfer,
    Effect.PAUSE: apply_suspension,
    Effect.SEAT: record_return,
    Effect.MOVE: _move,
    Effect.END: _end,
}


@transaction.atomic
def settle_death(doer: Doer, change_id: int, note: str) -> Change:
    """Note that the registry has cancelled the 学籍 of a dead pupil."""
    change, move = locked(change_id, ChangeAct.SETTLE)
    by = at_side(doer, change, move)
    if change.kind != "death":
        raise PermissionDenied
    step(change, move, by, doer.today, note)
    return change


@transaction.atomic
def refuse_change(doer: Doer, change_id: int, words: str) -> Change:
    """Refuse a change on the side that was asked; ``words`` is the reason."""
    check_reason(words, "退回的原因")
    return _undo(doer, change_id, ChangeAct.REFUSE, words)


@transaction.atomic
def withdraw_change(doer: Doer, change_id: int, words: str) -> Change:
    """Take back a change on the side that recorded it; ``words`` is the reason."""
    check_reason(words, "撤回的原因")
    return _undo(doer, change_id, ChangeAct.WITHDRAW, words)


def _undo(
    doer: Doer,
    change_id: int,
    act: ChangeAct,
    words: str,
) -> Change:
    """End a change without effect.

    The class expects the child again from tomorrow on: today's roll may have been called already.
    """
    change, move = locked(change_id, act)
    by = at_side(doer, change, move)
    event = step(change, move, by, doer.today, words.strip())
    if hasattr(change, "away"):
        come_back(change.child, doer.today + ONE_DAY)
    other = change.to_school_id if move.side is Side.FROM else change.from_school_id
    if act is ChangeAct.REFUSE or change.to_school_id:
        tell(event, other, f"{change.kind_label}：{change.state_label}", "请查看原因。")
    return change
