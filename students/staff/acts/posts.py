"""Takes on people from a sheet or a form, and ends their posts together with their classes."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.seconding.rules import needs_two
from foundation.days import ONE_DAY
from foundation.rows import unless_taken
from students.roster.models import ClassPost
from students.staff.acts.class_teachers import (
    end_class_posts,
    end_class_posts_at_once,
    give_class,
)
from students.staff.plan import REFUSED, UNCHANGED, StaffPlan, plan_staff
from students.staff.sheet import StaffRow

ARE_OTHERS = "表中有与本单位人员同名的，请核对是否同一人；确认不是同一人后，勾选确认再提交。"
RESUMED_WITHIN = timedelta(days=31)
NOT_RESUMED = (
    "这项任职不能撤回离任：没有登记过离任，或者已过31天，或者已另有任职。"
    "请用“增加任职”重新登记；县级职务由两人办理。"
)
CHANGED = "核对之后人员情况有变化，没有登记。请重新上传核对。"


def take_on_staff(
    doer: Doer,
    rows: Sequence[StaffRow],
    *,
    are_others: bool,
    seen: Sequence[str] | None = None,
) -> list[Person]:
    """Write accounts, posts and classes for all rows or for none; returns each person once.

    ``seen`` are the kinds that the preview showed. ``are_others`` says that namesakes were checked.
    Raises Refused with a Chinese reason.
    """
    with unless_taken():
        return _take_on(doer, rows, are_others, seen)
    raise Refused(CHANGED)


def _take_on(
    doer: Doer, rows: Sequence[StaffRow], are_others: bool, seen: Sequence[str] | None
) -> list[Person]:
    plans = plan_staff(doer.viewer, rows, doer.today)
    if seen is not None and [plan.kind for plan in plans] != list(seen):
        raise Refused(CHANGED)
    wrong = next((plan for plan in plans if plan.kind == REFUSED), None)
    if wrong is not None:
        raise Refused("；".join(f"{p.label}：{p.message}" for p in wrong.problems))
    if not are_others and any(plan.namesake for plan in plans):
        raise Refused(ARE_OTHERS)
    people = {}
    for plan in plans:
        if plan.kind != UNCHANGED:
            person = _carry_out(doer, plan)
            people[person.pk] = person
    kinds = [plan.kind for plan in plans]
    details = {kind: kinds.count(kind) for kind in set(kinds)}
    audit.record(doer.origin, "staff_taken_on", "person", details=details)
    return list(people.values())


def _carry_out(doer: Doer, plan: StaffPlan) -> Person:
    unit, since = plan.unit, plan.starts_on
    assert unit is not None
    assert since is not None
    person = accounts.take_on(doer, plan.row.login, plan.row.name)
    post = _post_of(person, plan.role, unit, since) or accounts.appoint(
        doer,
        person,
        plan.role,
        unit,
        since,
        reason=doer.reason,
    )
    if plan.school_class is not None:
        give_class(doer, post, plan.school_class, since)
    return person


def _post_of(person: Person, role: str, unit: Unit, day: date) -> Post | None:
    posts = accounts.living_posts(person, day)
    same = (p for p in posts if p.role == role and p.unit_id == unit.pk and p.starts_on <= day)
    return next(same, None)


@transaction.atomic
def depart_from(doer: Doer, person: Person, unit: Unit, last: date) -> None:
    """End all posts and classes of the person at the unit on the day."""
    posts = accounts.depart(doer, person, unit, last, doer.reason)
    end_class_posts(doer, posts)


def may_resume(post: Post, today: date) -> bool:
    """Whether its end may be taken back: entered by somebody, and not long ago."""
    return (
        post.ended_by_id is not None
        and post.ends_on is not None
        and not post.never_held
        and post.unit.is_open
        and today <= post.ends_on + RESUMED_WITHIN
        and not needs_two([post.role])
        and not _goes_on(post)
    )


def _goes_on(post: Post) -> bool:
    later = Post.objects.filter(person=post.person_id, role=post.role, unit=post.unit_id)
    return later.filter(starts_on__gt=post.ends_on).exists()


@transaction.atomic
def resume_post(doer: Doer, post: Post) -> Post:
    """Take back an end entered by mistake: the same post from the day after it, or from today.

    What is past stays as it was. Classes that have no other teacher come back with it. An account
    that was closed by it opens without a password, for a new slip. Raises Refused.
    """
    if not may_resume(post, doer.today):
        raise Refused(NOT_RESUMED)
    assert post.ends_on is not None
    since = max(doer.today, post.ends_on + ONE_DAY)
    person = accounts.take_on(doer, post.person.username, post.person.name)
    made = accounts.appoint(doer, person, post.role, post.unit, since, reason=doer.reason)
    ended = ClassPost.objects.filter(post=post, ends_on=post.ends_on, is_substitute=False)
    for row in ended.select_related("school_class"):
        taught = ClassPost.objects.filter(school_class=row.school_class, is_substitute=False)
        if not taught.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since)).exists():
            give_class(doer, made, row.school_class, since)
    return made


@transaction.atomic
def revoke_one_post(doer: Doer, post: Post) -> None:
    """End a post given by mistake, and its classes, at once."""
    end_class_posts_at_once(doer, post)
    accounts.revoke_post(doer, post, doer.reason)


@transaction.atomic
def end_one_post(doer: Doer, post: Post, last: date) -> None:
    """End one post and its classes on the day."""
    accounts.finish_post(doer, post, last, doer.reason)
    end_class_posts(doer, [post])
