"""Gives the classes of a school that closes to its successor, with their pupils and teachers."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Max, Q, QuerySet

from foundation.accounts.actions import Refused
from foundation.accounts.models import Post
from foundation.days import ONE_DAY
from students.roster.classes.actions import move_enrolments
from students.roster.models import ClassPost, Enrolment, School, SchoolClass
from students.roster.pupils.acts.pupils import open_class
from students.roster.rules.grades import is_at_school, school_year_of

MOVED = "学校撤并，班级转到接收学校"
BEGINS_LATER = (
    "{name}的班主任或代课从{since:%Y-%m-%d}才开始，撤并最早从第二天生效。"
    "请把生效日期改到{since:%Y-%m-%d}以后，或者请学校取消。"
)


def enrolled_from(school_id: int, day: date) -> QuerySet[Enrolment]:
    """The enrolments at the school on the day or later."""
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(living, school_id=school_id)
    return rows


def classes_from(school_id: int, day: date) -> list[SchoolClass]:
    """The classes that have pupils on the day or later, or are taught then."""
    year = school_year_of(day)
    held = set(enrolled_from(school_id, day).values_list("school_class_id", flat=True))
    rows = SchoolClass.objects.filter(school_id=school_id).taught_on(day).order_by("pk")
    return [c for c in rows if c.pk in held or is_at_school(c.stage, c.entry_year, year)]


def move_classes(
    old: School, new: School, day: date, posts: Mapping[int, Post], by_id: int, now: datetime
) -> tuple[dict[int, SchoolClass], list[int]]:
    """Move every class from the day on; returns old class → new class, and the children.

    ``posts`` are the teachers' posts at the new school by their former post. What was called and
    entered in the old class stays there.
    """
    made: dict[int, SchoolClass] = {}
    children: list[int] = []
    for one in classes_from(old.pk, day):
        into = open_class(new, one.stage, one.entry_year, _free_number(one, new))
        rows = enrolled_from(old.pk, day).filter(school_class=one)
        children += move_enrolments(rows, into, day)
        _move_teachers(one, into, day, posts, by_id, now)
        one.closed_on = day
        one.save(update_fields=["closed_on"])
        made[one.pk] = into
    return made, children


def renamed_by_moving(old: School, new: School, day: date) -> list[tuple[str, str]]:
    """The classes whose number is taken at the new school: name before, name after."""
    found, taken = [], dict[tuple[str, int], int]()
    for one in classes_from(old.pk, day):
        key = (one.stage, one.entry_year)
        number = max(_free_number(one, new), taken.get(key, 0))
        if number != one.number:
            then = SchoolClass(stage=one.stage, entry_year=one.entry_year, number=number)
            found.append((one.name_on(day), then.name_on(day)))
            taken[key] = number + 1
    return found


def _free_number(one: SchoolClass, new: School) -> int:
    """The class's own number where it is free at the new school, else the next one."""
    rows = SchoolClass.objects.filter(school=new, stage=one.stage, entry_year=one.entry_year)
    if not rows.filter(number=one.number).exists():
        return one.number
    return int(rows.aggregate(last=Max("number"))["last"]) + 1


def _move_teachers(
    one: SchoolClass,
    into: SchoolClass,
    day: date,
    posts: Mapping[int, Post],
    by_id: int,
    now: datetime,
) -> None:
    """End who taught the class on the eve of the day, and begin at the new one."""
    held = ClassPost.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
    for row in held.filter(school_class=one).order_by("pk"):
        if row.starts_on >= day:
            raise Refused(BEGINS_LATER.format(name=one.name_on(day), since=row.starts_on))
        begun = f"原{one.school}{one.name_on(day)}"
        hand_teacher(row, into, day, posts.get(row.post_id), MOVED, begun, by_id, now)


def hand_teacher(
    row: ClassPost,
    into: SchoolClass,
    since: date,
    post: Post | None,
    ended: str,
    begun: str,
    by_id: int,
    now: datetime,
) -> None:
    """End a teacher's time in a class on the eve of ``since``; ``post`` goes on in ``into``.

    Without a post nobody goes on. ``ended`` and ``begun`` are the reasons of the two rows.
    """
    until, row.ends_on = row.ends_on, since - ONE_DAY
    row.ended_by_id, row.ended_at, row.end_reason = by_id, now, ended
    row.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
    if post is None:
        return
    ClassPost.objects.create(
        post=post,
        school_class=into,
        starts_on=since,
        ends_on=until,
        is_substitute=row.is_substitute,
        assigned_by_id=by_id,
        assigned_at=now,
        reason=begun,
    )
