"""What every write of a change shares: who acts, the child's place today, papers, events."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.files.actions import keep
from foundation.messaging.actions import Letter, post_letters
from foundation.rows import unless_taken
from students.calendars.loading import calendar_for
from students.calendars.workdays import DayType
from students.roster.changes.entries import Paper
from students.roster.models import (
    AwaySpell,
    Change,
    ChangeEvent,
    ChangeProof,
    Child,
    Document,
    Enrolment,
)
from students.roster.rules.change_kinds import (
    ChangeAct,
    ChangeKind,
    ChangeMove,
    ChangeRefused,
    Side,
    State,
    check_proofs,
    move_of,
)

ONE_PENDING = "one_pending_change_a_child"


def at_side(doer: Doer, change: Change, move: ChangeMove) -> Doer:
    """The doer under a post of the side whose move it is; raises PermissionDenied without one."""
    unit_id = {
        Side.FROM: change.from_school_id,
        Side.TO: change.to_school_id,
        Side.TOWNSHIP: change.township_id,
        Side.COUNTY: change.county_id,
    }[move.side]
    return doer.at(move.right, unit_id)


def locked(change_id: int, act: ChangeAct) -> tuple[Change, ChangeMove]:
    """The change, held until the transaction ends, and the move it allows; of two at once the
    second reads what the first left, and is told."""
    change = Change.objects.select_for_update(of=("self",)).get(pk=change_id)
    return change, move_of(change.rule, State(change.state), act)


def place_of(child_id: int, today: date) -> tuple[Child, Enrolment]:
    """The child, held until the transaction ends, and the spell in force today."""
    child = Child.objects.select_for_update().get(pk=child_id)
    spell = Enrolment.objects.on(today).filter(child=child).select_related("school_class").first()
    if spell is None:
        raise ChangeRefused("该生今天不在本县任何学校的名册上，请核对后再办理。")
    return child, spell


def check_free(child: Child, kind: ChangeKind, today: date) -> None:
    """Nothing pending, and no change but those that a suspended pupil may have (N-R10)."""
    pending = Change.objects.pending().filter(child=child).first()
    if pending is not None:
        raise ChangeRefused(
            f"该生有一项「{pending.kind_label}」正在办理（{pending.state_label}），办结后才能登记。"
        )
    if not kind.while_away and AwaySpell.objects.on(today).filter(child=child).exists():
        raise ChangeRefused(f"该生正在休学，休学期间不能办理{kind.label}。请先办理复学。")


def check_happened(day: date, spell: Enrolment, today: date, what: str) -> None:
    """Not in the future, and not before the child was in the class."""
    if day > today:
        raise ChangeRefused(f"{what}不能晚于今天，请填写实际日期。")
    if day <= spell.starts_on:
        raise ChangeRefused(f"{what}须晚于该生在本班的在籍起始日（{spell.starts_on:%Y-%m-%d}）。")


def due_after(kind: ChangeKind, county_id: int, today: date) -> date | None:
    """The last day of the kind's working days in the county's calendar (N-R5, N-R6)."""
    if not kind.days:
        return None
    return calendar_for(county_id).nth_day_after(today, kind.days, DayType.WORKING)


def create(change: Change, by: Doer, act: ChangeAct, papers: Iterable[Paper] = ()) -> Change:
    """Write a new change with its papers and first row; one pending a child, held by the database
    under two at once."""
    change.recorded_on, change.recorded_at = by.today, by.now
    change.recorded_by_id = by.post.id
    if change.state == State.CONFIRMED:
        change.settled_on = by.today
    with unless_taken(ONE_PENDING) as taken:
        change.save()
    if taken:
        raise ChangeRefused("该生刚刚登记了另一项异动，请刷新页面后再办理。")
    add_papers(change, by, papers)
    write_event(change, act, by, occurred_on=change.occurred_on, text=change.note)
    return change


def step(
    change: Change, move: ChangeMove, by: Doer, occurred_on: date, text: str = ""
) -> ChangeEvent:
    """Bring the change to where the move leads, with its row."""
    before, change.state = change.state, move.to
    if not change.is_pending:
        change.settled_on = by.today
    change.save()
    return write_event(change, move.act, by, occurred_on=occurred_on, text=text, before=before)


def write_event(
    change: Change,
    act: ChangeAct,
    by: Doer,
    *,
    occurred_on: date,
    text: str = "",
    before: str = "",
) -> ChangeEvent:
    """One row of what happened, and its audit row."""
    event = ChangeEvent.objects.create(
        change=change,
        act=act,
        from_state=before,
        to_state=change.state,
        occurred_on=occurred_on,
        recorded_on=by.today,
        recorded_at=by.now,
        person_id=by.origin.person_id,
        post_id=by.post.id,
        unit_id=by.post.unit_id,
        text=text,
    )
    audit.record(
        by.origin,
        f"{act}_change",
        "change",
        change.pk,
        children=[change.child_id],
        details={"kind": change.kind, "state": change.state},
    )
    return event


def add_papers(change: Change, by: Doer, papers: Iterable[Paper]) -> None:
    """Keep each paper as a document of the child and a proof of the change."""
    for paper in papers:
        file = keep(by.post, paper.file_name, paper.content)
        document = Document.objects.create(
            child=change.child, file=file, title=paper.title, recorded_at=by.now
        )
        ChangeProof.objects.create(change=change, document=document)


def check_papers(titles: Iterable[str], papers: Iterable[Paper]) -> None:
    """Raise ChangeRefused when a paper is missing."""
    check_proofs(titles, [paper.title for paper in papers])


def tell(event: ChangeEvent, unit: Unit | int | None, title: str, body: str) -> None:
    """One letter to a unit; never a child's name."""
    if unit is None:
        return
    letter = Letter(
        key=f"change:{event.pk}",
        to_unit_id=unit if isinstance(unit, int) else unit.pk,
        title=title,
        body=body,
        url=reverse("changes:change", args=[event.change_id]),
        occurred_on=event.recorded_on,
    )
    post_letters([letter], event.recorded_on)


# --- the roll -----------------------------------------------------------------------------------


def end_spell(spell: Enrolment, last_day: date) -> None:
    """The spell ends with this day."""
    spell.ends_on = last_day
    spell.save(update_fields=["ends_on"])


def go_away(change: Change, starts_on: date, back_on: date | None, today: date) -> AwaySpell:
    """Out of class from the day on, and not before today: past rolls stand as they were called."""
    first = max(starts_on, today)
    last = back_on if back_on is None else max(back_on, first)
    return AwaySpell.objects.create(
        child=change.child, change=change, starts_on=first, back_on=last
    )


def come_back(child: Child, day: date) -> None:
    """What keeps the child out of class on or after the day ends before it."""
    for away in AwaySpell.objects.filter(child=child).exclude(back_on__lte=day):
        away.back_on = max(day, away.starts_on)
        away.save(update_fields=["back_on"])
