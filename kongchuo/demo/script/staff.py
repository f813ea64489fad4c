"""Finds the post that acts on a case in the demo: a role at the case's own unit."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from cases.models import Case
from cases.policy import RULES, Act, Level
from foundation.accounts.models import Post, Unit
from foundation.accounts.querysets import posts_on
from kongchuo.demo.county.people import TOUR
from students.roster.models import ClassPost
from students.roster.models.querysets import in_force

VISITORS = frozenset(stop.login for stop in TOUR)

# The role that acts for a level, and the acts that another role signs.
_OF_LEVEL: dict[Level, str] = {
    Level.TEACHER: "class_teacher",
    Level.SCHOOL: "registrar",
    Level.VILLAGE: "village_cadre",
    Level.TOWNSHIP: "township_officer",
    Level.OFFICE: "education_office",
    Level.COUNTY: "county_desk",
}
_SIGNS: dict[Act, str] = {
    Act.REPORT_TOWNSHIP: "head_teacher",
    Act.REVIEW: "township_leader",
    Act.REFUSE_CLOSURE: "county_desk",
    Act.CONFIRM_DROPOUT: "head_teacher",
    Act.REVERT_DROPOUT: "county_desk",
}


def role_for(act: Act) -> str:
    """The role for an act without one in the script: that of the first level that may do it."""
    return _SIGNS.get(act) or _OF_LEVEL[RULES[act].levels[0]]


@dataclass(slots=True)
class Staff:
    at: dict[tuple[str, int | None], list[Post]] = field(default_factory=dict)
    of_class: dict[int, Post] = field(default_factory=dict)

    def who(self, role: str, case: Case, *, scripted: bool = False) -> Post | None:
        """The post that acts. The visitor's own posts act only by the script."""
        if role == "class_teacher":
            return self.of_class.get(case.school_class_id or 0)
        if role == "village_cadre" and case.village_id is None:
            return self.who("township_officer", case, scripted=scripted)
        posts = self.at.get((role, _unit(role, case)), [])
        wanted = [post for post in posts if (post.person.username in VISITORS) == scripted]
        return next(iter(wanted or posts), None)


def staff_of(county: Unit, day: date) -> Staff:
    """Everybody in post on ``day``: two queries."""
    staff = Staff()
    found: dict[tuple[str, int | None], list[Post]] = defaultdict(list)
    posts = posts_on(day).filter(unit__county=county).select_related("person", "unit")
    for post in posts.order_by("id"):
        found[post.role, _seat(post)].append(post)
    staff.at = dict(found)
    classes = ClassPost.objects.filter(in_force(day), post__unit__county=county)
    for row in classes.select_related("post__person").order_by("-id"):
        staff.of_class[row.school_class_id] = row.post
    return staff


def _seat(post: Post) -> int | None:
    """The unit that a case stores for the post. An education office counts as its township."""
    return post.unit.parent_id if post.role == "education_office" else post.unit_id


def _unit(role: str, case: Case) -> int | None:
    return {
        "registrar": case.school_id,
        "head_teacher": case.school_id,
        "village_cadre": case.village_id,
        "township_officer": case.township_id,
        "township_leader": case.township_id,
        "education_office": case.township_id,
        "county_desk": case.county_id,
    }.get(role)
