"""Letters that tell of a move, written in the same transaction."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cases.actions.moves import UNITS, unit_id_of
from cases.models import Case
from cases.policy import STEPS, Level, Stage
from foundation.accounts.querysets import posts_on
from foundation.days import full_day_words
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from foundation.prepared import prepared
from students.roster.models import ClassPost
from students.roster.models.querysets import in_force

Teachers = dict[int, list[tuple[int, int]]]  # by class: (post, unit of the post)


def tell_move(case: Case, title: str, event_id: int, occurred_on: date, today: date) -> None:
    """Tell every level that the new rung concerns. A village is told only once it has been asked.

    ``title`` is the title of the act's letter; ``{stage}`` in it becomes the rung.
    """
    step = STEPS[Stage(case.stage)]
    letters = []
    for level in step.hears:
        if level is Level.VILLAGE and case.village_asked_on is None:
            continue
        letters += letters_to(
            case,
            level,
            key=f"event:{event_id}",
            title=title.format(stage=step.label),
            body=f"案号 {case.number}，{full_day_words(occurred_on)}起。请登录查看并办理。",
            occurred_on=occurred_on,
            today=today,
            level_of_urgency=Message.WARN,
        )
    post_letters(letters, today)


def letters_to(
    case: Case,
    level: Level,
    *,
    key: str,
    title: str,
    body: str,
    occurred_on: date,
    today: date,
    level_of_urgency: str = Message.INFO,
    unit_ids: Collection[int] = (),
    teachers: Teachers | None = None,
) -> list[Letter]:
    """The letters to one level of a case. Class teachers are addressed by post, others by unit.

    ``unit_ids`` and ``teachers``, if given, spare the queries.
    """
    common: dict[str, Any] = {
        "title": title[:60],
        "body": body[:300],
        "url": reverse("case", args=[case.number]),
        "occurred_on": occurred_on,
        "level": level_of_urgency,
    }
    if level is Level.TEACHER:
        known = teachers_of([case.school_class_id], today) if teachers is None else teachers
        posts = known.get(case.school_class_id or 0, [])
        if posts:
            return [
                Letter(key=f"{key}:post:{post}", to_unit_id=unit, to_post_id=post, **common)
                for post, unit in posts
            ]
    return [
        Letter(key=f"{key}:unit:{unit}", to_unit_id=unit, **common)
        for unit in unit_ids or _unit_ids(case, level)
    ]


def teachers_of(class_ids: Collection[int | None], today: date) -> Teachers:
    """The posts that hold the classes today, of people whose account is open. By class."""
    found: Teachers = defaultdict(list)
    for school_class, post, unit in _held_by(classes=list(class_ids), today=today):
        found[school_class].append((post, unit))
    return found


@prepared
def _held_by(*, classes: Any, today: Any) -> QuerySet[Any, Any]:
    rows = ClassPost.objects.filter(
        in_force(today), school_class__among=classes, post__in=posts_on(today)
    )
    return rows.order_by("id").values_list("school_class_id", "post_id", "post__unit_id")


def _unit_ids(case: Case, level: Level) -> list[int]:
    if level is Level.TOWNSHIP:
        both = [case.township_id, case.school_township_id or case.township_id]
        return both[: 1 if both[0] == both[1] else 2]
    if level in (Level.OFFICE, Level.VILLAGE):
        return [unit_id_of(case, level)]
    found: int | None = getattr(case, f"{UNITS[level]}_id")
    return [found] if found else []
