"""Letters on accounts that will be sealed after 180 days of disuse, and on those that were (S57).

The seal itself is derived from the last use (door/passwords.py); nothing is stored but the letters.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from cases.pages import queue
from foundation.accounts.door.passwords import SEALED_AFTER, WARNED_FROM
from foundation.accounts.models import Person, Post
from foundation.accounts.querysets import held_on, posts_on, viewer_on
from foundation.accounts.roles import ROLES, Right, may_grant
from foundation.days import full_day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.roster.models import ClassPost

_STAFF_OF = {"school": "head_teacher", "township": "township_leader", "village": "township_leader"}


def remind_of_disuse(today: date, real: date) -> int:
    """Write the letters due by now, each once; returns how many were given.

    Disuse counts by the ``real`` day, as the sign-in does; posts are those of ``today``.
    """
    letters: list[Letter] = []
    for person in Person.objects.filter(is_active=True).soon_sealed(real):
        letters += _warnings(person, _posts(person, today), today)
    for person in Person.objects.filter(is_active=True).sealed(real):
        letters += _seals(person, _posts(person, today), today)
    return post_letters(letters, today)


def _posts(person: Person, today: date) -> list[Post]:
    """The posts of today. One that waits for a second person is nobody's work yet."""
    rows = posts_on(today).filter(person=person, asleep=False)
    return list(rows.select_related("unit").order_by("pk"))


def _warnings(person: Person, posts: list[Post], today: date) -> Iterator[Letter]:
    last = person.last_used_on + timedelta(days=SEALED_AFTER)
    words = (
        f"满{SEALED_AFTER}天没有使用的账号按规定封存。"
        f"{full_day_words(last)}以前登录一次就不会封存。"
    )
    for post in posts[:1]:
        yield Letter(
            key=f"disuse:{person.pk}:{person.last_used_on}:own",
            to_unit_id=post.unit_id,
            to_post_id=post.pk,
            title=f"您的账号{WARNED_FROM}天没有登录",
            body=words,
            url=reverse("account_change_password"),
            occurred_on=today,
            level=Message.WARN,
        )
    for key, place, url in _managers(person, posts, today):
        yield Letter(
            key=f"disuse:{person.pk}:{person.last_used_on}:{key}",
            title=f"{person.name}的账号{WARNED_FROM}天没有登录",
            body=f"{words}请提醒本人；不再任职的，请登记离任。",
            url=url,
            occurred_on=today,
            level=Message.WARN,
            **place,
        )


def _seals(person: Person, posts: list[Post], today: date) -> Iterator[Letter]:
    work = _work_of(person, posts, today)
    for key, place, url in _managers(person, posts, today):
        yield Letter(
            key=f"sealed:{person.pk}:{person.last_used_on}:{key}",
            title=f"{person.name}的账号已经封存",
            body=f"超过{SEALED_AFTER}天没有登录。{work}本人返岗的，请解除封存；不再任职的，请登记离任。",
            url=url,
            occurred_on=today,
            level=Message.WARN,
            **place,
        )


def _work_of(person: Person, posts: list[Post], today: date) -> str:
    """The classes and duties that lie with the person, which somebody else must take over."""
    held = ClassPost.objects.filter(held_on(today), post__in=posts).select_related("school_class")
    classes = "、".join(sorted({one.school_class.name_on(today) for one in held}))
    duties = queue.mine(viewer_on(person, today), today).count()
    words = [f"任教班级：{classes}。"] if classes else []
    words += [f"名下待办{duties}项。"] if duties else []
    return "".join([*words, "请安排他人接手。"] if words else [])


def _managers(
    person: Person, posts: list[Post], today: date
) -> Iterator[tuple[str, dict[str, int], str]]:
    """Whom to write to: the unit's own desk where it may manage the person, else the county's
    security officers. Each with a key, the address of the letter, and the page to open."""
    own = {_desk_of(post) for post in posts}
    units = {unit for unit in own if unit is not None}
    for unit_id in sorted(units):
        page = reverse("staff:person", args=[person.pk])
        yield f"unit{unit_id}", {"to_unit_id": unit_id}, page
    if None not in own:
        return
    county = posts[0].unit.county_id or posts[0].unit_id
    officers = [role.code for role in ROLES if Right.MANAGE_PEOPLE in role.rights]
    rows = posts_on(today).filter(role__in=officers, unit_id=county).exclude(person=person)
    for post in rows:
        page = reverse("person", args=[person.pk])
        yield f"post{post.pk}", {"to_unit_id": post.unit_id, "to_post_id": post.pk}, page


def _desk_of(post: Post) -> int | None:
    """The unit whose head may manage the post: its own, or the village's township."""
    head = _STAFF_OF.get(post.unit.kind)
    if head is None or not may_grant(head, post.role):
        return None
    return post.unit.parent_id if post.unit.kind == "village" else post.unit_id
