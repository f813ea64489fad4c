"""Checks of a roll call, and of taking one back, before any row is written."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from foundation.days import day_words
from foundation.pages.substance import SHORT, is_hollow
from students.attendance.models import RollCall, Submission
from students.attendance.rolls.entries import Mark, RollCallEntry, RollRefused
from students.attendance.rolls.morning import ClassMorning
from students.attendance.rolls.states import sessions_of
from students.attendance.rules.kinds import BY_CODE, EVENING, SESSIONS

LONGEST_REASON = 200
LONGEST_NOTE = 100
# A page offers 撤销 for 10 seconds (ux 5.2); a weak signal may deliver it later.
TAKE_BACK_WITHIN = timedelta(seconds=60)
NOTHING_SENT = "本班这次点名没有提交，不需要撤销。"


def check_session(call: RollCallEntry, called: Collection[str]) -> None:
    """Raises RollRefused unless the school uses the session."""
    if call.session == EVENING:
        return
    sessions = sessions_of(call.school_class.school.marks_half_days, called)
    if call.session not in sessions:
        words = "、".join(SESSIONS[session] for session in sessions)
        raise RollRefused(f"本校这一天按“{words}”点名，请刷新页面后重新点名。")


def check_marks(marks: tuple[Mark, ...], members: Collection[int], day: date) -> None:
    """Raises RollRefused unless each mark names a member once and its kind is complete."""
    children = [mark.child_id for mark in marks]
    if not members:
        raise RollRefused("这个班当天没有在籍学生，无法点名。请学籍管理员先导入名册。")
    if not set(children) <= set(members):
        raise RollRefused("名单中有学生当天不在本班，请刷新页面后重新点名。")
    if len(set(children)) < len(children):
        raise RollRefused("同一名学生标记了两次，请核对后重新提交。")
    for mark in marks:
        _check_mark(mark, day)


def _check_mark(mark: Mark, day: date) -> None:
    kind = BY_CODE.get(mark.kind)
    if kind is None:
        raise RollRefused("缺勤类型不正确，请重新选择。", mark.child_id)
    if kind.needs_end and mark.leave_until is None:
        raise RollRefused(f"{kind.label}要填写请假截止日期。", mark.child_id)
    if kind.needs_end and mark.leave_until is not None and mark.leave_until < day:
        raise RollRefused(
            f"{kind.label}到{day_words(mark.leave_until)}已经期满：续假请填新的截止日期，"
            "没有续假请改为“无故未到”。",
            mark.child_id,
        )
    if kind.needs_note and not mark.note.strip():
        raise RollRefused(f"选“{kind.label}”的，请在说明中写清情况。", mark.child_id)
    if kind.needs_note and is_hollow(mark.note, SHORT):
        raise RollRefused("说明没有写清情况，例如：家中办丧事，父亲来电。", mark.child_id)
    if len(mark.note) > LONGEST_NOTE:
        raise RollRefused(f"说明不能超过{LONGEST_NOTE}个字。", mark.child_id)


def needs_reason(day: date, today: date, latest: Submission | None, person_id: int | None) -> bool:
    """Whether a reason is due: for a past day, and for another person's submission."""
    return day < today or (latest is not None and latest.person_id != person_id)


def check_change(
    call: RollCallEntry,
    today: date,
    standing: RollCall | None,
    may_correct: bool,
    reason_needed: bool,
) -> None:
    """Checks who may change a stored roll, and that a reason is given."""
    if standing and call.day < today and not may_correct:
        raise RollRefused(
            f"{day_words(call.day)}的点名已过当天，更正请联系本校学籍管理员或校长办理。"
        )
    what = "更正" if standing else "补点"
    if reason_needed and not call.reason.strip():
        raise RollRefused(f"请填写{what}理由。")
    if reason_needed and is_hollow(call.reason, SHORT):
        raise RollRefused(f"请写明{what}理由，例如：误点，学生当天到校。")
    if len(call.reason) > LONGEST_REASON:
        raise RollRefused(f"理由不能超过{LONGEST_REASON}个字。")


def check_taking_back(
    morning: ClassMorning, seen_version: int, person_id: int | None, now: datetime
) -> None:
    """Only the newest submission, the one that called the roll; by its sender, and at once."""
    roll_call, submission = morning.roll_call, morning.submission
    if roll_call is None or submission is None:
        raise RollRefused(NOTHING_SENT)
    if roll_call.version != seen_version:
        raise RollRefused("这次点名之后又有新的提交，不能撤销。请核对下面的内容，有错请按“修改”。")
    reason = why_it_stays(roll_call, submission, person_id, now)
    if reason:
        raise RollRefused(reason)


def why_it_stays(
    roll_call: RollCall, submission: Submission, person_id: int | None, now: datetime
) -> str:
    """Why the submission of a standing roll may not be taken back, or nothing."""
    if roll_call.is_changed:
        return "这次提交是对点名的修改，不能撤销。请按“修改”改正。"
    if submission.person_id != person_id:
        return "这次点名由别人提交，不能撤销。有错请按“修改”并写明理由。"
    if now > submission.recorded_at + TAKE_BACK_WITHIN:
        return (
            f"提交已超过{TAKE_BACK_WITHIN.seconds}秒，不能撤销。"
            "有错请按“修改”改正；当天已过的，请联系本校学籍管理员。"
        )
    return ""
