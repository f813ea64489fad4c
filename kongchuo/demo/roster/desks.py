"""The posts that act on the demo's roster on a day, and the pupils and papers of these acts."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Post, Unit
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import Viewer
from kongchuo.demo.county.chance import number
from kongchuo.demo.county.dates import at
from kongchuo.demo.county.schools import TOUR_WORD, TOWN, word_of
from students.roster.changes.entries import ChangePaper
from students.roster.models import Child, Enrolment, School, SchoolClass
from students.roster.rules.grades import entry_year_of, school_year_of

REGISTRAR, PRIMARY_REGISTRAR, COUNTY_DESK = "xueji", "xj02", "jijiaogu2"
_PAGE, _MARGIN, _LINE = (620, 877), 60, 42


@dataclass(frozen=True, slots=True)
class Desk:
    """A post on a day, with what an act asks of its holder."""

    post: Post
    day: date
    hour: int = 10

    @property
    def viewer(self) -> Viewer:
        return viewer_on(self.post.person, self.day)

    @property
    def origin(self) -> Origin:
        return Origin(self.post.person_id, self.post.pk)

    @property
    def doer(self) -> Doer:
        return Doer(self.viewer, self.origin, self.day, self.now)

    @property
    def now(self) -> datetime:
        return at(self.day, self.hour)


def desk_of(login: str, day: date, hour: int = 10) -> Desk:
    """The desk of an account's first post."""
    posts = Post.objects.filter(person__username=login).select_related("person")
    return Desk(posts.order_by("pk")[0], day, hour)


def officer_of(township_id: int, day: date) -> Desk:
    """The desk of a township's officer."""
    return _at(township_id, "township_officer", day)


def leader_of(township_id: int, day: date) -> Desk:
    """The desk of who signs for a township."""
    return _at(township_id, "township_leader", day)


def _at(unit_id: int, role: str, day: date) -> Desk:
    posts = Post.objects.filter(role=role, unit_id=unit_id)
    return Desk(posts.select_related("person").order_by("pk")[0], day)


def schools_of(county: Unit) -> dict[str, School]:
    """The schools by their invented name."""
    rows = School.objects.filter(unit__county=county).select_related("unit", "township")
    return {word_of(school.code): school for school in rows}


def class_of(school: School, grade: int, of_grade: int, day: date) -> SchoolClass:
    """A class by its grade and number on a day."""
    stage = "1" if grade <= 6 else "2"
    year = entry_year_of(stage, grade, school_year_of(day))
    return SchoolClass.objects.get(school=school, stage=stage, entry_year=year, number=of_grade)


def pupil(school: School, grade: int, of_grade: int, seat: int, day: date) -> Child:
    """The pupil on a seat of a class."""
    seated = Enrolment.objects.on(day).filter(
        school_class=class_of(school, grade, of_grade, day), seat_no=f"{seat:02d}"
    )
    child: Child = seated.select_related("child").get().child
    return child


def villages_near(county: Unit) -> list[Unit]:
    rows = Unit.objects.filter(
        county=county, kind="village", region__code__startswith=f"530922{TOWN}"
    )
    return list(rows.select_related("parent", "region").order_by("region__code"))


def phone(*purpose: object) -> str:
    """A number that reaches nobody, as in pupils.py."""
    return f"142{number(0, 99_999_999, 'phone', *purpose):08d}"


def paper(title: str) -> ChangePaper:
    """A scanned page without text: lines where text would be."""
    page = Image.new("RGB", _PAGE, "white")
    draw = ImageDraw.Draw(page)
    for line in range(14):
        y = 2 * _MARGIN + line * _LINE
        draw.line((_MARGIN, y, _PAGE[0] - _MARGIN * (1 + line % 3), y), fill="gray", width=3)
    target = BytesIO()
    page.save(target, "PNG")
    return ChangePaper(title, f"{title}.png", target.getvalue())


def tour_school(county: Unit) -> School:
    """The school of the tour's accounts."""
    return schools_of(county)[TOUR_WORD]


def head_of(school: School, day: date) -> Desk:
    """The desk of a school's head."""
    return _at(school.pk, "head_teacher", day)
