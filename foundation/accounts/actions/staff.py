"""Staff acts: give an account its first post, give further posts, end posts, close accounts."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from foundation.accounts import audit
from foundation.accounts.actions.managing import (
    check_not_oneself,
    granting_post,
    living_posts,
)
from foundation.accounts.actions.phones import CLOSED, end_every_phone
from foundation.accounts.actions.units import (
    Refused,
    end_post,
    grant_post,
    refuse_two_offices,
)
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post, Unit
from foundation.accounts.roles import role_of
from foundation.accounts.seconding.rules import POST_NEEDS_TWO, needs_two
from foundation.days import ONE_DAY

KIND, POST = "person", "post"
REACH = timedelta(days=366)  # how far back or ahead a post may begin or end
TAKEN = "该账号已经登记在另一个姓名下。请核对姓名；确是不同的人，请换一个账号。"


@transaction.atomic
def take_on(doer: Doer, username: str, name: str) -> Person:
    """The account of the person, made when there is none: one person, one account (S57).

    A closed account without any post is reopened without a password, so a returning person gets a
    new first slip. Raises Refused when the account belongs to another person.
    """
    person = Person.objects.select_for_update().filter(username__iexact=username).first()
    if person is None:
        person = Person.objects.create_person(username, name)
        audit.record(doer.origin, "account_made", KIND, person.pk)
        return person
    if person.name != name:
        raise Refused(TAKEN)
    check_not_oneself(person, doer.viewer)
    if not person.is_active:
        _bring_back(person, doer.origin, doer.today)
    return person


def _bring_back(person: Person, origin: Origin, today: date) -> None:
    if living_posts(person, today):
        raise Refused("该账号已被停用，请安全管理员恢复后再登记任职。")
    person.is_active = True
    person.set_unusable_password()
    person.save(update_fields=["is_active", "password"])
    audit.record(origin, "account_reopened", KIND, person.pk, reason="重新任职")


@transaction.atomic
def appoint(
    doer: Doer,
    person: Person,
    role: str,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
    *,
    reason: str = "",
) -> Post:
    """Give the person a post from a day on, as the rights table lets the viewer (roles.py).

    Raises Refused for a post that needs a second person (seconding.py).
    """
    check_not_oneself(person, doer.viewer)
    granter = granting_post(doer.viewer, role, unit)
    if needs_two([role]):
        raise Refused(POST_NEEDS_TWO.format(label=role_of(role).label))
    check_appointment(person, role, unit, starts_on, ends_on, doer.today)
    granted_by = Post.objects.get(pk=granter.id)
    return give_post(doer.origin, person, role, unit, starts_on, granted_by, reason, ends_on)


def check_appointment(
    person: Person, role: str, unit: Unit, starts_on: date, ends_on: date | None, today: date
) -> None:
    """Raises Refused where the days are out of reach or the person holds the post already."""
    _check_day(starts_on, today, "任职起")
    label = f"「{unit.name}·{role_of(role).label}」"
    if ends_on is not None and ends_on < starts_on:
        raise Refused(f"{label}的任职止不能早于任职起。")
    refuse_two_offices(person, role, starts_on, ends_on)
    if _overlapping(person, role, unit, starts_on, ends_on):
        raise Refused(f"{person.name}在这段时间已任{label}，不能重复登记。")


def give_post(
    origin: Origin,
    person: Person,
    role: str,
    unit: Unit,
    starts_on: date,
    granted_by: Post,
    reason: str,
    ends_on: date | None = None,
) -> Post:
    """Write the post and its audit row, after all checks."""
    post = grant_post(person, role, unit, starts_on, granted_by, ends_on, reason)
    details = {"until": str(ends_on)} if ends_on else {}
    audit.record(origin, "post_granted", POST, post.pk, reason=reason, details=details)
    return post


@transaction.atomic
def finish_post(doer: Doer, post: Post, last: date, reason: str) -> None:
    """End one post with a reason; its row stays. Closes an account without another post."""
    check_not_oneself(post.person, doer.viewer)
    granter = granting_post(doer.viewer, post.role, post.unit)
    _check_day(last, doer.today, "最后一日")
    label = f"「{post.unit.name}·{post.role_label}」"
    if last < post.starts_on:
        raise Refused(f"{label}从{post.starts_on:%Y-%m-%d}起任职，最后一日不能早于这一天。")
    if post.ends_on is not None and post.ends_on <= last:
        raise Refused(f"{label}已登记到{post.ends_on:%Y-%m-%d}为止，只能提前，不能推后。")
    post.ended_by_id, post.ended_at, post.end_reason = granter.id, doer.now, reason
    post.save(update_fields=["ended_by", "ended_at", "end_reason"])
    end_post(post, last)
    details = {"last": str(last)}
    audit.record(doer.origin, "post_ended", POST, post.pk, reason=reason, details=details)
    _close_when_left(post.person, doer.origin, doer.today)


@transaction.atomic
def revoke_post(doer: Doer, post: Post, reason: str) -> date:
    """End a post given by mistake at once; returns its last day, which lies before today.

    Begun today or later, it holds on no day; the days that are past stay. Raises Refused as
    finish_post does. Closes an account without another post.
    """
    check_not_oneself(post.person, doer.viewer)
    granter = granting_post(doer.viewer, post.role, post.unit)
    if post.ends_on is not None and post.ends_on < doer.today:
        raise Refused("这项任职已经结束，不用再撤销。")
    last = doer.today - ONE_DAY
    post.ends_on, post.ended_by_id = last, granter.id
    post.ended_at, post.end_reason = doer.now, reason
    post.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
    details = {"revoked": True, "last": str(last)}
    audit.record(doer.origin, "post_ended", POST, post.pk, reason=reason, details=details)
    _close_when_left(post.person, doer.origin, doer.today)
    return last


@transaction.atomic
def depart(
    doer: Doer,
    person: Person,
    unit: Unit,
    last: date,
    reason: str,
) -> list[Post]:
    """End all posts at the unit on the day and return them; earlier ends stay. Raises Refused."""
    posts = [p for p in living_posts(person, doer.today) if p.unit_id == unit.pk]
    ending = [p for p in posts if p.ends_on is None or p.ends_on > last]
    if not ending:
        raise Refused(f"{person.name}在{unit.name}没有这一天以后的任职，无需办理。")
    for post in ending:
        finish_post(doer, post, last, reason)
    details = {"unit": unit.pk, "last": str(last)}
    audit.record(doer.origin, "left_unit", KIND, person.pk, reason=reason, details=details)
    return ending


@transaction.atomic
def close_left_accounts(today: date) -> int:
    """Close every open account whose posts have all ended; returns how many (S57).

    Run daily: where the last day lay ahead, the account is closed on the day after it.
    """
    living = Post.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), person=OuterRef("pk")
    )
    ever = Post.objects.filter(person=OuterRef("pk"))
    left = Person.objects.filter(Exists(ever), ~Exists(living), is_active=True)
    count = 0
    for person in left.select_for_update(of=("self",)).order_by("pk"):
        _close_when_left(person, Origin(), today)
        count += 1
    return count


def _close_when_left(person: Person, origin: Origin, today: date) -> None:
    if living_posts(person, today) or not person.is_active:
        return
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_every_phone(person, origin, CLOSED)
    audit.record(origin, "account_closed", KIND, person.pk, reason="任职已全部结束")


def _check_day(day: date, today: date, label: str) -> None:
    if not today - REACH <= day <= today + REACH:
        raise Refused(f"{label}应在今天前后一年之内，请核对日期。")


def _overlapping(person: Person, role: str, unit: Unit, since: date, until: date | None) -> bool:
    same = Post.objects.filter(person=person, role=role, unit=unit)
    same = same.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=since))
    same = same.exclude(ends_on__lt=F("starts_on"))
    return (same.filter(starts_on__lte=until) if until else same).exists()
