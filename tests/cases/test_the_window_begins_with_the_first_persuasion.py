"""R5's three days: from the report, or from the first persuasion where the county chose so."""

from datetime import date

import pytest

from cases.models import CaseEvent
from cases.policy import Act, Stage
from foundation.accounts.actions import set_parameter
from tests.cases.steps import deadline, do, due, stage, sweep_on

FRI, MON, TUE, WED, THU = (date(2025, 9, n) for n in (12, 15, 16, 17, 18))
NEXT_FRI, NEXT_MON = date(2025, 9, 19), date(2025, 9, 22)


@pytest.fixture
def case(cast, standing_case):
    """Reported on Friday: counted from the report, the three days end on Wednesday."""
    return do(cast, standing_case(), Act.REPORT, "class_teacher", FRI)


def chosen(cast, since: date = date(2025, 9, 1)) -> None:
    set_parameter(cast.county, "P4S", "contact", since, "县教体发〔2025〕15号")


def dates(case) -> tuple[date, date]:
    return due(case, "visit"), due(case, "ask_village")


def test_by_default_a_late_persuasion_buys_no_time(cast, case) -> None:
    do(cast, case, Act.CONTACT, "class_teacher", MON)
    assert dates(case) == (WED, THU)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(FRI, (WED, THU)), (MON, (THU, NEXT_FRI)), (TUE, (NEXT_FRI, NEXT_MON))],
    ids=["on the day of the report", "a day later", "two days later"],
)
def test_chosen_so_they_run_from_the_first_persuasion(cast, case, day, expected) -> None:
    chosen(cast)
    do(cast, case, Act.CONTACT, "class_teacher", day)
    assert dates(case) == expected


def test_a_second_persuasion_does_not_begin_them_again(cast, case) -> None:
    chosen(cast)
    do(cast, case, Act.CONTACT, "class_teacher", MON)
    do(cast, case, Act.CONTACT, "registrar", TUE)
    assert dates(case) == (THU, NEXT_FRI)
    assert CaseEvent.objects.filter(case=case, act=Act.REDATE).count() == 2


def test_a_visit_is_done_and_the_village_is_asked_later(cast, case) -> None:
    chosen(cast)
    do(cast, case, Act.CONTACT, "class_teacher", MON, method="visit")
    assert deadline(case, "visit").met_on == MON
    assert due(case, "ask_village") == NEXT_FRI


def test_without_any_persuasion_they_run_from_the_report(cast, case) -> None:
    chosen(cast)
    sweep_on(THU)
    assert stage(case) == Stage.D2
    sweep_on(NEXT_FRI)
    assert stage(case) == Stage.D3


def test_a_case_reported_the_day_before_the_choice_keeps_the_report(cast, case) -> None:
    chosen(cast, MON)
    do(cast, case, Act.CONTACT, "class_teacher", MON)
    assert dates(case) == (WED, THU)
