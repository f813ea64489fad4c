"""Leave slips: a guardian's paper, entered by the person who calls the roll, revocable with a
reason.

Either act recounts the child's spells from the slip's first day, as if it had been so from the
start (design 4, Counting).
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.days import day_words
from foundation.files.actions import keep
from foundation.files.models import StoredFile
from foundation.pages.substance import SHORT, is_hollow
from foundation.protected import sealed
from foundation.rows import unless_taken
from students.attendance.actions.recounting import recount
from students.attendance.models import LeaveSlip
from students.attendance.rolls.days import earliest_day
from students.attendance.rolls.entries import LONGEST_SLIP_REASON, SlipEntry
from students.attendance.rules.kinds import SLIP_KINDS
from students.calendars.loading import calendar_for
from students.roster.models import Enrolment

LONGEST_SLIP = timedelta(days=31)  # who is away longer renews it, or is suspended (休学)
ONCE = "one_standing_slip_once"


@transaction.atomic
def record_slip(doer: Doer, entry: SlipEntry) -> LeaveSlip:
    """Enter a leave slip under the post that reaches the child's class; raises Refused."""
    post, school_id = _reach(doer.viewer, entry.child_id, doer.today)
    _check(entry, earliest_day(calendar_for(post.county_id, school_id), doer.today))
    slip = _create(entry, post, doer.now)
    recount([entry.child_id], entry.first_day, doer.today)
    _audit(doer.origin, post, "record_slip", slip)  # the reason tells of an illness: in the slip
    return slip


@transaction.atomic
def take_back_slip(doer: Doer, slip: LeaveSlip, reason: str) -> LeaveSlip:
    """Revoke a slip with a reason: it stays readable but does not count; raises Refused."""
    post, _ = _reach(doer.viewer, slip.child_id, doer.today)
    found = LeaveSlip.objects.select_for_update(no_key=True).get(pk=slip.pk)
    if found.taken_back_at:
        raise Refused("这张假条已经撤销。")
    if not reason.strip() or len(reason) > LONGEST_SLIP_REASON:
        raise Refused(f"请填写撤销理由，不超过{LONGEST_SLIP_REASON}个字。")
    if is_hollow(reason, SHORT):
        raise Refused("请写明撤销理由，例如：日期登记错误，已重新登记。")
    found.taken_back_at, found.taken_back_by_id = doer.now, post.id
    found.taken_back_reason = reason.strip()
    found.save()
    recount([found.child_id], found.first_day, doer.today)
    _audit(doer.origin, post, "take_back_slip", found, found.taken_back_reason)
    return found


def _reach(viewer: Viewer, child_id: int, today: date) -> tuple[HeldPost, int]:
    """The post that calls the roll of the child's class today, and the child's school."""
    for post in viewer.posts_with(Right.CALL_ROLL):
        alone = replace(viewer, posts=(post,))
        spells = Enrolment.objects.on(today).visible_to(alone, today, Right.CALL_ROLL)
        school = spells.filter(child_id=child_id).values_list("school_id", flat=True).first()
        if school is not None:
            return post, school
    raise PermissionDenied


def _check(entry: SlipEntry, earliest: date) -> None:
    if entry.kind not in SLIP_KINDS:
        raise Refused("请选择请假类型。")
    if entry.last_day < entry.first_day:
        raise Refused("请假截止日期早于开始日期，请改正。")
    if entry.first_day < earliest:
        raise Refused(f"请假开始日期早于本学期开学（{day_words(earliest)}），请改正。")
    if entry.last_day - entry.first_day >= LONGEST_SLIP:
        raise Refused(
            f"一张假条最多{LONGEST_SLIP.days}天：到期还要请假的，请家长续假后再登记；"
            "长期不能到校的，请学校办理休学。"
        )
    if not entry.reason.strip() or len(entry.reason) > LONGEST_SLIP_REASON:
        raise Refused(f"请填写请假事由，不超过{LONGEST_SLIP_REASON}个字。")


def _create(entry: SlipEntry, post: HeldPost, now: datetime) -> LeaveSlip:
    photo: StoredFile | None = keep(post, *entry.photo) if entry.photo else None
    with unless_taken(ONCE):
        return LeaveSlip.objects.create(
            child_id=entry.child_id,
            kind=entry.kind,
            first_day=entry.first_day,
            last_day=entry.last_day,
            photo=photo,
            taken_by_id=post.id,
            recorded_at=now,
            **sealed(reason=entry.reason.strip()),
        )
    raise Refused("这张假条已经登记，不用重复登记。")


def _audit(origin: Origin, post: HeldPost, verb: str, slip: LeaveSlip, reason: str = "") -> None:
    audit.record(
        replace(origin, post_id=post.id),
        verb,
        "leave_slip",
        slip.pk,
        children=[slip.child_id],
        reason=reason.strip(),
        details={
            "kind": slip.kind,
            "first": slip.first_day.isoformat(),
            "last": slip.last_day.isoformat(),
            "photo": slip.photo.sha256 if slip.photo else "",
        },
    )
