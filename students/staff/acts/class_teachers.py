"""Assigns class teachers from a day on, and substitutes for some days."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post, Unit
from foundation.days import ONE_DAY
from students.roster.classes.teaching import end_teaching
from students.roster.models import ClassPost, School, SchoolClass
from students.roster.rules.grades import school_year_of
from students.staff.class_teachers import class_lines, version_of

TEACHER = "class_teacher"
KIND = "class_post"
AHEAD = timedelta(days=366)
LONGEST = timedelta(
    days=183
)  # somebody who teaches longer than a term is no substitute but the class teacher
SOMEBODY_CHANGED = (
    "在您打开本页之后，有人调整过班主任安排。下面已换成最新情况，您的选择没有提交，请核对后再提交。"
)
_SETTLED = (
    "{name}在{since:%Y-%m-%d}已有班主任，过去的任职不能改。"
    "请把日期改为今天（{today:%Y-%m-%d}）或以后：原班主任带到前一日为止。"
)


class Changed(Refused):
    """Somebody else has arranged the classes since the page was loaded."""


@transaction.atomic
def set_class_teachers(
    doer: Doer, school: School, chosen: Mapping[int, int | None], since: date, version: str
) -> int:
    """Write all changes of a school's class teachers from a day on; returns how many.

    ``chosen`` is class id → person id, or None for a class that has no teacher from then on. A
    teacher who is replaced has the day before ``since`` as last day. A past day is refused for a
    class that somebody has held since: who taught it is settled. Raises Changed or Refused.
    """
    unit = _locked(school)
    accounts.granting_post(doer.viewer, TEACHER, unit)
    _check_since(since, doer.today)
    if version != version_of(school.pk, since):
        raise Changed(SOMEBODY_CHANGED)
    changed = 0
    for line in class_lines(school.pk, since):
        before = line.held.post.person_id if line.held else None
        wanted = chosen.get(line.school_class.pk, before)
        if wanted == before:
            continue
        if line.held and since < doer.today:
            raise Refused(_SETTLED.format(name=line.name, since=since, today=doer.today))
        if line.later:
            raise Refused(f"{line.name}已登记{since:%Y-%m-%d}以后的班主任，请把日期改到那以后。")
        _hand_over(doer, unit, line.school_class, line.name, line.held, wanted, since)
        changed += 1
    return changed


@transaction.atomic
def set_substitute(
    doer: Doer, school_class: SchoolClass, person_id: int, starts_on: date, ends_on: date
) -> ClassPost:
    """Assign the class to a person for some days; the person sees it on these days only."""
    unit = _locked(school_class.school)
    person = _person(person_id)
    if not doer.today <= starts_on <= ends_on:
        raise Refused("代课从今天或以后开始，最后一日不能早于第一日。")
    if ends_on - starts_on > LONGEST:
        raise Refused("代课不能超过半年。时间更长的，请在「班主任安排」中更换班主任。")
    post = _teaching_post(doer, unit, person, starts_on, ends_on)
    return _assign(doer, post, school_class, starts_on, ends_on, is_substitute=True)


@transaction.atomic
def take_back_substitute(doer: Doer, row: ClassPost) -> ClassPost:
    """End a substitute entered by mistake: from today on the person has not the class any more.

    One that has not begun, or begins today, holds on no day. The days that are past stay. Raises
    Refused where the last day is past.
    """
    unit = _locked(row.school_class.school)
    accounts.granting_post(doer.viewer, TEACHER, unit)
    accounts.check_not_oneself(row.post.person, doer.viewer)
    row = ClassPost.objects.select_related("post__person").get(pk=row.pk)
    if not row.is_substitute or row.ends_on is None or row.ends_on < doer.today:
        raise Refused("这次代课已经结束，过去的记录不能改。")
    _end(doer, row, max(doer.today, row.starts_on) - ONE_DAY, "substitute_taken_back")
    row.refresh_from_db()
    return row


@transaction.atomic
def end_class_posts(doer: Doer, posts: list[Post]) -> None:
    """End the classes of ended posts on the posts' last day."""
    for post in posts:
        assert post.ends_on is not None
        held = ClassPost.objects.filter(post=post)
        open_ones = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=post.ends_on))
        for row in open_ones.select_related("school_class"):
            if row.starts_on > post.ends_on:
                raise Refused(
                    f"已安排从{row.starts_on:%Y-%m-%d}起带班，请先在「班主任安排」中换人，再办理离任。"
                )
            _end(doer, row, post.ends_on)


