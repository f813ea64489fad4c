"""Takes classes back that nobody uses, and merges or closes a class that was made by mistake."""

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.days import ONE_DAY
from students.roster.classes.teaching import end_teaching
from students.roster.classes.use import used
from students.roster.models import ClassPost, Enrolment, School, SchoolClass


def take_back_unused(classes: Collection[SchoolClass]) -> list[int]:
    """Close those of the classes that nothing names, as if they had never been opened.

    Returns their ids. Nothing is deleted: the next sheet that names such a class opens it again.
    """
    in_use = used([one.pk for one in classes])
    unused = [one for one in classes if one.pk not in in_use]
    for one in unused:
        one.closed_on = one.before_it_began
    SchoolClass.objects.bulk_update(unused, ["closed_on"], batch_size=500)
    return [one.pk for one in unused]


@transaction.atomic
def merge_class(doer: Doer, class_id: int, into_id: int | None) -> SchoolClass:
    """Move a class's pupils into another class of the school and close it; raises Refused.

    Without ``into_id`` the class must have no pupils. A class in which nobody has called a roll or
    opened a case was made by mistake: its pupils were in the other class from the beginning. Any
    other class is closed from tomorrow on, and its days so far stay as they were.
    """
    wrong = _locked(doer, class_id)
    into = _other_of(wrong, into_id, doer.today) if into_id else None
    worked_in = bool(used([wrong.pk], besides=(Enrolment, ClassPost)))
    since = doer.today + ONE_DAY if worked_in else wrong.before_it_began
    rows = Enrolment.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since))
    _end_teachers(doer, wrong)
    children = move_enrolments(rows.filter(school_class=wrong), into, since)
    wrong.closed_on = since
    wrong.save(update_fields=["closed_on"])
    audit.record(
        doer.origin,
        "merge_class",
        "school_class",
        wrong.pk,
        reason=doer.reason,
        children=children,
        details={"into": into_id, "since": since.isoformat()},
    )
    return wrong


def _locked(doer: Doer, class_id: int) -> SchoolClass:
    """Return the class, its school locked, if the doer keeps this school's roster."""
    held = doer.viewer.posts_with(Right.IMPORT_ROSTER)
    wrong = SchoolClass.objects.get(pk=class_id)
    if wrong.school_id not in {post.unit_id for post in held}:
        raise PermissionDenied
    School.objects.select_for_update().get(pk=wrong.school_id)
    wrong.refresh_from_db()
    if wrong.closed_on is not None:
        raise Refused("这个班已经撤并，请刷新页面后再看。")
    return wrong


def _other_of(wrong: SchoolClass, into_id: int, today: date) -> SchoolClass:
    others = SchoolClass.objects.filter(school_id=wrong.school_id).exclude(pk=wrong.pk)
    into: SchoolClass | None = others.taught_on(today).filter(pk=into_id).first()
    if into is None:
        raise Refused("请选择本校现有的另一个班。")
    return into


def move_enrolments(rows: QuerySet[Enrolment], into: SchoolClass | None, since: date) -> list[int]:
    """Put these enrolments into the other class from the day on; returns the children.

    The class may be another school's: its pupils are that school's then.
    """
    found = list(rows.select_for_update())
    if found and into is None:
        raise Refused(f"这个班还有{len(found)}名学生，请选择并入哪个班。")
    for row in found:
        if row.starts_on < since:
            ends_on, row.ends_on = row.ends_on, since - ONE_DAY
            row.save(update_fields=["ends_on"])
            row.pk, row.starts_on, row.ends_on = None, since, ends_on
        assert into is not None
        row.school_class, row.school_id = into, into.school_id
        row.save()
    return [row.child_id for row in found]


def _end_teachers(doer: Doer, wrong: SchoolClass) -> None:
    """End the class's teachers and substitutes today; refuse those who are to begin later."""
    today = doer.today
    held = ClassPost.objects.filter(school_class=wrong)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))
    if later := held.filter(starts_on__gt=today).first():
        raise Refused(
            f"这个班已安排{later.starts_on:%Y-%m-%d}起的班主任或代课，到那一天以后再撤并。"
        )
    end_teaching(doer, held, today)
