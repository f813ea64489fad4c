"""Letters about rolls missing at P0: to teachers and to the school, once a day.

One letter for each class and day to its teachers, one for each school and day to its desk
(notifications 4.3); the figures are those of 今日到校 at that moment. Repeated, late or parallel
runs write nothing twice. Past days get no letter; 提交率 shows them.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.querysets import parameters_on
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.attendance.mornings.school import classes_on, expected_on
from students.attendance.rolls.states import state_of
from students.calendars.loading import calendars_of
from students.roster.class_posts import teacher_posts
from students.roster.models import School, SchoolClass

MOST_NAMES = 12


def remind_uncalled(today: date, now: datetime) -> int:
    """Write to those who have not called the roll by P0 of today; returns how many letters."""
    counties = Unit.objects.filter(kind=UnitKind.COUNTY).values_list("pk", flat=True)
    return sum(_remind_county(county, today, now) for county in counties)


@transaction.atomic
def _remind_county(county_id: int, today: date, now: datetime) -> int:
    cutoff = parameters_on(county_id, today).cutoff
    if now.date() != today or now.time() <= cutoff:
        return 0
    schools = _untold(county_id, today)
    missing, expected = _uncalled(schools, today) if schools else ({}, {})
    if not missing:
        return 0
    teachers = teacher_posts(expected, today)
    letters = [
        letter
        for found in missing.values()
        for letter in _letters(found, expected, teachers, today, f"{cutoff:%H:%M}")
    ]
    return post_letters(letters, today)


def _untold(county_id: int, today: date) -> list[int]:
    """The schools with school today that have no letter yet."""
    calendars = calendars_of(county_id)
    rows = School.objects.filter(unit__county_id=county_id, unit__is_open=True)
    taught = [
        pk
        for pk in rows.order_by("pk").values_list("pk", flat=True)
        if calendars.of_school(pk).is_school_day(today)
    ]
    keys = {_school_key(pk, today): pk for pk in taught}
    told = Message.objects.filter(key__in=keys).values_list("key", flat=True)
    return [keys[key] for key in keys.keys() - set(told)]


def _uncalled(
    school_ids: list[int], today: date
) -> tuple[dict[int, list[SchoolClass]], dict[int, int]]:
    """The classes with pupils whose first roll is missing, by school; and 应到 by class."""
    classes = classes_on(school_ids, today)
    states = state_of(classes, today)
    open_ones = [row for row in classes if not states[row.pk].is_called]
    expected = expected_on(open_ones, today)
    found: dict[int, list[SchoolClass]] = defaultdict(list)
    for row in open_ones:
        if expected.get(row.pk):
            found[row.school_id].append(row)
    return found, expected


def _letters(
    classes: list[SchoolClass],
    expected: dict[int, int],
    teachers: dict[int, list[tuple[int, int, str]]],
    today: date,
    cutoff: str,
) -> Iterator[Letter]:
    school_id = classes[0].school_id
    names = [row.name_on(today) for row in classes]
    more = f"等{len(names)}个班" if len(names) > MOST_NAMES else ""
    yield Letter(
        key=_school_key(school_id, today),
        to_unit_id=school_id,
        title=f"今天有{len(names)}个班到{cutoff}尚未点名",
        body=f"{'、'.join(names[:MOST_NAMES])}{more}。请催办，没有点名不按全勤计。",
        url=reverse("mornings:school", args=[school_id]),
        occurred_on=today,
        level=Message.WARN,
    )
    for row, name in zip(classes, names, strict=True):
        for post, unit, _ in teachers.get(row.pk, ()):
            yield Letter(
                key=f"uncalled:{row.pk}:{today}:post:{post}",
                to_unit_id=unit,
                to_post_id=post,
                title=f"{name}今天尚未点名",
                body=f"点名截止{cutoff}已过，应到{expected[row.pk]}人。请尽快点名。",
                url=reverse("roll_day", args=[row.pk, today]),
                occurred_on=today,
                level=Message.WARN,
            )


def _school_key(school_id: int, today: date) -> str:
    return f"uncalled:{school_id}:{today}:school"
