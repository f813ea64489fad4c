"""休学、延缓入学、复学: the school applies, the township approves, the county files (R32)."""

from datetime import date

from django.db import transaction

from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY, full_day_words
from foundation.pages.substance import LEAST
from foundation.protected import digest, normalise, sealed
from students.roster.changes.acts.common import (
    at_side,
    check_free,
    check_gone,
    check_happened,
    check_papers,
    check_reason,
    come_back,
    create,
    end_enrolment,
    go_away,
    locked,
    step,
    tell,
)
from students.roster.changes.acts.transfers import own_class
from students.roster.changes.entries import ChangeEntry
from students.roster.models import AwaySpell, Change, Child, Enrolment, School
from students.roster.pupils.acts.pupils import enrol
from students.roster.rules.change_kinds import BY_CODE, ChangeAct, ChangeRefused, check_period


def apply_suspension(entry: ChangeEntry, child: Child, enrolment: Enrolment, by: Doer) -> Change:
    """Apply for 休学 with the guardian's application and the diagnosis.

    A renewal begins when the period before it ends (domain 3.8).
    """
    return _apply(entry, child, by, enrolment)


@transaction.atomic
def apply_deferral(doer: Doer, entry: ChangeEntry, school_id: int) -> Change:
    """Apply for 延缓入学 of a child of the county who is not enrolled, found by ID number."""
    by = doer.at(Right.RECORD_CHANGE, school_id)
    digested = digest(normalise(entry.more["id_no"]), "id")
    children = Child.objects.select_for_update().filter(
        county_id=by.post.county_id, id_no_digest=digested
    )
    child = children.first()
    if child is None or Enrolment.objects.filter(child=child).exists():
        raise ChangeRefused(
            "适龄儿童名单中没有这个证件号的未入学儿童。已入学的请办理休学；未登记的请先登记。"
        )
    check_free(child, BY_CODE["deferral"], doer.today)
    check_papers(BY_CODE["deferral"].proofs, entry.papers)
    return _apply(entry, child, by, None)


def _apply(entry: ChangeEntry, child: Child, by: Doer, enrolment: Enrolment | None) -> Change:
    kind = BY_CODE[entry.kind]
    until = check_period(kind, entry.occurred_on, entry.until)
    if until < by.today:
        raise ChangeRefused("截止日期已经过去，请核对。")
    if enrolment is not None and entry.occurred_on < enrolment.starts_on:
        raise ChangeRefused(f"起始日期不能早于在籍起始日（{enrolment.starts_on:%Y-%m-%d}）。")
    if enrolment is not None:
        check_gone(child, entry.occurred_on, by.today, kind.day_label)
    _check_follows(child, entry.occurred_on)
    school = School.objects.get(pk=by.post.unit_id)
    change = Change(
        county_id=child.county_id,
        child=child,
        kind=kind.code,
        state=kind.begins,
        from_school=school,
        from_class=enrolment.school_class if enrolment else None,
        township_id=child.home_township_id or school.township_id,
        occurred_on=entry.occurred_on,
        until=until,
        reason=entry.reason,
        **sealed(note=entry.note),
    )
    change = create(change, by, ChangeAct.RECORD, entry.papers)
    event = change.events.get(act=ChangeAct.RECORD)
    tell(event, change.township_id, f"有一份{kind.label}申请待批准", f"申请学校：{school}。")
    return change


def _check_follows(child: Child, starts_on: date) -> None:
    last = AwaySpell.objects.filter(child=child, returned_on__isnull=True).last()
    if last is not None and (last.back_on is None or starts_on < last.back_on):
        until = last.back_on - ONE_DAY if last.back_on else None
        words = f"（至{until:%Y-%m-%d}）" if until else ""
        raise ChangeRefused(f"该生现有的休学期限{words}还没有满，续期须从期满次日起。")


@transaction.atomic
def approve_suspension(doer: Doer, change_id: int, opinion: str) -> Change:
    """Approve a suspension or a deferral at the township; ``opinion`` says why (R32)."""
    check_reason(opinion, "批准的意见和理由", LEAST)
    change, move = locked(change_id, ChangeAct.APPROVE)
    by = at_side(doer, change, move)
    event = step(change, move, by, doer.today, opinion)
    tell(event, change.county_id, f"有一份{change.kind_label}申请待备案", "乡镇已批准，请备案。")
    return change


@transaction.atomic
def file_suspension(doer: Doer, change_id: int, opinion: str) -> Change:
    """File a suspension or a deferral at the county: from now on the child is not expected in
    class."""
    change, move = locked(change_id, ChangeAct.FILE)
    by = at_side(doer, change, move)
    assert change.until is not None
    go_away(change, change.occurred_on, change.until + ONE_DAY, doer.today)
    event = step(change, move, by, doer.today, opinion)
    body = f"期限{full_day_words(change.occurred_on)}至{full_day_words(change.until)}。"
    tell(event, change.from_school_id, f"{change.kind_label}已备案", body)
    return change


def record_return(entry: ChangeEntry, child: Child, enrolment: Enrolment, by: Doer) -> Change:
    """复学, early, on time or late: end the suspension and place the child in a class."""
    away = suspension_of(child.pk, by.today)
    if away is None:
        raise ChangeRefused("该生没有正在休学的记录，无需办理复学。")
    if entry.occurred_on > by.today or entry.occurred_on < away.change.occurred_on:
        raise ChangeRefused("返校日期须在休学起始日之后、今天以前，请核对。")
    to_class = own_class(entry.to_class_id, enrolment.school_id, by.today)
    change = create(
        Change(
            county_id=child.county_id,
            child=child,
            kind=entry.kind,
            state=BY_CODE[entry.kind].begins,
            from_school_id=enrolment.school_id,
            from_class=enrolment.school_class,
            to_school_id=enrolment.school_id,
            to_class=to_class,
            occurred_on=entry.occurred_on,
            **sealed(note=entry.note),
        ),
        by,
        ChangeAct.RECORD,
        entry.papers,
    )
    come_back(child, entry.occurred_on)
    AwaySpell.objects.filter(pk=away.pk).update(returned_on=entry.occurred_on)
    if to_class.pk != enrolment.school_class_id:
        check_happened(entry.occurred_on, enrolment, by.today, "返校日期")
        end_enrolment(enrolment, entry.occurred_on - ONE_DAY)
        enrol(child, to_class, entry.occurred_on)
    return change


def suspension_of(child_id: int, today: date) -> AwaySpell | None:
    """The suspension from which the pupil has not returned, also when its period has ended."""
    rows = AwaySpell.objects.filter(
        child=child_id, change__kind="suspension", returned_on__isnull=True, starts_on__lte=today
    )
    return rows.select_related("change").order_by("-starts_on").first()
