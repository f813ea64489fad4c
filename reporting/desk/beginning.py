"""What is to be done first where nothing has begun: a roster, class teachers, one's own class.

A desk that holds nothing says so only where there is nothing to begin with.
"""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from foundation.accounts.models import UnitKind
from foundation.accounts.roles import Reach, Right
from foundation.accounts.viewer import Viewer
from reporting.desk.today import Errand
from students.roster.models import ClassPost, Enrolment, SchoolClass
from students.roster.models.querysets import in_force

NO_CLASS = "还没有给您安排班级。请本校学籍管理员在“班主任安排”里选您，安排好就可以在这里点名。"
NO_PUPILS = "本县还没有导入名册。各校导入名册以后，学生、点名和个案都会出现在这里。"
_AREAS = (UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.EDUCATION_OFFICE, UnitKind.CENTRAL_SCHOOL)


def beginning_of(viewer: Viewer, today: date) -> list[Errand]:
    """The first steps of the viewer's school: the roster, then who teaches each class."""
    posts = viewer.posts_with(Right.IMPORT_ROSTER)
    schools = [post.unit_id for post in posts if post.unit_kind == UnitKind.SCHOOL]
    return [one for pk in schools for one in _of_school(viewer, pk, today)]


def _of_school(viewer: Viewer, school_id: int, today: date) -> Iterator[Errand]:
    here = Enrolment.objects.filter(in_force(today), school_id=school_id)
    if not here.exists():
        yield Errand("导入名册", reverse("roster:upload"), "还没有学生", "today", "去导入", True)
        return
    held = ClassPost.objects.filter(in_force(today), is_substitute=False)
    classes = SchoolClass.objects.taught_on(today).filter(pk__in=here.values("school_class"))
    bare = classes.exclude(pk__in=held.values("school_class")).count()
    if bare and (viewer.has(Right.MANAGE_STAFF) or viewer.has(Right.MANAGE_PEOPLE)):
        url = reverse("staff:class_teachers", args=[school_id])
        yield Errand("安排班主任", url, f"{bare} 个班没有班主任", "today", "去安排")


def why_empty(viewer: Viewer, today: date) -> str:
    """Why the desk holds nothing although work has not begun; empty where it has."""
    classes = {post.id for post in viewer.posts if post.role.pupils is Reach.CLASSES}
    if classes and len(classes) == len(viewer.posts):
        held = ClassPost.objects.filter(in_force(today), post_id__in=classes)
        return "" if held.exists() else NO_CLASS
    if any(post.unit_kind in _AREAS for post in viewer.posts):
        rows = Enrolment.objects.filter(school__unit__county_id=viewer.county_id)
        return "" if rows.exists() else NO_PUPILS
    return ""
