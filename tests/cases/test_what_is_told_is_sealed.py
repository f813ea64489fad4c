"""What people tell of a visit or an illness stands in no table in clear; codes stay countable."""

import json
from datetime import date
from importlib import import_module

from django.db import connection

from cases.models import CaseEvent, Contact
from cases.pages.timeline import entries
from cases.policy import Act
from foundation.accounts.audit import Origin
from students.attendance.actions import record_slip
from students.attendance.models import Absence, LeaveSlip
from students.attendance.rolls.entries import SlipEntry
from tests.attendance.help import Caller, missing
from tests.cases.steps import FIRST_MISSED, a_case, at, do, event
from tests.cast import Cast, make_child
from tests.clear_text import tables_with
from tests.doers import doing
from tests.roster.changing import record

SECRET = "祖母说孩子发烧住院"


def test_a_visit_is_sealed_and_read_on_the_case(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    words = dict.fromkeys(("place", "participants", "met", "content", "next_step"), SECRET)
    do(cast, case, Act.REPORT, "class_teacher", case.opened_on, contact_tried=SECRET, note=SECRET)
    do(cast, case, Act.CONTACT, "class_teacher", case.opened_on, **words)
    assert tables_with(SECRET) == set()
    contact = Contact.objects.get()
    assert {name: getattr(contact, name) for name in words} == words
    told = event(case, Act.CONTACT)
    assert (told.data["method"], told.said["content"]) == ("phone", SECRET)
    shown = [one.words for one in entries(case.events.all(), sensitive=False)]
    assert sum(SECRET in one for one in shown) == 2


def test_an_illness_is_sealed_in_the_roll_and_in_the_slip(cast: Cast) -> None:
    child = make_child(cast.here)
    Caller(cast).call(FIRST_MISSED, missing(child, "other", note=SECRET))
    viewer, post = cast.viewer("class_teacher", FIRST_MISSED), cast.post("class_teacher")
    doer = doing(viewer, Origin(post.person_id, post.pk), today=FIRST_MISSED, now=at(FIRST_MISSED))
    record_slip(doer, SlipEntry(child.pk, "sick", FIRST_MISSED, FIRST_MISSED, SECRET))
    assert tables_with(SECRET) == set()
    assert Absence.objects.get().note == LeaveSlip.objects.get().reason == SECRET


def test_the_note_of_a_suspension_is_sealed_with_each_of_its_steps(cast: Cast) -> None:
    change = record(
        cast, "suspension", make_child(cast.here), reason="10", until=date(2026, 3, 1), note=SECRET
    )
    assert tables_with(SECRET) == set()
    assert (change.note, change.events.get().text) == (SECRET, SECRET)


def test_an_absence_without_a_note_has_no_uuid(cast: Cast) -> None:
    Caller(cast).call(FIRST_MISSED, missing(make_child(cast.here)))
    assert Absence.objects.filter(uuid=None, note_sealed="").count() == 1


def test_what_was_told_before_comes_along(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    do(cast, case, Act.CONTACT, "class_teacher", case.opened_on)
    _as_it_was()
    with connection.schema_editor() as editor:
        import_module("cases.migrations.0006_sealed_narratives").seal_narratives(editor)
    told = event(case, Act.CONTACT)
    assert (told.text, told.data) == (SECRET, {"method": "visit"})
    assert told.said == {"method": "visit", "content": SECRET, "met": "祖母"}
    contact = Contact.objects.get()
    assert (contact.content, contact.met) == (SECRET, "")
    assert len(set(CaseEvent.objects.values_list("uuid", flat=True))) == CaseEvent.objects.count()


def _as_it_was() -> None:
    """Events and contacts with the columns of before, in clear."""
    data = json.dumps({"method": "visit", "content": SECRET, "met": "祖母"})
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what was written here is checked by now
        for table in ("cases_caseevent", "cases_contact"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for name in ("place", "participants", "met", "content", "next_step"):
            cursor.execute(f"ALTER TABLE cases_contact ADD COLUMN {name} text DEFAULT ''")
        cursor.execute("ALTER TABLE cases_caseevent ADD COLUMN text text DEFAULT ''")
        cursor.execute("UPDATE cases_contact SET content = %s", [SECRET])
        cursor.execute(
            "UPDATE cases_caseevent SET text = %s, data = %s WHERE act = 'contact'", [SECRET, data]
        )
        for table in ("cases_caseevent", "cases_contact"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
