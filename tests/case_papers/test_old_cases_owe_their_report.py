"""What a county had before reports were papers comes along: open cases, and what was sent."""

from datetime import date, datetime, time
from typing import Any

from cases.actions.context import Contexts
from cases.models import Case, Deadline, Dispatch
from cases.policy import Act
from cases.recount.reports import owe_reports
from foundation.accounts.audit import Origin
from tests.browsing import client_of, page
from tests.cases.steps import OPENED, a_case, do, sweep_on
from tests.cast import Cast, make_child
from tests.doers import CHINA

LATE = date(2025, 9, 22)


def _upgrade(day: date) -> int:
    return owe_reports(Contexts(day, datetime.combine(day, time(9), CHINA), Origin()))


def _as_of_old(case: Case, stage: str) -> None:
    """A case as it stood before: on a rung above D1, and no report owed."""
    assert case.stage == "D1"
    Case.objects.filter(pk=case.pk).update(stage=stage)


def test_an_open_case_owes_it_from_the_upgrade_on_and_once(cast: Cast) -> None:
    _as_of_old(a_case(cast, make_child(cast.here)), "D2")
    assert [_upgrade(OPENED), _upgrade(LATE)] == [1, 0]
    assert Deadline.objects.get(code="dual_report").due_on == date(2025, 9, 18)


def test_what_would_be_late_is_due_on_the_day_of_the_upgrade(cast: Cast) -> None:
    _as_of_old(a_case(cast, make_child(cast.here)), "D3")
    assert _upgrade(LATE) == 1
    assert Deadline.objects.get(code="dual_report").due_on == LATE


def test_who_has_reported_owes_nothing(cast: Cast) -> None:
    case = a_case(cast, make_child(cast.here))
    _as_of_old(case, "D3")
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", OPENED)
    assert _upgrade(LATE) == 0


def test_a_report_of_before_is_signed_for_on_the_case(cast: Cast, on: Any) -> None:
    case = a_case(cast, make_child(cast.here))
    sweep_on(date(2025, 9, 19))
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", LATE)
    on(LATE)
    officer = client_of(cast.person("township_officer"))
    assert "待签收的书面报告" in page(officer.get("/"))
    do(cast, case, Act.RECEIVE, "township_officer", LATE)
    sent = Dispatch.objects.get(case=case, to_level="township")
    assert (sent.paper, sent.received_on) == (None, LATE)
