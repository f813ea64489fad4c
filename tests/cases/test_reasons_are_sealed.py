"""Why a roll was corrected, a slip taken back or a report found wrong stands nowhere in clear."""

from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from foundation.accounts.models import AuditEvent
from students.attendance.actions import record_slip, take_back_slip
from students.attendance.models import LeaveSlip, Submission
from students.attendance.rolls.entries import SlipEntry
from students.roster.changes.acts.reports import report_day, verify_line
from students.roster.changes.entries import Seen
from students.roster.models import ReportLine
from tests.attendance.help import FRI, THU, Caller, missing
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.clear_text import tables_with
from tests.roster.changing import by

SECRET = "祖母说孩子发烧住院"


def correct(cast: Cast) -> None:
    Caller(cast).call(THU, missing(make_child(cast.here)))
    Caller(cast, "registrar").call(THU, today=FRI, reason=SECRET)


def taken_back(cast: Cast) -> LeaveSlip:
    child, teacher = make_child(cast.here), by(cast, "class_teacher", FRI)
    slip = record_slip(teacher, SlipEntry(child.pk, "sick", FRI, FRI, SECRET))
    return take_back_slip(teacher, slip, SECRET)


def dismissed(cast: Cast) -> ReportLine:
    teacher, seen = by(cast, "class_teacher", FRI), Seen("out", make_child(cast.here).pk)
    report_day(teacher, cast.here.school_class.pk, FRI, [seen])
    return verify_line(by(cast, "registrar", FRI), ReportLine.objects.get().pk, None, SECRET)


def test_a_corrected_roll_and_its_audit_row_tell_why_to_who_may_read_it(cast: Cast) -> None:
    correct(cast)
    assert tables_with(SECRET) == set()
    assert Submission.objects.latest("version").reason == SECRET
    event = AuditEvent.objects.get(verb="correct_roll")
    assert event.reason == SECRET
    assert SECRET in page(client_of(cast.person("auditor")).get(f"/audit/{event.pk}/"))


def test_a_slip_that_was_taken_back_tells_why(cast: Cast) -> None:
    slip = taken_back(cast)
    assert tables_with(SECRET) == set()
    assert LeaveSlip.objects.get(pk=slip.pk).taken_back_reason == SECRET
    assert AuditEvent.objects.get(verb="take_back_slip").reason == SECRET


def test_a_line_that_is_no_change_tells_why_and_waits_no_longer(cast: Cast) -> None:
    line = dismissed(cast)
    assert tables_with(SECRET) == set()
    assert ReportLine.objects.get(pk=line.pk).dismissed == SECRET
    assert not ReportLine.objects.waiting().exists()


OF_ROLLS = "students.attendance.migrations.0011_sealed_reasons"
OF_REPORTS = "students.roster.migrations.0029_sealed_findings_of_reports"
OF_THE_AUDIT = "foundation.accounts.migrations.0022_sealed_reasons_of_the_audit"
BEFORE = [
    ("attendance_submission", "reason", OF_ROLLS),
    ("attendance_leaveslip", "taken_back_reason", OF_ROLLS),
    ("roster_reportline", "dismissed", OF_REPORTS),
    ("accounts_auditevent", "reason", OF_THE_AUDIT),
]


@pytest.mark.parametrize(("table", "column", "sealing"), BEFORE, ids=[one[0] for one in BEFORE])
def test_reasons_of_before_come_along(cast: Cast, table: str, column: str, sealing: str) -> None:
    correct(cast)
    taken_back(cast)
    dismissed(cast)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, plain in {(table, column) for table, column, _ in BEFORE}:
            cursor.execute(f"ALTER TABLE {name} ADD COLUMN {plain} text DEFAULT ''")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {column} = %s, {column}_sealed = 'none'", [SECRET])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connection.schema_editor() as editor:
        import_module(sealing).seal_reasons(editor)
    assert {getattr(row, column) for row in _rows(table)} == {SECRET}


def _rows(table: str) -> list[Any]:
    models = (Submission, LeaveSlip, ReportLine, AuditEvent)
    found = next(one for one in models if one._meta.db_table == table)
    return list(found.objects.all())


def test_the_audit_stays_append_only(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%append_only'"
        )
        kept = {name for (name,) in cursor.fetchall()}
    assert {"accounts_auditevent", "census_handoverstep"} <= kept
