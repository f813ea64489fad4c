"""Gives the classes that went to a successor back to the school that had them."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime

from django.db.models import Model, Q, QuerySet

from foundation.accounts.models import Post
from students.roster.classes.actions import move_enrolments
from students.roster.classes.moving import hand_teacher
from students.roster.classes.use import used
from students.roster.models import Change, ClassPost, Enrolment, School, SchoolClass

RETURNED = "恢复单位，班级转回原学校"


def class_obstacles(
    new: School,
    classes: Mapping[int, int],
    children: Collection[int],
    since: datetime,
    besides: tuple[type[Model], ...],
) -> Iterator[str]:
    """What was done in the classes since they came, in Chinese. ``classes``: former → present.

    ``besides`` are tables whose rows moved with the classes.
    """
    present = list(classes.values())
    if worked := used(present, besides=(Enrolment, ClassPost, *besides)):
        names = SchoolClass.objects.filter(pk__in=worked)
        words = "、".join(f"{one}" for one in names[:3])
        yield f"{words}等{len(worked)}个班在接收学校已经点名或有别的登记"
    seated = _seated(present).values_list("child_id", flat=True)
    if changed := set(children) ^ set(seated):
        yield f"{len(changed)}名学生进出了转去的班"
    both = Q(from_school=new) | Q(to_school=new)
    if count := Change.objects.filter(both, child__in=children, recorded_at__gte=since).count():
        yield f"转去的学生有{count}件异动"
    rows = ClassPost.objects.filter(school_class__in=present)
    arranged = Q(assigned_at__gt=since) | Q(ended_at__gt=since)
    if rows.filter(arranged).exists():
        yield "转去的班另外安排了班主任或代课"


def _seated(classes: Collection[int]) -> QuerySet[Enrolment]:
    rows: QuerySet[Enrolment] = Enrolment.objects.filter(school_class__in=classes)
    return rows


def move_classes_back(
    classes: Mapping[int, int], day: date, posts: Mapping[int, Post], by_id: int, now: datetime
) -> list[int]:
    """Open the former classes again, with pupils and teachers from the day on; returns the pupils.

    ``posts`` are the teachers' restored posts by the posts they hold at the successor.
    """
    children: list[int] = []
    for former_id, present_id in classes.items():
        former, present = (SchoolClass.objects.get(pk=pk) for pk in (former_id, present_id))
        former.closed_on = None
        former.save(update_fields=["closed_on"])
        living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        children += move_enrolments(_seated([present_id]).filter(living), former, day)
        _move_teachers(present, former, day, posts, by_id, now)
        present.closed_on = day
        present.save(update_fields=["closed_on"])
    return children


def _move_teachers(
    present: SchoolClass,
    former: SchoolClass,
    day: date,
    posts: Mapping[int, Post],
    by_id: int,
    now: datetime,
) -> None:
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    for row in ClassPost.objects.filter(living, school_class=present).order_by("pk"):
        since = max(day, row.starts_on)
        post = posts.get(row.post_id)
        hand_teacher(row, former, since, post, RETURNED, RETURNED, by_id, now)