@transaction.atomic
def end_class_posts_at_once(doer: Doer, post: Post) -> None:
    """End the classes of a post that is revoked: from today on nobody has them by it."""
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=doer.today)
    for row in ClassPost.objects.filter(living, post=post).select_related("school_class"):
        _end(doer, row, max(doer.today, row.starts_on) - ONE_DAY)


def _end(doer: Doer, row: ClassPost, last: date, verb: str = "class_post_ended") -> None:
    end_teaching(doer, ClassPost.objects.filter(pk=row.pk), last)
    audit.record(doer.origin, verb, KIND, row.pk, reason=doer.reason)


def _locked(school: School) -> Unit:
    """Lock the school's unit, so that two people arrange its classes one after the other."""
    School.objects.select_for_update().get(pk=school.pk)
    return Unit.objects.get(pk=school.pk)


def _person(pk: int) -> Person:
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        raise Refused("没有找到所选的人员，请重新选择。")
    return person


def _check_since(since: date, today: date) -> None:
    earliest = date(school_year_of(today), 9, 1)
    if not earliest <= since <= today + AHEAD:
        raise Refused(f"日期应在本学年开始（{earliest:%Y-%m-%d}）之后、一年之内。")


def _hand_over(
    doer: Doer,
    unit: Unit,
    school_class: SchoolClass,
    name: str,
    held: ClassPost | None,
    wanted: int | None,
    since: date,
) -> None:
    if held is not None:
        accounts.check_not_oneself(held.post.person, doer.viewer)
        if held.starts_on >= since:
            raise Refused(
                f"{name}的班主任{held.post.person.name}从{held.starts_on:%Y-%m-%d}起任职，"
                "更换的日期应晚于这一天。"
            )
        _end(doer, held, since - ONE_DAY)
    if wanted is not None:
        person = _person(wanted)
        post = _teaching_post(doer, unit, person, since, None)
        _assign(doer, post, school_class, since, post.ends_on)


def _teaching_post(doer: Doer, unit: Unit, person: Person, since: date, until: date | None) -> Post:
    """Return the person's post as class teacher for these days; grants one when there is none."""
    accounts.check_not_oneself(person, doer.viewer)
    accounts.granting_post(doer.viewer, TEACHER, unit)
    in_post = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=since),
        person=person,
        unit=unit,
        starts_on__lte=since,
        person__is_active=True,
    )
    if not in_post.exists():
        raise Refused(f"{person.name}在{since:%Y-%m-%d}不在本校任职，请先登记任职。")
    post = in_post.filter(role=TEACHER).first()
    if post is not None and (until is None or post.ends_on is None or post.ends_on >= until):
        return post
    if post is not None:
        raise Refused(f"{person.name}的班主任任职到{post.ends_on:%Y-%m-%d}为止，请缩短日期。")
    return accounts.appoint(
        doer,
        person,
        TEACHER,
        unit,
        since,
        until,
        reason=doer.reason,
    )


def _assign(
    doer: Doer,
    post: Post,
    school_class: SchoolClass,
    since: date,
    until: date | None,
    *,
    is_substitute: bool = False,
) -> ClassPost:
    same = ClassPost.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=since), post=post, school_class=school_class
    )
    if (same.filter(starts_on__lte=until) if until else same).exists():
        raise Refused(
            f"{post.person.name}在这段时间已带{school_class.name_on(since)}，请核对日期。"
        )
    granter = accounts.granting_post(doer.viewer, TEACHER, post.unit)
    row = ClassPost.objects.create(
        post=post,
        school_class=school_class,
        starts_on=since,
        ends_on=until,
        is_substitute=is_substitute,
        assigned_by_id=granter.id,
        assigned_at=doer.now,
        reason=doer.reason,
    )
    verb = "substitute_set" if is_substitute else "class_teacher_set"
    audit.record(doer.origin, verb, KIND, row.pk, reason=doer.reason)
    return row


def give_class(doer: Doer, post: Post, school_class: SchoolClass, since: date) -> ClassPost:
    """Assign a class without a teacher to the holder of a post."""
    return _assign(doer, post, school_class, since, post.ends_on)
