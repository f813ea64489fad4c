"""Ends the posts of a unit that closes, and gives those that go with the work to its successor."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from foundation.accounts import audit
from foundation.accounts.actions.units import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import Post, Unit, UnitChange
from foundation.accounts.querysets import held_on
from foundation.accounts.roles import role_of
from foundation.days import ONE_DAY, full_day_words

# Who goes on with the same children at the successor; every other post ends with the unit.
GOES_ON = ("class_teacher", "village_cadre")
BEGINS_LATER = "{posts}，任职第一天还没有过完，不能在{day}撤并。请把生效日期改为{first}或以后。"


# The former post, the one at the successor, whether that was made there, the former last day.
PostMark = tuple[int, int | None, bool, str]


@dataclass(slots=True)
class Handed:
    """Old post → the post at the successor, and the posts that ended.

    ``marks``: see PostMark.
    """

    on: dict[int, Post] = field(default_factory=dict)
    ended: list[Post] = field(default_factory=list)
    marks: list[PostMark] = field(default_factory=list)


def posts_at(unit: Unit, day: date) -> QuerySet[Post]:
    """The posts of the unit that are held on the day or begin later."""
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Post.objects.filter(living, unit=unit).select_related("person", "unit").order_by("pk")


def begins_too_late(unit: Unit, day: date) -> str:
    """Why the posts of the unit cannot end on the eve of the day, with the first day that can be
    taken, in Chinese; empty where they can."""
    late = [post for post in posts_at(unit, day) if post.starts_on >= day]
    if not late:
        return ""
    posts = "、".join(_begins(post) for post in late)
    first = max(post.starts_on for post in late) + ONE_DAY
    return BEGINS_LATER.format(posts=posts, day=full_day_words(day), first=full_day_words(first))


def earliest_closing(unit: Unit, today: date) -> date:
    """The first day, today at the earliest, from which the unit's posts let it close."""
    late = [post.starts_on + ONE_DAY for post in posts_at(unit, today) if post.starts_on >= today]
    return max([today, *late])


def _begins(post: Post) -> str:
    return f"{post.person.name}的「{post.role_label}」从{full_day_words(post.starts_on)}起"


def hand_on_posts(change: UnitChange, origin: Origin, now: datetime) -> Handed:
    """End every post of the unit on the eve of the day; those that go on begin at the successor.

    Raises Refused where a post begins only later.
    """
    if words := begins_too_late(change.unit, change.day):
        raise Refused(words)
    handed = Handed()
    reason = f"{change.get_kind_display()}：{change.document}"[:200]
    for post in posts_at(change.unit, change.day):
        until = post.ends_on
        post.ends_on, post.ended_by_id = change.day - ONE_DAY, change.ordered_by_id
        post.ended_at, post.end_reason = now, reason
        post.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
        audit.record(origin, "post_ended", "post", post.pk, reason=reason)
        there: Post | None = None
        made = False
        if post.role in GOES_ON and (successor := change.successor) is not None:
            there, made = _begin(post, successor, until, change.day, origin, reason)
            handed.on[post.pk] = there
        else:
            handed.ended.append(post)
        handed.marks.append((post.pk, there.pk if there else None, made, f"{until or ''}"))
    return handed


def _begin(
    post: Post, successor: Unit, until: date | None, day: date, origin: Origin, reason: str
) -> tuple[Post, bool]:
    """The post at the successor, and whether it is new or was held there already.

    It is no appointment: the duty goes on where its children are.
    """
    same = Post.objects.filter(person=post.person, role=post.role, unit=successor)
    held = same.filter(held_on(day)).first()
    if held is not None:
        return held, False
    return _repeat(post, successor, until, day, origin, reason), True


def _repeat(
    post: Post, unit: Unit, until: date | None, day: date, origin: Origin, reason: str
) -> Post:
    """The same duty of the same person at another unit, by the same granter."""
    made = Post.objects.create(
        person=post.person,
        role=post.role,
        unit=unit,
        starts_on=day,
        ends_on=until,
        granted_by_id=post.granted_by_id,
        reason=reason,
    )
    audit.record(origin, "post_granted", "post", made.pk, reason=reason)
    return made


def hand_back_posts(
    change: UnitChange, marks: Iterable[PostMark], origin: Origin, now: datetime
) -> dict[int, Post]:
    """Give the former holders their duties at the unit again, from the day of ``change`` on.

    Returns the restored post by the id of the post at the successor and of the former post. A post
    made at the successor ends. Closed accounts, posts that would have ended by now and those that
    take a second person are left: the latter are asked for again.
    """
    found: dict[int, Post] = {}
    reason = f"{change.get_kind_display()}：{change.document}"[:200]
    for former_id, there_id, was_made, ended in marks:
        post = Post.objects.select_related("person").get(pk=former_id)
        until = date.fromisoformat(ended) if ended else None
        if there_id is not None and was_made:
            _end_begun(there_id, change, origin, now, reason)
        since = _back_from(post, change.day)
        if not _comes_back(post, until, since):
            continue
        held = Post.objects.filter(held_on(since), person=post.person, role=post.role)
        made = held.filter(unit=change.unit).first()
        made = made or _repeat(post, change.unit, until, since, origin, reason)
        found[former_id] = found[there_id or former_id] = made
    return found


def posts_to_hand_back(marks: Iterable[PostMark], day: date) -> tuple[list[Post], list[Post]]:
    """The former posts that ``hand_back_posts`` would restore on the day, and those it leaves."""
    back: list[Post] = []
    left: list[Post] = []
    for former_id, _, _, ended in marks:
        post = Post.objects.select_related("person").get(pk=former_id)
        until = date.fromisoformat(ended) if ended else None
        (back if _comes_back(post, until, _back_from(post, day)) else left).append(post)
    return back, left


def _back_from(post: Post, day: date) -> date:
    """From when a former post is held again: not before the day after its last one."""
    return max(day, post.ends_on + ONE_DAY) if post.ends_on else day


def _comes_back(post: Post, until: date | None, since: date) -> bool:
    is_over = until is not None and until < since
    return not is_over and post.person.is_active and not role_of(post.role).needs_two


def _end_begun(
    begun_id: int, change: UnitChange, origin: Origin, now: datetime, reason: str
) -> None:
    begun = Post.objects.get(pk=begun_id)
    if begun.ends_on is not None and begun.ends_on < change.day:
        return
    begun.ends_on = change.day - ONE_DAY  # begun today, it was held on no day
    begun.ended_by_id, begun.ended_at, begun.end_reason = change.ordered_by_id, now, reason
    begun.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
    audit.record(origin, "post_ended", "post", begun.pk, reason=reason)
