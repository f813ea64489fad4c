"""Short words for entering school: a primary school, its leavers, new children, and who acts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.accounts import actions as accounts
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person, Post, UnitKind
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import Viewer
from foundation.papers import acts as papers
from foundation.papers.models import Paper
from students.census import actions as census
from students.census.models import Entrant, Handover, Notice
from students.census.sheet import EntrantRow, check_row
from students.roster.models import Child, School, SchoolClass
from students.roster.pupils.acts.pupils import add_child, add_school, enrol, open_class
from students.roster.rules.ids import invent
from tests.cast import LONG_AGO, Cast, Side
from tests.doers import doing

YEAR = 2026
# The county's 报到注册日 of the autumn term 2026 (tests/cast.py).
REGISTRATION = date(2026, 8, 31)
SPRING = date(2026, 6, 15)  # before the school year, when notices go out
LAST_DAY = date(2026, 7, 10)


@dataclass
class Primary:
    """A primary school with its registrar, its head and its grade 6 of 2025–2026."""

    school: School
    registrar: Post
    head: Post
    grade_6: SchoolClass

    def viewer(self, day: date = SPRING) -> Viewer:
        """The registrar as the doer of a day."""
        return viewer_on(Person.objects.get(pk=self.registrar.person_id), day)

    def head_at_work(self, day: date = SPRING) -> Doer:
        """The head as the doer of a day."""
        viewer = viewer_on(Person.objects.get(pk=self.head.person_id), day)
        return doing(viewer, Origin(self.head.person_id, self.head.pk), today=day)

    @property
    def origin(self) -> Origin:
        """The registrar as the origin of an act."""
        return Origin(self.registrar.person_id, self.registrar.pk)


def make_primary(side: Side, name: str = "东镇小学", code: str = "2153000101") -> Primary:
    """A primary school below the side's central school."""
    unit = accounts.add_unit(UnitKind.SCHOOL, name, side.village.region, side.central_school)
    school = add_school(unit, code, side.township)
    person = Person.objects.create_person(f"reg{code}", "学籍员乙")
    post = accounts.grant_post(person, "registrar", unit, LONG_AGO, None)
    boss = Person.objects.create_person(f"head{code}", "校长乙")
    head = accounts.grant_post(boss, "head_teacher", unit, LONG_AGO, None)
    return Primary(school, post, head, open_class(school, "1", 2020, 1))


def a_leaver(side: Side, primary: Primary, name: str = "李六年", **facts: Any) -> Child:
    """A child of the village in grade 6 of the primary school."""
    facts.setdefault("home_village", side.village)
    facts.setdefault("home_township", side.township)
    county = side.township.county
    assert county is not None
    child = add_child(county, name, born_on=date(2014, 3, 2), **facts)
    enrol(child, primary.grade_6, date(2020, 9, 1))
    return child


def a_row(name: str = "王新生", number: int = 1, **facts: Any) -> EntrantRow:
    """A row of the list for grade 1, due in 2026."""
    born_on = facts.setdefault("born_on", date(2020, 5, 1))
    facts.setdefault("id_no", invent(born_on, number, "1"))
    facts.setdefault("guardian", "王父")
    facts.setdefault("phone", "13900000001")
    facts.setdefault("village", "东村村民委员会")
    return check_row(EntrantRow(number, name, **facts), YEAR)


def enter(primary: Primary, *rows: EntrantRow, day: date = SPRING) -> list[Entrant]:
    """The registrar puts the children on the list of grade 1."""
    rows = rows or (a_row(),)
    return census.add_entrants(
        doing(primary.viewer(day), primary.origin, today=day), primary.school, YEAR, list(rows)
    )


def draw_up(
    cast: Cast, entrants: Sequence[Entrant], day: date = SPRING, role: str = "township_officer"
) -> census.DrawnUp:
    """The township drafts the children's notices and sends them to be signed."""
    ids = [entrant.pk for entrant in entrants]
    return census.draw_up_notices(at_work(cast, role, day), ids)


def sign_notices(cast: Cast, drafts: Iterable[Paper], day: date = SPRING) -> None:
    """The head of the township reads and signs each."""
    head = at_work(cast, "township_leader", day)
    for paper in drafts:
        papers.sign(head, papers.look(head, paper))


def issue(cast: Cast, entrants: Sequence[Entrant], day: date = SPRING) -> list[Notice]:
    """The township drafts the children's notices, and its head signs them."""
    for batch in draw_up(cast, entrants, day).lists:
        sign_notices(cast, batch.papers.order_by("pk"), day)
    rows = Notice.objects.standing().filter(entrant__in=[one.pk for one in entrants])
    return list(rows.select_related("paper__unit").order_by("paper__seq"))


def at_work(cast: Cast, role: str, day: date = SPRING, *, there: bool = False) -> Doer:
    """A role of the cast as the doer of a day."""
    return doing(cast.viewer(role, day, there=there), origin_of(cast, role), today=day)


def hand_over(cast: Cast, primary: Primary, day: date = SPRING) -> Handover:
    """The primary school prepares its roster for our junior high, and its head signs it."""
    made = census.prepare_handovers(
        doing(primary.viewer(day), primary.origin, today=day),
        primary.school,
        YEAR,
        cast.here.school,
    )
    return sign(primary, made[0], day)


def sign(primary: Primary, handover: Handover, day: date = SPRING) -> Handover:
    """The registrar sends the roster to the head, who reads it and signs."""
    registrar = doing(primary.viewer(day), primary.origin, today=day)
    paper = paper_of(census.send_handover(registrar, handover.pk))
    head = primary.head_at_work(day)
    papers.sign(head, papers.look(head, paper))
    handover.refresh_from_db()
    return handover


def paper_of(handover: Handover) -> Paper:
    """The roster as a paper."""
    assert handover.paper is not None
    return handover.paper


def receiver(cast: Cast, day: date = SPRING) -> Doer:
    """The junior high's registrar at work."""
    return doing(cast.viewer("registrar", day), origin_of(cast, "registrar"), today=day)


def accept(cast: Cast, handover: Handover, day: date = SPRING) -> list[Entrant]:
    """The junior high signs for it; returns the children it expects."""
    papers.receive(receiver(cast, day), paper_of(handover))
    handover.refresh_from_db()
    rows = Entrant.objects.filter(handover_row__handover=handover)
    return list(rows.select_related("child", "school").order_by("pk"))


def tick(primary: Primary, entrant: Entrant, day: date, class_id: int | None = None) -> Any:
    """The primary school's registrar ticks a child as arrived."""
    return census.check_in(
        doing(primary.viewer(day), primary.origin, today=day), entrant.pk, class_id
    )


def tick_junior(cast: Cast, entrant: Entrant, day: date, class_id: int | None = None) -> Any:
    """The junior high's registrar ticks a child as arrived."""
    viewer = cast.viewer("registrar", day)
    return census.check_in(
        doing(viewer, origin_of(cast, "registrar"), today=day), entrant.pk, class_id
    )


def origin_of(cast: Cast, role: str) -> Origin:
    """A role of the cast as the origin of an act."""
    post = cast.post(role)
    return Origin(post.person_id, post.pk)
