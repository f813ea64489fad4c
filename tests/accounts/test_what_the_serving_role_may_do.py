"""The serving role cannot change what happened."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import InternalError, ProgrammingError, connection, models, transaction

from cases.models import Case, Closure, Deadline
from cases.policy import Act
from foundation.accounts.models import Post
from foundation.protected import sealed
from reporting.returns.models import BuiltReturn
from tests.cases.steps import a_case, do, sweep_on
from tests.cast import Cast, make_child

APPEND_ONLY = (
    "accounts_auditevent",
    "accounts_limitreport",
    "accounts_peopledecision",
    "accounts_peoplerequest",
    "cases_caseevent",
    "cases_contact",
    "roster_exportdecision",
)
STATEMENTS = ("UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE")


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", STATEMENTS)
def test_events_and_audit_refuse_change(cast: Cast, table: str, statement: str) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement.format(table))


def test_the_tests_run_as_the_serving_role(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (settings.SERVING_ROLE,)


STAYS = "keeps what was written"


def _refused(rows: "models.QuerySet[Any]", /, **changed: Any) -> None:
    """The change is refused, whoever asks for it in whatever way."""
    with pytest.raises((InternalError, ProgrammingError), match=STAYS), transaction.atomic():
        rows.update(**changed)


def test_no_setting_silences_the_history(cast: Cast) -> None:
    child: Any = make_child(cast.here, "张小明")
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'roster_child'::regclass")
        names = ",".join(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + names + "}"])
    child.name = "张大明"
    child.save()
    assert [row.name for row in child.snapshots.all()] == ["张小明"]


def test_who_serves_cannot_write_the_function_behind_the_history(cast: Cast) -> None:
    statement = (
        "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name)"
        " RETURNS boolean LANGUAGE sql AS 'SELECT TRUE'"
    )
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute(statement)


def test_a_built_return_stays(cast: Cast) -> None:
    made = BuiltReturn.objects.create(
        county=cast.county,
        code="F16",
        period=date(2025, 9, 1),
        version=1,
        as_of=date(2025, 9, 30),
        filed_on=date(2025, 9, 30),
        built_by=cast.post("county_desk"),
        created_at=_at(30),
    )
    mine = BuiltReturn.objects.filter(pk=made.pk)
    _refused(mine, as_of=date(2025, 9, 29))
    sealed = {"canonical_sealed": "k1:rows", "workbook_sealed": b"k1:PK"}
    mine.update(state=BuiltReturn.BUILT, rows_hash="a" * 64, **sealed)
    _refused(mine, canonical_sealed="")
    _refused(mine, rows_hash="")
    _refused(mine, workbook_sealed=b"")
    _refused(mine, state=BuiltReturn.BUILDING)


def test_a_past_deadline_stays(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    do(cast, case, Act.REPORT, "class_teacher", case.opened_on)
    met = Deadline.objects.filter(case=case, met_on__isnull=False)
    owed = Deadline.objects.filter(case=case, met_on=None, void_on=None)
    assert met.exists()
    assert owed.exists()
    _refused(met, met_on=None, met_event=None)
    _refused(met, met_on=date(2025, 9, 30))
    _refused(met, told_on=date(2025, 9, 30))
    _refused(owed, due_on=date(2026, 9, 30))
    sweep_on(date(2025, 9, 19))
    missed = Deadline.objects.filter(case=case, lapsed_on__isnull=False)
    assert missed.exists()
    _refused(missed, lapsed_on=None)


def test_a_closure_stays(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    mine = _asked_and_refused(cast, case)
    for changed in ({"approved": True}, {"decided": None}, {"outcome": "C02"}):
        _refused(mine, **changed)
    _refused(mine, evidence_note_sealed="")


def _asked_and_refused(cast: Cast, case: Case) -> "models.QuerySet[Closure]":
    events = list(case.events.order_by("pk")[:1])
    do(cast, case, Act.REPORT, "class_teacher", case.opened_on)
    events += list(case.events.order_by("-pk")[:1])
    closure = Closure.objects.create(
        case=case,
        outcome="C01",
        requested=events[0],
        **sealed(evidence_note="转学证明"),
        needs_township=False,
    )
    mine = Closure.objects.filter(pk=closure.pk)
    assert mine.update(decided=events[1], approved=False) == 1
    return mine


def test_a_post_s_past_stays(cast: Cast) -> None:
    mine = Post.objects.filter(pk=cast.post("registrar").pk)
    _refused(mine, starts_on=date(2025, 9, 12))
    _refused(mine, role="township_officer")
    _refused(mine, person=cast.person("class_teacher"))
    mine.update(ends_on=date(2025, 9, 20), ended_at=_at(10))
    mine.update(ends_on=date(2025, 9, 15), ended_at=_at(15))
    _refused(mine, ends_on=date(2025, 9, 16))
    _refused(mine, ends_on=None, ended_at=None)
    _refused(mine, ends_on=date(2025, 9, 14), ended_at=_at(16))
    _refused(mine, ended_at=_at(14))


def test_a_class_post_s_past_stays(cast: Cast) -> None:
    mine = cast.post("class_teacher").classes.all()
    assert mine.count() == 1
    _refused(mine, starts_on=date(2025, 9, 12))
    _refused(mine, is_substitute=True)
    _refused(mine, post=cast.post("head_teacher"))
    _refused(mine, ends_on=date(2025, 9, 20))
    mine.update(ends_on=date(2025, 9, 20), ended_at=_at(10))
    mine.update(ends_on=date(2025, 9, 15), ended_at=_at(15))
    _refused(mine, ends_on=date(2025, 9, 16))
    _refused(mine, ends_on=None, ended_at=None)
    _refused(mine, ends_on=date(2025, 9, 14), ended_at=_at(16))
    _refused(mine, ended_at=_at(14))


def _at(day: int) -> datetime:
    return datetime(2025, 9, day, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def test_a_child_cannot_be_deleted(cast: Cast) -> None:
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("DELETE FROM roster_child")
