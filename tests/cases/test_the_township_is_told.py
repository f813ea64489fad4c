"""The written report with its two addressees, and what must come before an order (R6, R15, P7)."""

from datetime import date, time

import pytest

from cases.models import Dispatch, Order
from cases.policy import Act, NotAllowed, Stage
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit
from tests.cases.steps import a_case, deadline, do, due, stage, sweep_on
from tests.cast import Cast, make_child

D3, MON, TUE, WED = date(2025, 9, 19), date(2025, 9, 22), date(2025, 9, 23), date(2025, 9, 24)


@pytest.fixture
def case(cast: Cast):
    case = a_case(cast, make_child(cast.here))
    sweep_on(D3)
    return do(cast, case, Act.REPORT_TOWNSHIP, "registrar", MON)


def test_each_addressee_signs_for_itself(cast, case) -> None:
    assert stage(case) == Stage.D4
    do(cast, case, Act.RECEIVE, "education_office", TUE)
    signed = {(d.to_unit, d.received_on) for d in Dispatch.objects.filter(case=case)}
    county = (cast.county, None)  # signs on the paper (tests/case_papers/test_the_dual_report.py)
    assert signed == {(cast.here.township, None), (cast.here.office, TUE), county}
    do(cast, case, Act.RECEIVE, "township_officer", WED)
    ours = Dispatch.objects.exclude(to_unit=cast.county)
    assert set(ours.values_list("received_on", flat=True)) == {TUE, WED}


def test_who_has_signed_does_not_sign_again(cast, case) -> None:
    do(cast, case, Act.RECEIVE, "township_officer", TUE)
    with pytest.raises(NotAllowed, match="没有待本单位签收的报告"):
        do(cast, case, Act.RECEIVE, "township_leader", TUE)


def test_nothing_is_signed_for_before_it_was_sent(cast, case) -> None:
    with pytest.raises(NotAllowed, match="日期不能早于送出日期（2025-09-22）"):
        do(cast, case, Act.RECEIVE, "township_officer", TUE, occurred_on=date(2025, 9, 19))


def test_a_township_without_an_office_signs_for_both_at_once(cast) -> None:
    Unit.objects.filter(pk=cast.here.office.pk).update(is_open=False)
    case = a_case(cast, make_child(cast.here, "李小红"))
    sweep_on(D3)
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", MON)
    assert {d.to_unit for d in case.dispatches.all()} == {cast.here.township, cast.county}
    do(cast, case, Act.RECEIVE, "township_officer", TUE)
    assert [d.received_on for d in case.dispatches.all()] == [TUE, TUE, None]


def test_the_township_s_days_run_from_the_report(cast, case) -> None:
    assert (deadline(case, "serve_order").day0, due(case, "serve_order")) == (
        MON,
        date(2025, 9, 28),  # a Sunday that is worked
    )


def _persuade(cast: Cast, case, *visits: tuple[date, str]) -> None:
    for hour, (day, method) in enumerate(visits, start=9):
        do(cast, case, Act.CONTACT, "township_officer", day, method=method, time=time(hour))


def test_two_attempts_and_one_in_person_are_too_few_for_an_order(cast, case) -> None:
    _persuade(cast, case, (MON, "visit"), (TUE, "phone"))
    with pytest.raises(Refused, match="现有2次、当面1次。请先记录劝返。"):
        do(cast, case, Act.SERVE_ORDER, "township_officer", WED)
    assert not Order.objects.exists()


def test_three_attempts_of_which_one_in_person_are_too_few(cast, case) -> None:
    _persuade(cast, case, (MON, "visit"), (TUE, "phone"), (WED, "video"))
    with pytest.raises(Refused, match="现有3次、当面1次"):
        do(cast, case, Act.SERVE_ORDER, "township_officer", WED)


def test_three_attempts_on_one_day_are_one(cast, case) -> None:
    _persuade(cast, case, (MON, "visit"), (MON, "visit"), (MON, "phone"))
    with pytest.raises(Refused, match="现有1次、当面1次"):
        do(cast, case, Act.SERVE_ORDER, "township_officer", WED)


def test_attempts_after_the_service_do_not_count(cast, case) -> None:
    _persuade(cast, case, (MON, "visit"), (TUE, "visit"), (WED, "phone"))
    with pytest.raises(Refused, match="现有2次、当面2次"):
        do(cast, case, Act.SERVE_ORDER, "township_officer", WED, occurred_on=TUE)


def test_three_attempts_two_in_person_suffice(cast, case) -> None:
    _persuade(cast, case, (MON, "visit"), (TUE, "phone"), (WED, "meeting"))
    do(cast, case, Act.SERVE_ORDER, "township_officer", WED)
    assert stage(case) == Stage.D5
    assert Order.objects.get(case=case).due_on == due(case, "await_return")
    assert deadline(case, "serve_order").met_on == WED


def test_the_guardian_s_week_runs_from_the_service_whenever_it_is_recorded(cast, case) -> None:
    _persuade(cast, case, (MON, "visit"), (TUE, "phone"), (WED, "visit"))
    day = date(2025, 9, 26)
    do(cast, case, Act.SERVE_ORDER, "township_officer", day, occurred_on=WED)
    # 24 September and seven days is 1 October, moved past the holiday.
    assert (deadline(case, "await_return").day0, due(case, "await_return")) == (
        WED,
        date(2025, 10, 9),
    )
