"""Ends the posts of a unit that closes, and gives those that go with the work to its successor."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet

from foundation.accounts import audit
from foundation.accounts.actions.units import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import Post, Unit, UnitChange
from foundation.accounts.querysets import held_on
from foundation.days import ONE_DAY

# Who goes on with the same children at the successor; every other post ends with the unit.
GOES_ON = ("class_teacher", "village_cadre")
BEGINS_LATER = (
    "{name}的「{role}」从{since:%Y-%m-%d}起，在撤并生效以后。请先请安全管理员结束这项任职。"
)


@dataclass(slots=True)
class Handed:
    """Old post → the post at the successor, and the posts that ended."""

    on: dict[int, Post] = field(default_factory=dict)
    ended: list[Post] = field(default_factory=list)


def posts_at(unit: Unit, day: date) -> QuerySet[Post]:
    """The posts of the unit that are held on the day or begin later."""
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    return Post.objects.filter(living, unit=unit).select_related("person", "unit").order_by("pk")


def hand_on_posts(change: UnitChange, origin: Origin, now: datetime) -> Handed:
    """End every post of the unit on the eve of the day; those that go on begin at the successor.

    Raises Refused where a post begins only later.
    """
    handed = Handed()
    reason = f"{change.get_kind_display()}：{change.document}"[:200]
    for post in posts_at(change.unit, change.day):
        if post.starts_on >= change.day:
            words = {"name": post.person.name, "role": post.role_label, "since": post.starts_on}
            raise Refused(BEGINS_LATER.format(**words))
        until = post.ends_on
        post.ends_on, post.ended_by_id = change.day - ONE_DAY, change.ordered_by_id
        post.ended_at, post.end_reason = now, reason
        post.save(update_fields=["ends_on", "ended_by", "ended_at", "end_reason"])
        audit.record(origin, "post_ended", "post", post.pk, reason=reason)
        if post.role in GOES_ON and (successor := change.successor) is not None:
            handed.on[post.pk] = _begin(post, successor, until, change.day, origin, reason)
        else:
            handed.ended.append(post)
    return handed


def _begin(
    post: Post, successor: Unit, until: date | None, day: date, origin: Origin, reason: str
) -> Post:
    """The post at the successor: the one held there already, or a new one by the same granter.

    It is no appointment: the duty goes on where its children are.
    """
    same = Post.objects.filter(person=post.person, role=post.role, unit=successor)
    held = same.filter(held_on(day)).first()
    if held is not None:
        return held
    made = Post.objects.create(
        person=post.person,
        role=post.role,
        unit=successor,
        starts_on=day,
        ends_on=until,
        granted_by_id=post.granted_by_id,
        reason=reason,
    )
    audit.record(origin, "post_granted", "post", made.pk, reason=reason)
    return made
