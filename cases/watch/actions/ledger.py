"""Puts children on the 重点关注 ledger, records support, and takes them off (R56, L2).

Only people do this, never the machine: a score only says that somebody should look.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases.watch.codes import ENDINGS, RISK_LABELS, SUPPORT
from cases.watch.models import Entry, Step
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Post
from foundation.accounts.querysets import posts_on
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import full_day_words
from foundation.protected import sealed
from foundation.rows import unless_taken
from students.roster.models import Child, Enrolment

MOVED_ON = "这条记录已由他人更新，没有保存。请刷新本页，核对后再办理。"


@dataclass(frozen=True, slots=True)
class SupportPlan:
    """What L2 asks about a child: risk types, signs, helper and measures."""

    risks: tuple[str, ...]
    signs: str
    helper_id: int
    measures: str


@transaction.atomic
def put_on(doer: Doer, child: Child, plan: SupportPlan, day: date) -> Entry:
    """Put a child on the ledger from ``day`` on. Raises Refused, in Chinese."""
    post, enrolment = _post_for(doer.viewer, child, Right.MANAGE_WATCH, doer.now.date())
    _check(plan, enrolment, doer.now.date())
    if day > doer.now.date():
        raise Refused("列入日期不能晚于今天，请改正。")
    with unless_taken() as taken:
        entry = Entry.objects.create(
            child=child,
            school_id=enrolment.school_id,
            school_class_id=enrolment.school_class_id,
            starts_on=day,
            **sealed(**_words(plan)),
            **_codes(plan),
        )
    if taken:
        raise Refused("该生已在重点关注台账上，不能重复列入。")
    _note(doer.origin, post, entry, "put_on", day, plan.signs, doer.now, _codes(plan))
    return entry


@transaction.atomic
def revise(doer: Doer, entry: Entry, plan: SupportPlan, reason: str) -> Entry:
    """Change risk types, helper or measures. The former ones stay in the history."""
    post, enrolment = _post_for(doer.viewer, entry.child, Right.MANAGE_WATCH, doer.now.date())
    _check(plan, enrolment, doer.now.date())
    row = _locked(entry)
    for name, value in (_codes(plan) | _words(plan)).items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    _note(doer.origin, post, row, "revise", doer.now.date(), reason, doer.now, _codes(plan))
    return row


@transaction.atomic
def note_support(doer: Doer, entry: Entry, day: date, text: str) -> Step:
    """Record what was done for the child on a day."""
    post, _ = _post_for(doer.viewer, entry.child, Right.RECORD_SUPPORT, doer.now.date())
    row = _locked(entry, any_version=True)
    if not row.starts_on <= day <= doer.now.date():
        raise Refused("帮扶日期应在列入日期之后，且不晚于今天，请改正。")
    return _note(doer.origin, post, row, SUPPORT, day, text, doer.now, {})


@transaction.atomic
def take_off(
    doer: Doer,
    entry: Entry,
    day: date,
    ending: str,
    text: str,
) -> Entry:
    """Take a child off the ledger with a day and a reason. The row stays."""
    post, _ = _post_for(doer.viewer, entry.child, Right.MANAGE_WATCH, doer.now.date())
    row = _locked(entry)
    if not row.starts_on <= day <= doer.now.date():
        raise Refused(
            f"移出日期应不早于列入日期（{full_day_words(row.starts_on)}），且不晚于今天，请改正。"
        )
    if ending not in ENDINGS:
        raise Refused("请选择移出原因。")
    row.ends_on, row.ending, row.version = day, ending, row.version + 1
    row.save()
    _note(doer.origin, post, row, "take_off", day, text, doer.now, {"ending": ending})
    return row


def helpers_at(school_id: int | None, day: date) -> list[Post]:
    """The posts at a school on ``day``. Any of their holders may be named as a child's helper."""
    if school_id is None:
        return []
    rows = posts_on(day).filter(unit_id=school_id).select_related("person")
    return list(rows.order_by("person__name", "pk"))


def _post_for(viewer: Viewer, child: Child, right: Right, day: date) -> tuple[HeldPost, Enrolment]:
    """The post with the right over the child's class, and the child's current or last enrolment."""
    enrolled: Any = Enrolment.objects.filter(child=child)
    now = enrolled.on(day).visible_to(viewer, day, right).first()
    enrolment = now or enrolled.ended_by(day).visible_when_ended(viewer, day, right).first()
    if enrolment is None:
        raise PermissionDenied
    school = enrolment.school_id
    return post_with(viewer, right, fits=lambda post: post.unit_id == school), enrolment


def _check(plan: SupportPlan, enrolment: Enrolment, day: date) -> None:
    if not plan.risks or not set(plan.risks) <= set(RISK_LABELS):
        raise Refused("请至少选择一种风险类型。")
    if plan.helper_id not in {post.pk for post in helpers_at(enrolment.school_id, day)}:
        raise Refused("帮扶责任人须是本校在任人员，请重新选择。")


def _codes(plan: SupportPlan) -> dict[str, Any]:
    return {"risks": list(plan.risks), "helper_id": plan.helper_id}


def _words(plan: SupportPlan) -> dict[str, str]:
    """What is sealed. A step does not repeat it: the entry's history keeps each former value."""
    return {"signs": plan.signs, "measures": plan.measures}


def _locked(entry: Entry, *, any_version: bool = False) -> Entry:
    """Lock the entry until the transaction ends.

    Raises Refused if the child was taken off, or if the entry changed since it was read.
    """
    row: Entry = Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if not row.is_open:
        raise Refused("该生已移出重点关注台账，不能再登记。")
    if not any_version and row.version != entry.version:
        raise Refused(MOVED_ON)
    return row


def _note(
    origin: Origin,
    post: HeldPost,
    entry: Entry,
    kind: str,
    day: date,
    text: str,
    now: datetime,
    data: dict[str, Any],
) -> Step:
    assert origin.person_id is not None  # a post is held by a person
    step: Step = Step.objects.create(
        entry=entry,
        kind=kind,
        day=day,
        data=data,
        post_id=post.id,
        person_id=origin.person_id,
        recorded_at=now,
        **sealed(text=text),
    )
    audit.record(origin, f"watch_{kind}", "watchentry", entry.pk, children=[entry.child_id])
    return step
