"""Takes on people from a sheet or a form, and ends their posts together with their classes."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post, Unit
from foundation.rows import unless_taken
from students.staff.acts.class_teachers import end_class_posts, give_class
from students.staff.plan import REFUSED, UNCHANGED, StaffPlan, plan_staff
from students.staff.sheet import StaffRow

ARE_OTHERS = "表中有与本单位人员同名的，请核对是否同一人；确认不是同一人后，勾选确认再提交。"
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


@transaction.atomic
def end_one_post(doer: Doer, post: Post, last: date) -> None:
    """End one post and its classes on the day."""
    accounts.finish_post(doer, post, last, doer.reason)
    end_class_posts(doer, [post])
