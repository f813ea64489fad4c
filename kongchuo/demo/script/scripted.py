"""Plays the script's acts and corrections of a day, under the visitor's own accounts."""

from datetime import date
from uuid import UUID, uuid5

from cases.models import Case, Deadline
from cases.papers.kinds.reports import DUTY
from cases.policy import Act
from cases.rolls.actions import submit_roll
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import viewer_on
from kongchuo.demo.county.classes import DemoClass
from kongchuo.demo.county.dates import at
from kongchuo.demo.script.deeds import do
from kongchuo.demo.script.staff import Staff, role_for
from kongchuo.demo.script.stories import CORRECTIONS, Correction
from students.attendance.models import RollCall
from students.attendance.rolls.entries import Mark, RollCallEntry
from students.attendance.rolls.sheet import mark_of

_CORRECTIONS = UUID("6f3b3c52-5ad8-4f3c-9b0e-530922000001")


def act_out(rows: list[DemoClass], staff: Staff, day: date) -> int:
    """Perform the script's acts of ``day``; returns how many."""
    told = [
        (child, deed)
        for row in rows
        for child, story in row.story_of.items()
        for deed in story.deeds
        if deed.day == day
    ]
    for turn, (child, deed) in enumerate(told):
        case = Case.objects.open().get(child_id=child)
        post = staff.who(deed.role or role_for(deed.act), case, scripted=True)
        if post is not None:
            do(case, deed.act, post, day, turn, deed.data)
    return len(told) + _report(rows, staff, day)


def _report(rows: list[DemoClass], staff: Staff, day: date) -> int:
    """The school's written reports that are due on the day, where it was at work before."""
    at_work = [
        child
        for row in rows
        for child, story in row.story_of.items()
        if any(deed.day < day for deed in story.deeds)
    ]
    owed = Deadline.objects.owed().filter(code=DUTY, due_on=day, case__child__in=at_work)
    for turn, row in enumerate(owed.select_related("case").order_by("pk")):
        post = staff.who("registrar", row.case, scripted=True)
        if post is not None:
            do(row.case, Act.SEND_PAPER, post, day, turn, {})
    return len(owed)


def correct(rows: list[DemoClass], staff: Staff, day: date) -> None:
    """Correct the roll calls that the script marks as wrong."""
    for one in CORRECTIONS:
        for row in rows:
            if one.day == day and one.school_class == row.key:
                _correct(one, row, staff)


def _correct(one: Correction, row: DemoClass, staff: Staff) -> None:
    wrong = RollCall.objects.get(school_class=row.school_class, day=one.wrong_on, session="d")
    post = staff.at["registrar", row.school_class.school_id][0]
    entry = RollCallEntry(
        row.school_class,
        one.wrong_on,
        "d",
        _marks_without(wrong, one, row),
        uuid5(_CORRECTIONS, f"{one.school_class} {one.wrong_on} {one.seat}"),
        seen_version=wrong.version,
        reason=one.reason,
    )
    origin, now = Origin(post.person_id, post.pk), at(one.day, 9, 20)
    submit_roll(Doer(viewer_on(post.person, one.day), origin, one.day, now), entry)


def _marks_without(wrong: RollCall, one: Correction, row: DemoClass) -> tuple[Mark, ...]:
    absences = wrong.absences.standing().order_by("child_id")
    return tuple(
        mark_of(absence)
        for absence in absences
        if absence.child_id not in row.story_of or row.story_of[absence.child_id].seat != one.seat
    )
