"""The demo's classes of a day: their members, and the teacher who calls the roll."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from foundation.accounts.models import Post, Unit
from kongchuo.demo.county.schools import TOWN, word_of
from kongchuo.demo.script.stories import STORIES, ClassKey, Story
from students.roster.models import Child, ClassPost, Enrolment, SchoolClass
from students.roster.models.querysets import in_force
from students.roster.rules.grades import grade_of, school_year_of


@dataclass(frozen=True, slots=True)
class Member:
    """A child in a class. ``token`` seeds its random numbers, the same in every load."""

    child_id: int
    token: str
    lives_in_tour_town: bool


@dataclass(frozen=True, slots=True)
class DemoClass:
    """A class with its members and the post of its teacher."""

    school_class: SchoolClass
    key: ClassKey
    is_junior: bool
    is_in_tour_town: bool
    sessions: tuple[str, ...]
    teacher: Post
    members: tuple[Member, ...]
    story_of: dict[int, Story]


def classes_on(county: Unit, day: date) -> list[DemoClass]:
    """The classes taught on ``day`` that have pupils and a teacher: three queries.

    A child that is suspended or transferred is in no class (design 4, Counting).
    """
    members = _members(county, day)
    teachers = _teachers(county, day)
    classes = (
        SchoolClass.objects.taught_on(day)
        .filter(pk__in=list(members))
        .select_related("school__unit", "school__township__region")
        .order_by("pk")
    )
    return [
        _row(one, teachers[one.pk], members[one.pk], day) for one in classes if one.pk in teachers
    ]


def _row(one: SchoolClass, teacher: Post, seated: list[tuple[str, Member]], day: date) -> DemoClass:
    grade = grade_of(one.stage, one.entry_year, school_year_of(day))
    key = (word_of(one.school.code), grade, one.number)
    by_seat = {int(seat): member for seat, member in seated if seat.isdecimal()}
    stories = {
        by_seat[story.seat].child_id: story
        for story in STORIES
        if story.school_class == key and story.seat in by_seat
    }
    return DemoClass(
        one,
        key,
        grade > 6,
        one.school.township.region.code.endswith(TOWN),
        ("am", "pm") if one.school.marks_half_days else ("d",),
        teacher,
        tuple(member for _, member in seated),
        stories,
    )


def _members(county: Unit, day: date) -> dict[int, list[tuple[str, Member]]]:
    rows = (
        Enrolment.objects.expected_on(day)
        .filter(school__unit__county=county)
        .order_by("school_class_id", "seat_no", "id")
        .values_list(
            "school_class_id",
            "seat_no",
            "child_id",
            "child__uuid",
            "child__registry_no_sealed",
            "child__home_township__region__code",
        )
    )
    found: dict[int, list[tuple[str, Member]]] = defaultdict(list)
    numbers = Child.registry_no.column_of(Child)
    for school_class, seat, child, uuid, sealed, home in rows:
        said = numbers.open(sealed, uuid) or f"child {child}"
        member = Member(child, said, (home or "").endswith(TOWN))
        found[school_class].append((seat, member))
    return found


def _teachers(county: Unit, day: date) -> dict[int, Post]:
    rows = ClassPost.objects.filter(in_force(day), post__unit__county=county, is_substitute=False)
    return {row.school_class_id: row.post for row in rows.select_related("post__person")}
