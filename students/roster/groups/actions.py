"""Writes memberships in special groups, and which parent is away (domain 6.7, 6.8; R60)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import ONE_DAY, full_day_words
from foundation.files.actions import keep
from foundation.rows import unless_taken
from students.roster.models import Child, Document, Enrolment, GroupSpell, GuardianAbsence
from students.roster.rules.group_kinds import BY_CODE, label_of


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """What a person enters for several groups at once; ``file`` is a name and its bytes."""

    groups: tuple[str, ...]
    starts_on: date
    ends_on: date | None = None
    basis: str = ""
    note: str = ""
    file: tuple[str, bytes] | None = None


@transaction.atomic
def enter_groups(doer: Doer, child: Child, entry: GroupEntry) -> list[GroupSpell]:
    """Enter a child into one or more groups; raises Refused with a Chinese reason."""
    post = _post_for(doer.viewer, child, doer.today)
    _check_days(entry.starts_on, entry.ends_on, doer.today)
    _check_overlap(child, entry)
    paper = _keep_paper(post, child, entry)
    memberships = [_membership(post, child, code, entry, paper) for code in entry.groups]
    with unless_taken() as taken:
        GroupSpell.objects.bulk_create(memberships)
    if taken:
        raise Refused("所选群体已由他人登记，请刷新本页后再核对。")
    _record(doer.origin, "enter_groups", child, groups=list(entry.groups))
    return memberships


@transaction.atomic
def end_group(doer: Doer, membership: GroupSpell, ends_on: date, reason: str) -> GroupSpell:
    """End a membership with its last day and the reason; the row stays."""
    _post_for(doer.viewer, membership.child, doer.today)
    row = GroupSpell.objects.select_for_update().get(pk=membership.pk)
    if row.ends_on is not None and row.ends_on <= doer.today:
        raise Refused("这一群体已经登记退出，请刷新本页后核对。")
    _check_days(row.starts_on, ends_on, doer.today)
    row.ends_on, row.end_reason = ends_on, reason
    row.save(update_fields=["ends_on", "end_reason"])
    _record(doer.origin, "end_group", membership.child, groups=[row.group], reason=reason)
    return row


@transaction.atomic
def note_absence(
    doer: Doer,
    child: Child,
    *,
    parent: str,
    starts_on: date,
    place: str,
    carer: str,
    other_can_guard: bool,
) -> GuardianAbsence:
    """Record that a parent is away; 留守 follows from it by rules/left_behind.py."""
    post = _post_for(doer.viewer, child, doer.today)
    _check_days(starts_on, None, doer.today)
    with unless_taken() as taken:
        row = GuardianAbsence.objects.create(
            child=child,
            parent=parent,
            starts_on=starts_on,
            place=place,
            carer=carer,
            other_can_guard=other_can_guard,
            recorded_by_id=post.id,
        )
    if taken:
        raise Refused("这一时段已登记其外出。请先登记返家，再登记新的外出。")
    _record(doer.origin, "note_absence", child)
    return row


@transaction.atomic
def end_absence(doer: Doer, absence: GuardianAbsence, back_on: date) -> GuardianAbsence:
    """Record the day the parent came home; the day before it is the last day away."""
    post = _post_for(doer.viewer, absence.child, doer.now.date())
    row = GuardianAbsence.objects.select_for_update().get(pk=absence.pk)
    if row.ends_on is not None:
        raise Refused("已经登记返家，请刷新本页后核对。")
    if not row.starts_on < back_on <= doer.now.date():
        raise Refused("返家日期应晚于外出日期，且不晚于今天，请改正。")
    row.ends_on, row.ended_by_id, row.ended_at = back_on - ONE_DAY, post.id, doer.now
    row.save(update_fields=["ends_on", "ended_by", "ended_at"])
    _record(doer.origin, "end_absence", absence.child)
    return row


def _post_for(viewer: Viewer, child: Child, day: date) -> HeldPost:
    """Return the viewer's post with the right MANAGE_GROUPS at the child's school."""
    enrolment = Enrolment.objects.on(day).filter(child=child).first()
    school = enrolment.school_id if enrolment else None
    return post_with(viewer, Right.MANAGE_GROUPS, fits=lambda post: post.unit_id == school)


def _check_days(starts_on: date, ends_on: date | None, today: date) -> None:
    if starts_on > today:
        raise Refused("起始日期不能晚于今天，请改正。")
    if ends_on is not None and ends_on < starts_on:
        raise Refused(f"终止日期早于起始日期（{full_day_words(starts_on)}），请改正。")


def _check_overlap(child: Child, entry: GroupEntry) -> None:
    last = entry.ends_on or date.max
    for membership in GroupSpell.objects.filter(child=child, group__in=entry.groups):
        if membership.starts_on <= last and (
            membership.ends_on is None or membership.ends_on >= entry.starts_on
        ):
            raise Refused(
                f"「{BY_CODE[membership.group].label}」自{full_day_words(membership.starts_on)}起已登记，"
                "同一时段不能重复登记。请先登记退出，或去掉这一项。"
            )


def _keep_paper(post: HeldPost, child: Child, entry: GroupEntry) -> Document | None:
    if entry.file is None:
        return None
    words = "、".join(label_of(code) for code in entry.groups)
    return Document.objects.create(
        child=child, file=keep(post, *entry.file), title=f"{words}证明"[:60]
    )


def _membership(
    post: HeldPost, child: Child, code: str, entry: GroupEntry, paper: Document | None
) -> GroupSpell:
    membership = GroupSpell(
        child=child,
        group=code,
        starts_on=entry.starts_on,
        ends_on=entry.ends_on,
        evidence=paper,
        recorded_by_id=post.id,
    )
    membership.basis, membership.note = entry.basis, entry.note
    return membership


def _record(
    origin: Origin, verb: str, child: Child, *, groups: Collection[str] = (), reason: str = ""
) -> None:
    audit.record(
        origin,
        verb,
        "child",
        child.pk,
        children=[child.pk],
        reason=reason,
        details={"groups": sorted(groups)} if groups else {},
    )
