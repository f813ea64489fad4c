"""What people tell of a visit or an illness stands in no table in clear; codes stay countable."""

import json
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from cases.models import CaseEvent, Contact
from cases.pages.timeline import entries
from cases.policy import Act
from foundation.accounts.audit import Origin
from foundation.messaging.actions import Letter, post_letters
from foundation.messaging.models import Message
from students.attendance.actions import record_slip
from students.attendance.models import Absence, LeaveSlip
from students.attendance.rolls.entries import SlipEntry
from students.census.models import Handover
from students.roster.changes.acts.reports import report_day
from students.roster.changes.entries import Seen
from students.roster.models import ReportLine
from tests.attendance.help import Caller, missing
from tests.cases.steps import FIRST_MISSED, a_case, at, do, event, reach
from tests.cast import Cast, make_child
from tests.clear_text import tables_with
from tests.doers import doing
from tests.roster.changing import FRI, by, record

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


def test_a_letter_leads_to_an_opinion_and_does_not_quote_it(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    day = reach(cast, case, "D3")
    do(cast, case, Act.CONTACT, "class_teacher", day, method="visit")
    do(cast, case, Act.CONFIRM_DROPOUT, "head_teacher", day)
    do(cast, case, Act.REVERT_DROPOUT, "county_desk", day, opinion=SECRET)
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", day)
    do(cast, case, Act.REQUEST_CLOSURE, "registrar", day, outcome="C05", evidence_note=SECRET)
    do(cast, case, Act.REFUSE_CLOSURE, "township_officer", day, opinion=SECRET)
    told = Message.objects.filter(title__in=["销号申请被退回", "辍学认定已撤销"])
    assert {row.url for row in told} == {f"/cases/{case.number}/"}
    assert all(case.number in row.body for row in told)
    assert tables_with(SECRET) == set()
    shown = [one.words for one in entries(case.events.all(), sensitive=False)]
    assert sum(SECRET in one for one in shown) == 3


def test_the_remark_of_a_daily_report_is_sealed(cast: Cast) -> None:
    child = make_child(cast.here)
    seen = Seen("out", child.pk, remark=SECRET)
    report_day(by(cast, "class_teacher", FRI), cast.here.school_class.pk, FRI, [seen])
    assert tables_with(SECRET) == set()
    assert ReportLine.objects.get().remark == SECRET


REMARKS = [
    ("roster_reportline", "students.roster.migrations.0026_sealed_remarks_of_reports"),
    ("census_handoverrow", "students.census.migrations.0004_sealed_remarks_of_leavers"),
]


@pytest.mark.parametrize(("table", "sealing"), REMARKS)
def test_remarks_of_before_come_along(cast: Cast, table: str, sealing: str) -> None:
    row = _remark(cast, table)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN remark text DEFAULT ''")
        cursor.execute(f"UPDATE {table} SET remark = %s", [SECRET])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.schema_editor() as editor:
        import_module(sealing).seal_remarks(editor)
    row.refresh_from_db()
    assert row.remark == SECRET


def _remark(cast: Cast, table: str) -> Any:
    """A line of a report, or a leaver on a roster that both schools have signed."""
    child = make_child(cast.here)
    if table == "roster_reportline":
        seen = Seen("out", child.pk)
        report_day(by(cast, "class_teacher", FRI), cast.here.school_class.pk, FRI, [seen])
        return ReportLine.objects.get()
    handover = Handover.objects.create(
        from_school=cast.here.school,
        to_school=cast.there.school,
        school_year=2025,
        prepared_by=cast.post("registrar"),
        prepared_on=FRI,
    )
    row = handover.rows.create(child=child, school_class=cast.here.school_class)
    Handover.objects.update(state=Handover.ACCEPTED)
    return row


def test_letters_of_before_lose_what_they_quoted(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    letter = Letter(
        "event:1:refused",
        cast.county.pk,
        "销号申请被退回",
        f"案号 {case.number}：{SECRET}",
        "",
        FRI,
    )
    post_letters([letter], FRI)
    with connection.schema_editor() as editor:
        import_module("cases.migrations.0017_letters_quote_nobody").quote_nobody(editor)
    body = Message.objects.get(key="event:1:refused").body
    assert body == f"案号 {case.number}。理由见个案的办理经过。"


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
