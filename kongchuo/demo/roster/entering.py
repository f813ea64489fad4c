"""Entering school in the demo (R25 to R29).

Grade 1 enters by notice and registration, grade 7 by the roster that a primary school hands over.
"""

from datetime import date

from foundation.accounts.models import Unit
from foundation.papers import acts as papers
from kongchuo.demo.county.chance import number, share
from kongchuo.demo.county.dates import SCHOOL_YEAR
from kongchuo.demo.county.names import child_name, relative_name
from kongchuo.demo.roster.desks import (
    PRIMARY_REGISTRAR,
    REGISTRAR,
    Desk,
    desk_of,
    head_of,
    leader_of,
    phone,
    schools_of,
    tour_school,
    villages_near,
)
from students.census import actions
from students.census.models import Entrant, Handover, Notice
from students.census.occasions import entry_classes
from students.census.sheet import EntrantRow, check_row
from students.roster.models import Child, School
from students.roster.pupils.acts.pupils import add_child, enrol, open_class
from students.roster.rules.ids import invent

ENTRANTS = GRADUATES = 6
_GRADUATES_ENTERED = date(2019, 9, 1)
_SERIAL = 480  # of ID numbers: far from those of pupils.py


def enter_list(county: Unit, day: date) -> None:
    """The primary school lists the children due in grade 1 and sets its registration day."""
    school, by = schools_of(county)["青松"], desk_of(PRIMARY_REGISTRAR, day)
    villages = villages_near(county)
    rows = [_entrant(n, villages[n % len(villages)]) for n in range(1, ENTRANTS + 1)]
    actions.add_entrants(by.doer, school, SCHOOL_YEAR, rows)
    _set_day(school, by, "一楼教务处", {"1": 1})


def send_notices(county: Unit, day: date) -> None:
    """The school draws up the notices of its list; the head of the township signs them."""
    by = desk_of(PRIMARY_REGISTRAR, day)
    entrants = Entrant.objects.filter(school=schools_of(county)["青松"], school_year=SCHOOL_YEAR)
    drawn = actions.draw_up_notices(by.doer, list(entrants.values_list("pk", flat=True)))
    for batch in drawn.lists:
        head = leader_of(batch.unit_id, day).doer
        for paper in batch.papers.order_by("pk"):
            papers.sign(head, papers.look(head, paper))


def serve_notices(county: Unit, day: date) -> None:
    """Record that the notices were handed over at home."""
    by = desk_of(PRIMARY_REGISTRAR, day)
    notices = Notice.objects.filter(entrant__school=schools_of(county)["青松"])
    pks = list(notices.values_list("pk", flat=True))
    actions.hand_out_notices(by.doer, pks, day, "")


def hand_over(county: Unit, day: date) -> None:
    """The primary school lists last year's whole grade 6, and its head signs (R27)."""
    schools, by = schools_of(county), desk_of(PRIMARY_REGISTRAR, day)
    _make_graduates(county, schools["青松"])
    made = actions.prepare_handovers(by.doer, schools["青松"], SCHOOL_YEAR, tour_school(county))
    head = head_of(schools["青松"], day).doer
    for handover in made:
        paper = actions.send_handover(by.doer, handover.pk).paper
        assert paper is not None
        papers.sign(head, papers.look(head, paper))


def take_over(county: Unit, day: date) -> None:
    """The junior high signs, and sets its registration day."""
    school, by = tour_school(county), desk_of(REGISTRAR, day)
    for handover in Handover.objects.filter(to_school=school, school_year=SCHOOL_YEAR):
        assert handover.paper is not None
        papers.receive(by.doer, handover.paper)
    _set_day(school, by, "教学楼一楼大厅", {"2": 2})


def check_in_all(county: Unit, day: date) -> None:
    """Tick all but the last child of each list as arrived; that one goes to school elsewhere."""
    schools = schools_of(county)
    _check_in(schools["青松"], "1", desk_of(PRIMARY_REGISTRAR, day))
    _check_in(tour_school(county), "2", desk_of(REGISTRAR, day))


def _check_in(school: School, stage: str, by: Desk) -> None:
    *came, elsewhere = Entrant.objects.filter(school=school, school_year=SCHOOL_YEAR).order_by("pk")
    classes = entry_classes(school, stage, SCHOOL_YEAR)
    for order, entrant in enumerate(came):
        seat = classes[order % len(classes)].pk
        actions.check_in(by.doer, entrant.pk, seat)
    proof = "就读学校出具的在读证明"
    actions.exempt(by.doer, elsewhere.pk, "elsewhere", proof, None)


def _set_day(school: School, by: Desk, place: str, classes: dict[str, int]) -> None:
    day = date(SCHOOL_YEAR, 8, 31)
    actions.set_registration_day(
        by.doer,
        school,
        SCHOOL_YEAR,
        day,
        place,
        "8:30—17:00",
        classes,
    )


def _entrant(n: int, village: Unit) -> EntrantRow:
    born_on, sex = _born(n, SCHOOL_YEAR - 6), _sex("entrant", n)
    name = child_name(sex, "01", "entrant", n)
    row = EntrantRow(
        number=n,
        name=name,
        sex=sex,
        born_on=born_on,
        id_no=invent(born_on, _SERIAL + n, sex),
        village=village.name,
        guardian=relative_name(name, "51", "1", "entrant", n),
        phone=phone("entrant", n),
    )
    return check_row(row, SCHOOL_YEAR)


def _make_graduates(county: Unit, school: School) -> list[Child]:
    """Make the children of last year's grade 6, as the school's roster of that year held them."""
    grade_6 = open_class(school, "1", _GRADUATES_ENTERED.year, 1)
    villages = villages_near(county)
    found = [_graduate(county, n, villages[n % len(villages)]) for n in range(1, GRADUATES + 1)]
    for seat, child in enumerate(found, start=1):
        enrol(child, grade_6, _GRADUATES_ENTERED, f"{seat:02d}")
    return found


def _graduate(county: Unit, n: int, village: Unit) -> Child:
    born_on, sex = _born(n, SCHOOL_YEAR - 12), _sex("leaver", n)
    name, id_no = child_name(sex, "01", "leaver", n), invent(born_on, _SERIAL + n, sex)
    father = relative_name(name, "51", "1", "leaver", n)
    return add_child(
        county,
        name,
        id_no=id_no,
        registry_no=f"G{id_no}",
        guardians=({"name": father, "phone": phone("leaver", n), "relation": "父亲"},),
        sex=sex,
        born_on=born_on,
        ethnicity="01",
        home_region=village.region.code,
        home_village=village,
        home_township=village.parent,
    )


def _born(n: int, year: int) -> date:
    return date(year - 1, 9 + n % 4, 1 + number(0, 27, "born", year, n))


def _sex(*purpose: object) -> str:
    return "1" if share("sex", *purpose) < 0.5 else "2"
