"""转学: to another school of the county, out of the county, and in from outside (N-R6)."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY, full_day_words
from foundation.protected import digest, normalise, sealed
from students.roster.changes.acts.common import (
    add_papers,
    at_side,
    check_free,
    check_gone,
    check_happened,
    check_papers,
    come_back,
    create,
    due_after,
    end_enrolment,
    go_away,
    locked,
    place_of,
    step,
    tell,
)
from students.roster.changes.entries import ChangeEntry, ChangePaper
from students.roster.models import AwaySpell, Change, Child, Enrolment, School, SchoolClass
from students.roster.pupils.acts.pupils import add_child, enrol
from students.roster.rules.change_kinds import BY_CODE, ChangeAct, ChangeRefused, State

ELSEWHERE = "已在本县其他学校登记"


def record_transfer(entry: ChangeEntry, child: Child, enrolment: Enrolment, by: Doer) -> Change:
    """Record a transfer at the sending school.

    The child stays on its roll until the transfer is confirmed, and is not expected in class.
    """
    kind = BY_CODE[entry.kind]
    check_happened(entry.occurred_on, enrolment, by.today, kind.day_label)
    check_gone(child, entry.occurred_on, by.today, kind.day_label)
    to_school = _receiver(entry, enrolment)
    change = create(
        Change(
            county_id=child.county_id,
            child=child,
            kind=kind.code,
            state=kind.begins,
            from_school_id=enrolment.school_id,
            from_class=enrolment.school_class,
            to_school=to_school,
            outside_school=entry.outside_school,
            outside_place=entry.outside_place,
            occurred_on=entry.occurred_on,
            due_on=due_after(kind, child.county_id, by.today),
            reason=entry.reason,
            **sealed(note=entry.note),
        ),
        by,
        ChangeAct.RECORD,
        entry.papers,
    )
    go_away(change, entry.occurred_on, None, by.today)
    if to_school is not None:
        _tell_receiver(change)
    return change


def _receiver(entry: ChangeEntry, enrolment: Enrolment) -> School | None:
    if entry.kind == "transfer_out":
        if not entry.outside_school or not entry.outside_place:
            raise ChangeRefused("请填写转入的县外学校名称和所在地。")
        return None
    school = School.objects.filter(
        pk=entry.to_school_id, unit__county_id=enrolment.school.unit.county_id
    ).first()
    if school is None or school.pk == enrolment.school_id:
        raise ChangeRefused("请选择本县的另一所学校作为接收学校。")
    return school


def _tell_receiver(change: Change) -> None:
    event = change.events.get(act__in=(ChangeAct.RECORD, ChangeAct.AGREE))
    assert change.due_on is not None  # a transfer has a deadline
    body = f"请核实学生到校并确认，{full_day_words(change.due_on)}前办结。"
    tell(event, change.to_school_id, "有一名学生待接收转入", body)


@transaction.atomic
def ask_transfer(
    doer: Doer,
    id_no: str,
    school_id: int,
    note: str,
) -> Change:
    """Ask, as the receiving school, for a child by ID number.

    The school learns that the child is enrolled at another school of the county, and nothing else
    until that school agrees.
    """
    by = doer.at(Right.RECORD_CHANGE, school_id)
    child, enrolment = _asked_for(id_no, by)
    kind = BY_CODE["transfer_within"]
    change = Change(
        county_id=child.county_id,
        child=child,
        kind=kind.code,
        state=State.ASKED,
        asked=True,
        from_school_id=enrolment.school_id,
        from_class=enrolment.school_class,
        to_school_id=school_id,
        occurred_on=doer.today,
        due_on=due_after(kind, child.county_id, doer.today),
        **sealed(note=note),
    )
    change = create(change, by, ChangeAct.ASK)
    assert change.due_on is not None  # a transfer has a deadline
    body = f"请核对后答复，{full_day_words(change.due_on)}前办结。"
    tell(change.events.get(act=ChangeAct.ASK), enrolment.school_id, "有学校申请转入本校学生", body)
    return change


def _asked_for(id_no: str, by: Doer) -> tuple[Child, Enrolment]:
    child = enrolled_child(id_no, by)
    if child is None:
        raise ChangeRefused(
            "本县名册上没有这个证件号的在籍学生。从县外转入的，请按「转入（县外）」登记。"
        )
    child, enrolment = place_of(child.pk, by.today)
    if enrolment.school_id == by.post.unit_id:
        raise ChangeRefused("该生已在本校名册上，无需转学。")
    # The asking school must not learn why the child is not free.
    if _is_bound(child, by.today):
        raise ChangeRefused(f"该生{ELSEWHERE}，现在不能申请转入。请与原就读学校联系。")
    return child, enrolment


def enrolled_child(id_no: str, by: Doer) -> Child | None:
    """Return the child of the county with the ID number if it is enrolled today. The search is
    audited."""
    found = Child.objects.filter(
        county_id=by.post.county_id, id_no_digest=digest(normalise(id_no), "id")
    ).first()
    is_here = found is not None and Enrolment.objects.on(by.today).filter(child=found).exists()
    audit.record(
        by.origin, "search_by_id", "child", children=[found.pk] if found and is_here else []
    )
    return found if is_here else None


def _is_bound(child: Child, today: date) -> bool:
    pending = Change.objects.pending().filter(child=child).exists()
    return pending or AwaySpell.objects.on(today).filter(child=child).exists()


@transaction.atomic
def agree_transfer(
    doer: Doer,
    change_id: int,
    left_on: date,
    papers: tuple[ChangePaper, ...],
) -> Change:
    """Agree, as the sending school, to a transfer that was asked for; it then is that school's
    transfer-out."""
    change, move = locked(change_id, ChangeAct.AGREE)
    by = at_side(doer, change, move)
    child, enrolment = place_of(change.child_id, doer.today)
    check_happened(left_on, enrolment, doer.today, change.rule.day_label)
    check_gone(child, left_on, doer.today, change.rule.day_label)
    check_papers(change.rule.proofs, papers)
    change.occurred_on, change.agreed_on = left_on, doer.today
    change.due_on = due_after(change.rule, change.county_id, doer.today)
    add_papers(change, by, papers)
    step(change, move, by, doer.today)
    go_away(change, left_on, None, doer.today)
    _tell_receiver(change)
    return change


@transaction.atomic
def confirm_arrival(
    doer: Doer,
    change_id: int,
    class_id: int,
    arrived_on: date,
) -> Change:
    """Confirm the arrival at the receiving school: the old enrolment ends the day before the new
    begins."""
    change, move = locked(change_id, ChangeAct.CONFIRM)
    by = at_side(doer, change, move)
    child, enrolment = place_of(change.child_id, doer.today)
    _check_arrival(change, enrolment, arrived_on, doer.today)
    to_class = own_class(class_id, change.to_school_id, doer.today)
    end_enrolment(enrolment, arrived_on - ONE_DAY)
    enrol(child, to_class, arrived_on)
    come_back(child, arrived_on)
    change.to_class = to_class
    event = step(change, move, by, arrived_on)
    tell(
        event,
        change.from_school_id,
        "转出的学生已由接收学校确认",
        f"到校日期{full_day_words(arrived_on)}。",
    )
    return change


def _check_arrival(change: Change, enrolment: Enrolment, arrived_on: date, today: date) -> None:
    check_happened(arrived_on, enrolment, today, "到校日期")
    if arrived_on < change.occurred_on:
        raise ChangeRefused(f"到校日期不能早于离校日期（{change.occurred_on:%Y-%m-%d}），请核对。")


def own_class(class_id: int | None, school_id: int | None, today: date) -> SchoolClass:
    """Return a class of the school that is taught today; raises ChangeRefused otherwise."""
    rows = SchoolClass.objects.taught_on(today).filter(pk=class_id, school_id=school_id)
    found = rows.first()
    if found is None:
        raise ChangeRefused("请选择本校现有的班级。")
    return found


@transaction.atomic
def settle_transfer(
    doer: Doer,
    change_id: int,
    arrived_on: date,
    papers: tuple[ChangePaper, ...],
) -> Change:
    """File the proof of arrival outside the county; the enrolment ends the day before the
    arrival."""
    change, move = locked(change_id, ChangeAct.SETTLE)
    by = at_side(doer, change, move)
    if change.kind != "transfer_out":
        raise PermissionDenied
    child, enrolment = place_of(change.child_id, doer.today)
    _check_arrival(change, enrolment, arrived_on, doer.today)
    check_papers(change.rule.settled_by, papers)
    add_papers(change, by, papers)
    end_enrolment(enrolment, arrived_on - ONE_DAY)
    come_back(child, arrived_on)
    step(change, move, by, arrived_on)
    return change


@transaction.atomic
def take_in(doer: Doer, entry: ChangeEntry, school_id: int) -> Change:
    """Enrol a child who comes from outside the county and is on no roll here."""
    kind = BY_CODE["transfer_in"]
    by = doer.at(Right.RECORD_CHANGE, school_id)
    if entry.occurred_on > doer.today:
        raise ChangeRefused("到校日期不能晚于今天，请填写实际日期。")
    if not entry.outside_school or not entry.outside_place:
        raise ChangeRefused("请填写原就读学校名称和所在地。")
    to_class = own_class(entry.to_class_id, school_id, doer.today)
    check_papers(kind.proofs, entry.papers)
    child = _child_from_outside(entry, by)
    check_free(child, kind, doer.today)
    change = Change(
        county_id=by.post.county_id,
        child=child,
        kind=kind.code,
        state=kind.begins,
        to_school_id=school_id,
        to_class=to_class,
        outside_school=entry.outside_school,
        outside_place=entry.outside_place,
        occurred_on=entry.occurred_on,
        reason=entry.reason,
        **sealed(note=entry.note),
    )
    change = create(change, by, ChangeAct.RECORD, entry.papers)
    enrol(child, to_class, entry.occurred_on)
    return change


def _child_from_outside(entry: ChangeEntry, by: Doer) -> Child:
    """Find the child by the number, or make one. A child who is enrolled here has to be asked
    for."""
    id_no = normalise(entry.more["id_no"])
    if enrolled_child(id_no, by) is not None:
        raise ChangeRefused(f"该生{ELSEWHERE}，请走「申请转入」手续，由原学校同意后办理。")
    known = Child.objects.filter(county_id=by.post.county_id, id_no_digest=digest(id_no, "id"))
    child = known.select_for_update().first()
    if child is None:
        county = Unit.objects.get(pk=by.post.county_id)
        child = add_child(county, **{**entry.more, "id_no": id_no})
    later = Enrolment.objects.filter(child=child)
    if (
        later.filter(ends_on__isnull=True).exists()
        or later.filter(ends_on__gte=entry.occurred_on).exists()
    ):
        raise ChangeRefused("该生在这一天之后还有本县的在籍记录，请核对到校日期。")
    return child
