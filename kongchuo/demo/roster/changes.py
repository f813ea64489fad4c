"""异动 of the demo.

These are transfers out in time and overdue, one between schools, a suspension about to end, a class
move, and a substitute teacher.
"""

from dataclasses import replace
from datetime import date

from foundation.accounts.models import Unit
from kongchuo.demo.roster.desks import (
    COUNTY_DESK,
    PRIMARY_REGISTRAR,
    REGISTRAR,
    class_of,
    desk_of,
    officer_of,
    paper,
    pupil,
    schools_of,
    tour_school,
)
from students.roster.changes.acts import suspensions
from students.roster.changes.acts.recording import record_change
from students.roster.changes.entries import ChangeEntry
from students.roster.models import Change, ClassPost
from students.staff.acts.class_teachers import set_substitute

SUSPENDED_UNTIL = date(2025, 11, 25)  # 13 days after the tour begins
SUBSTITUTE_UNTIL = date(2025, 11, 21)


def suspend(county: Unit, day: date) -> None:
    """The school asks for a pupil's suspension, with the two papers (R32)."""
    child = pupil(tour_school(county), 8, 1, 2, day)
    entry = ChangeEntry(
        "suspension",
        day,
        child.pk,
        reason="10",
        until=SUSPENDED_UNTIL,
        papers=(paper("监护人书面申请"), paper("县级以上医院诊断证明")),
    )
    _record(entry, REGISTRAR, day)


def approve_suspension(county: Unit, day: date) -> None:
    """The township approves it."""
    change = Change.objects.get(county=county, kind="suspension", state="applied")
    by = officer_of(change.township_id or 0, day)
    suspensions.approve_suspension(by.doer, change.pk, "材料齐全，同意休学。")


def file_suspension(county: Unit, day: date) -> None:
    change = Change.objects.get(county=county, kind="suspension", state="approved")
    by = desk_of(COUNTY_DESK, day)
    suspensions.file_suspension(by.doer, change.pk, "准予备案。")


def let_go(county: Unit, day: date) -> None:
    """A transfer out of the county without proof of arrival, overdue or not by its date."""
    seat = {10: (9, 2, 2), 11: (7, 1, 2)}[day.month]
    child = pupil(tour_school(county), *seat, day)
    entry = ChangeEntry(
        "transfer_out",
        day,
        child.pk,
        outside_school="昌宁县某初级中学",
        outside_place="云南省保山市昌宁县",
        reason="99",
        note="随父母到外县就读。",
        papers=(paper("转学申请"),),
    )
    _record(entry, REGISTRAR, day)


def hand_over(county: Unit, day: date) -> None:
    """A transfer to another primary school of the county, which has not confirmed yet."""
    schools = schools_of(county)
    child = pupil(schools["青松"], 3, 1, 4, day)
    entry = ChangeEntry(
        "transfer_within",
        day,
        child.pk,
        to_school_id=schools["向阳"].pk,
        reason="99",
        note="随父母搬家。",
        papers=(paper("转学申请"),),
    )
    _record(entry, PRIMARY_REGISTRAR, day)


def move_class(county: Unit, day: date) -> None:
    """A move to the other class of the grade."""
    school = tour_school(county)
    child = pupil(school, 7, 1, 7, day)
    to = class_of(school, 7, 2, day)
    entry = ChangeEntry(
        "class_move", day, child.pk, to_class_id=to.pk, note="经家长申请、学校同意。"
    )
    _record(entry, REGISTRAR, day)


def find_substitute(county: Unit, day: date) -> None:
    """A colleague takes over a class for two weeks, from the next school day on."""
    school = tour_school(county)
    wanted, colleagues = class_of(school, 8, 1, day), class_of(school, 7, 1, day)
    person = ClassPost.objects.get(school_class=colleagues).post.person_id
    by = desk_of(REGISTRAR, day)
    doer = replace(by.doer, reason="班主任参加县级培训")
    set_substitute(doer, wanted, person, date(2025, 11, 10), SUBSTITUTE_UNTIL)


def _record(entry: ChangeEntry, login: str, day: date) -> None:
    by = desk_of(login, day)
    record_change(by.doer, entry)
