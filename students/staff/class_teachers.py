"""Reads who teaches which class, for the pages that arrange class teachers."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from foundation.accounts.models import Person, Post
from foundation.accounts.querysets import posts_on
from students.roster.models import ClassPost, SchoolClass
from students.roster.rules.grades import is_at_school, school_year_of


@dataclass(slots=True)
class ClassLine:
    """A class with its teacher of the day and the later arrangements."""

    school_class: SchoolClass
    name: str
    held: ClassPost | None = None
    later: list[ClassPost] = field(default_factory=list)
    substitutes: list[ClassPost] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Teacher:
    """A person in post at the school: an option of the selects."""

    person_id: int
    name: str
    words: str  # the name, and what choosing it would do
    teaches: bool  # holds the post of a class teacher


def classes_of(school_id: int, day: date) -> list[SchoolClass]:
    """Return the classes taught at the school on the day, the lowest grade first."""
    year = school_year_of(day)
    rows = SchoolClass.objects.filter(school_id=school_id).taught_on(day)
    found = [c for c in rows if is_at_school(c.stage, c.entry_year, year)]
    return sorted(found, key=lambda c: (c.stage, -c.entry_year, c.number))


def class_lines(school_id: int, day: date) -> list[ClassLine]:
    """Return all classes of the school on the day, with and without a teacher. Two queries."""
    classes = classes_of(school_id, day)
    arranged = defaultdict(list)
    for row in living(school_id, day).filter(school_class__in=classes):
        arranged[row.school_class_id].append(row)
    return [_line(one, arranged[one.pk], day) for one in classes]


def living(school_id: int, day: date) -> QuerySet[ClassPost]:
    """Return the school's class posts that end on the day or later."""
    rows = ClassPost.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), school_class__school_id=school_id
    )
    return rows.select_related("post__person", "school_class").order_by("starts_on", "pk")


def substitutes_of(school_id: int) -> QuerySet[ClassPost]:
    """Return every substitute of the school's classes, the latest first."""
    rows = ClassPost.objects.filter(school_class__school_id=school_id, is_substitute=True)
    return rows.order_by("-starts_on", "-pk")


def taught_by(posts: QuerySet[Post], day: date) -> QuerySet[ClassPost]:
    """Return the classes that the posts have from the day on as their teacher; no substitutes."""
    living = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    rows = ClassPost.objects.filter(living, post__in=posts, is_substitute=False)
    return rows.select_related("school_class").order_by("school_class_id", "starts_on")


def with_classes(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Prefetch the posts' classes, past and present, as ``held_classes``. One query more."""
    rows = ClassPost.objects.select_related("school_class", "assigned_by__person")
    return posts.prefetch_related(
        Prefetch("classes", rows.order_by("-starts_on", "-pk"), to_attr="held_classes")
    )


def class_words(post: Post, today: date) -> list[str]:
    """Return 七年级2班（2026年9月1日起，代课） for each class of the post.

    One that never began is left out: a merge undone on its own day gave the class back.
    """
    held: list[ClassPost] = getattr(post, "held_classes", [])
    return [_class_words(one, today) for one in held if not one.never_began]


def classes_led(post: Post, today: date) -> list[str]:
    """The names of the classes whose class teacher the post is today or will be."""
    held: list[ClassPost] = getattr(post, "held_classes", [])
    return [
        one.school_class.name_on(max(today, one.starts_on))
        for one in held
        if not one.is_substitute
        and not one.never_began
        and (one.ends_on is None or one.ends_on >= today)
    ]


def _class_words(one: ClassPost, today: date) -> str:
    until = f"至{one.ends_on:%Y-%m-%d}" if one.ends_on else "至今"
    by = f"，{one.assigned_by.person.name}安排" if one.assigned_by else ""
    kind = "，代课" if one.is_substitute else ""
    name = one.school_class.name_on(max(one.starts_on, min(today, one.ends_on or today)))
    return f"{name}（{one.starts_on:%Y-%m-%d}{until}{kind}{by}）"


def _line(one: SchoolClass, rows: list[ClassPost], day: date) -> ClassLine:
    line = ClassLine(one, one.name_on(day))
    for row in rows:
        if row.is_substitute:
            line.substitutes.append(row)
        elif row.starts_on > day:
            line.later.append(row)
        else:
            line.held = row
    return line


def teachers_of(school_id: int, day: date) -> list[Teacher]:
    """Return everybody in post at the school on the day, class teachers first. One query."""
    roles: dict[int, set[str]] = defaultdict(set)
    people: dict[int, Person] = {}
    labels: dict[int, list[str]] = defaultdict(list)
    posts = posts_on(day).filter(unit_id=school_id).select_related("person")
    for post in posts.order_by("person__name", "pk"):
        people[post.person_id] = post.person
        roles[post.person_id].add(post.role)
        labels[post.person_id].append(post.role_label)
    found = [_teacher(people[pk], roles[pk], labels[pk]) for pk in people]
    return sorted(found, key=lambda t: (not t.teaches, t.name))


def _teacher(person: Person, roles: set[str], labels: list[str]) -> Teacher:
    teaches = "class_teacher" in roles
    words = person.name if teaches else f"{person.name}（{'、'.join(labels)}，将同时任班主任）"
    return Teacher(person.pk, person.name, words, teaches)


def version_of(school_id: int, day: date) -> str:
    """Return a digest of the arrangements from the day on; it changes when somebody changes
    them."""
    facts = list(
        living(school_id, day).order_by("pk").values_list("pk", "starts_on", "ends_on", "post_id")
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:24]
