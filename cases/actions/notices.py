"""Who is told of a move: written with it, in the same transaction."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from cases.actions.moves import office_of
from cases.models import Case
from cases.policy import STEPS, Act, Level, Stage
from foundation.accounts.models import Unit
from foundation.accounts.querysets import held_on
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.roster.models import ClassPost
from students.roster.querysets import in_force

# Which levels hear of a rung when the case comes onto it (R6, R9, P13: 双报告).
HEARERS: dict[Stage, tuple[Level, ...]] = {
    Stage.D1: (Level.TEACHER, Level.SCHOOL, Level.TOWNSHIP, Level.COUNTY),
    Stage.D2: (Level.SCHOOL,),
    Stage.D3: (Level.VILLAGE, Level.SCHOOL),
    Stage.D4: (Level.TOWNSHIP, Level.OFFICE, Level.COUNTY),
    Stage.D5: (Level.TOWNSHIP, Level.SCHOOL, Level.VILLAGE),
    Stage.D6: (Level.TOWNSHIP, Level.COUNTY),
    Stage.D9: (Level.TEACHER, Level.SCHOOL, Level.VILLAGE, Level.TOWNSHIP),
    Stage.DX: (Level.SCHOOL, Level.TOWNSHIP),
}
_FROM_VILLAGE_ON = frozenset({Level.VILLAGE})


def tell_move(case: Case, act: Act, event_id: int, occurred_on: date, today: date) -> None:
    """Tell every level that the rung concerns; a village only once it has been asked."""
    stage = Stage(case.stage)
    letters = []
    for level in HEARERS.get(stage, ()):
        if level in _FROM_VILLAGE_ON and case.village_asked_on is None:
            continue
        letters += letters_to(
            case,
            level,
            key=f"event:{event_id}",
            title=f"个案进入「{STEPS[stage].label}」" if act is not Act.OPEN else "新立个案",
            body=f"案号 {case.number}，{occurred_on:%Y-%m-%d} 起。请登录查看并办理。",
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
) -> list[Letter]:
    """The letters to a level of a case: the class's teachers by post, everybody else by unit."""
    url = reverse("case", args=[case.number])
    common = {"title": title, "body": body, "url": url, "occurred_on": occurred_on}
    if level is Level.TEACHER:
        posts = list(_teachers(case, today))
        if posts:
            return [
                Letter(
                    key=f"{key}:post:{post_id}",
                    to_unit_id=unit_id,
                    to_post_id=post_id,
                    level=level_of_urgency,
                    **common,
                )
                for post_id, unit_id in posts
            ]
    return [
        Letter(key=f"{key}:unit:{unit.pk}", to_unit_id=unit.pk, level=level_of_urgency, **common)
        for unit in _units(case, level)
    ]


def _teachers(case: Case, today: date) -> Iterable[tuple[int, int]]:
    return (
        ClassPost.objects.filter(in_force(today), school_class_id=case.school_class_id)
        .filter(post__in=ClassPost.post.get_queryset().filter(held_on(today)))
        .values_list("post_id", "post__unit_id")
    )


def _units(case: Case, level: Level) -> list[Unit]:
    if level is Level.OFFICE:
        return [office_of(case)]
    if level is Level.TOWNSHIP:
        both = {case.township_id: case.township}
        if case.school_township is not None:
            both[case.school_township_id] = case.school_township
        return list(both.values())
    found = {
        Level.TEACHER: case.school,
        Level.SCHOOL: case.school,
        Level.VILLAGE: case.village or case.township,
        Level.COUNTY: case.county,
    }[level]
    return [found] if found else []
