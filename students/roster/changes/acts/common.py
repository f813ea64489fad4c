"""What every act of a change uses: the doer's side, the enrolment of today, proofs, events,
letters."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.files.actions import keep
from foundation.messaging.actions import Letter, post_letters
from foundation.pages.substance import SHORT, is_hollow
from foundation.protected import sealed
from foundation.rows import unless_taken
from students.calendars.loading import calendar_for
from students.calendars.workdays import DayType
from students.roster.changes.entries import ChangePaper
from students.roster.changes.presence import last_there
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
    """Return the doer under a post of the side whose move it is.

    Raises PermissionDenied when no post of the doer belongs to that side.
    """
    unit_id = {
        Side.FROM: change.from_school_id,
        Side.TO: change.to_school_id,
        Side.TOWNSHIP: change.township_id,
        Side.COUNTY: change.county_id,
    }[move.side]
    return doer.at(move.right, unit_id)


def locked(change_id: int, act: ChangeAct) -> tuple[Change, ChangeMove]:
    """Lock the change until the transaction ends and return it with the move that the act makes.

    Raises ChangeRefused when the state does not allow the act. Of two people who act at once, the
    second waits for the first and then gets this refusal.
    """
    change = Change.objects.select_for_update(of=("self",)).get(pk=change_id)
    return change, move_of(change.rule, State(change.state), act)


def place_of(child_id: int, today: date) -> tuple[Child, Enrolment]:
    """Lock the child until the transaction ends and return it with its enrolment of today."""
    child = Child.objects.select_for_update().get(pk=child_id)
    enrolment = (
        Enrolment.objects.on(today).filter(child=child).select_related("school_class").first()
    )
    if enrolment is None:
        raise ChangeRefused("该生今天不在本县任何学校的名册上，请核对后再办理。")
    return child, enrolment


def check_free(child: Child, kind: ChangeKind, today: date) -> None:
    """Raise ChangeRefused when another change is pending, or when the child is out of class and the
    kind is not one that a suspended pupil may have (N-R10)."""
    pending = Change.objects.pending().filter(child=child).first()
    if pending is not None:
        raise ChangeRefused(
            f"该生有一项「{pending.kind_label}」正在办理（{pending.state_label}），办结后才能登记。"
        )
    if not kind.while_away and AwaySpell.objects.on(today).filter(child=child).exists():
        raise ChangeRefused(f"该生正在休学，休学期间不能办理{kind.label}。请先办理复学。")


def check_reason(words: str, what: str, least: int = SHORT) -> None:
    """Raise ChangeRefused where a reason or an opinion says nothing (substance.py)."""
    if is_hollow(words, least):
        more = f"（不少于{least}个字）" if least > SHORT else ""
        raise ChangeRefused(f"请写明{what}{more}，不能只写“无”“同意”。")


def check_happened(day: date, enrolment: Enrolment, today: date, what: str) -> None:
    """Raise ChangeRefused when the day is in the future, or not after the enrolment's first day."""
    if day > today:
        raise ChangeRefused(f"{what}不能晚于今天，请填写实际日期。")
    if day <= enrolment.starts_on:
        raise ChangeRefused(
            f"{what}须晚于该生在本班的在籍起始日（{enrolment.starts_on:%Y-%m-%d}）。"
        )


def check_gone(child: Child, day: date, today: date, what: str) -> None:
    """Raise ChangeRefused when the roll shows the child at school after the day it is said to be
    gone, or when the day lies before the last day of the term before this one."""
    seen = last_there(child.pk, today)
    if seen is not None and day < seen:
        raise ChangeRefused(
            f"点名记着该生{seen:%Y-%m-%d}还在校，{what}不能早于这一天。请核对日期；点名有误的先更正点名。"
        )
    ended = calendar_for(child.county_id).last_term_before(today)
    if ended is not None and day < ended.last_day:
        raise ChangeRefused(
            f"{what}不能早于上学期最后一天（{ended.last_day:%Y-%m-%d}），请填写实际日期。"
        )


def due_after(kind: ChangeKind, county_id: int, today: date) -> date | None:
    """Return the last day of the kind's deadline in working days of the county (N-R5, N-R6)."""
    if not kind.days:
        return None
    return calendar_for(county_id).nth_day_after(today, kind.days, DayType.WORKING)


def create(change: Change, by: Doer, act: ChangeAct, papers: Iterable[ChangePaper] = ()) -> Change:
    """Write a new change with its papers and its first event.

    Raises ChangeRefused when the child has a pending change: a database constraint allows one, also
    when two people record at once.
    """
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
    """Write the state that the move leads to, and the event."""
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
    """Write the event and its audit row."""
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
        **sealed(text=text),
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


def add_papers(change: Change, by: Doer, papers: Iterable[ChangePaper]) -> None:
    """Keep each paper as a document of the child, and link it to the change as a proof."""
    for paper in papers:
        file = keep(by.post, paper.file_name, paper.content)
        document = Document.objects.create(
            child=change.child, file=file, title=paper.title, recorded_at=by.now
        )
        ChangeProof.objects.create(change=change, document=document)


def check_papers(titles: Iterable[str], papers: Iterable[ChangePaper]) -> None:
    """Raise ChangeRefused when a paper is missing."""
    check_proofs(titles, [paper.title for paper in papers])


def tell(event: ChangeEvent, unit: Unit | int | None, title: str, body: str) -> None:
    """Write one letter to a unit. Its text never holds a child's name."""
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


# --- enrolment and absence from class -----------------------------------------------------------


def end_enrolment(enrolment: Enrolment, last_day: date) -> None:
    """Make ``last_day`` the last day of the enrolment."""
    enrolment.ends_on = last_day
    enrolment.save(update_fields=["ends_on"])


def go_away(change: Change, starts_on: date, back_on: date | None, today: date) -> AwaySpell:
    """Take the child out of class from the day on.

    It starts today at the earliest: past roll calls stay as they were submitted.
    """
    first = max(starts_on, today)
    last = back_on if back_on is None else max(back_on, first)
    return AwaySpell.objects.create(
        child=change.child, change=change, starts_on=first, back_on=last
    )


def come_back(child: Child, day: date) -> None:
    """End every absence from class of the child, so that the child is expected from the day on."""
    for away in AwaySpell.objects.filter(child=child).exclude(back_on__lte=day):
        away.back_on = max(day, away.starts_on)
        away.save(update_fields=["back_on"])
