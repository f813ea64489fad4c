"""The hand-over to the village, its own window, and its answer (R5; design 4.7; domain 3.4)."""

from datetime import date

import pytest

from cases.models import CaseEvent, Dispatch
from cases.policy import Act, NotAllowed, Stage
from foundation.messaging.models import Message
from tests.cases.steps import OPENED, a_case, deadline, do, due, event, stage, sweep_on
from tests.cast import Cast, make_child

TUE, WED, THU, FRI = (date(2025, 9, day) for day in (16, 17, 18, 19))


@pytest.fixture
def case(cast: Cast, standing):
    return standing()


@pytest.fixture(scope="module")
def standing(beside_cast):
    return beside_cast(_reported)


def _reported(cast: Cast):
    case = a_case(cast, make_child(cast.here))
    return do(cast, case, Act.REPORT, "class_teacher", OPENED)


def test_a_village_hears_nothing_before_it_is_asked(cast, case) -> None:
    to_village = Message.objects.filter(to_unit=cast.here.village)
    sweep_on(THU)
    assert not to_village.exists()
    sweep_on(FRI)
    assert to_village.count() >= 1
    case.refresh_from_db()
    assert case.village_asked_on == THU


def test_a_return_before_the_village_was_asked_is_not_told_to_it(cast, case) -> None:
    do(cast, case, Act.RETURN, "class_teacher", TUE)
    assert not Message.objects.filter(to_unit=cast.here.village).exists()


@pytest.mark.parametrize("asks", [True, False], ids=["sent on the due day", "never sent"])
def test_the_village_s_day_0_is_the_due_day_of_the_request(cast, case, asks: bool) -> None:
    if asks:
        do(cast, case, Act.ASK_VILLAGE, "registrar", THU)
    sweep_on(FRI)
    assert stage(case) == Stage.D3
    row = deadline(case, "answer")
    assert (row.day0, row.due_on) == (THU, date(2025, 9, 23))
    assert due(case, "report_township") == date(2025, 9, 24)


def test_an_early_request_starts_the_village_s_days_early(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", TUE)
    assert case.stage == Stage.D3
    assert (deadline(case, "answer").day0, due(case, "answer")) == (TUE, FRI)


def test_a_request_dated_back_takes_no_day_from_the_village(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", WED, occurred_on=date(2025, 9, 15))
    assert deadline(case, "answer").day0 == WED


def test_a_request_a_day_late_finds_the_village_s_rung(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", FRI)
    assert deadline(case, "answer").day0 == THU
    row = deadline(case, "ask_village")
    assert (row.lapsed_on, row.met_on) == (THU, FRI)
    assert Dispatch.objects.get(case=case).to_unit == cast.here.village


def test_a_request_before_any_persuasion_leaves_persuasion_missed(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", OPENED)
    for code in ("contact", "visit"):
        row = deadline(case, code)
        assert (row.lapsed_on, row.void_on) == (OPENED, None)
    # It can still be done by its day.
    do(cast, case, Act.CONTACT, "class_teacher", TUE, method="visit")
    assert deadline(case, "visit").met_on == TUE <= due(case, "visit")


def test_the_request_is_sent_once(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", THU)
    with pytest.raises(NotAllowed, match="请求已经送出"):
        do(cast, case, Act.ASK_VILLAGE, "head_teacher", THU)


def test_without_effect_the_report_to_the_township_is_due_the_next_working_day(cast, case) -> None:
    sweep_on(FRI)
    do(cast, case, Act.ANSWER, "village_cadre", FRI, answer_result="no_effect")
    assert deadline(case, "answer").met_on == FRI
    assert due(case, "report_township") == date(2025, 9, 22)
    sweep_on(date(2025, 9, 22))
    assert stage(case) == Stage.D3
    sweep_on(date(2025, 9, 23))
    assert stage(case) == Stage.D4
    assert event(case, Act.LAPSE).occurred_on == date(2025, 9, 22)


def test_with_effect_the_report_keeps_its_day(cast, case) -> None:
    sweep_on(FRI)
    do(cast, case, Act.ANSWER, "village_cadre", FRI, answer_result="effective")
    assert due(case, "report_township") == date(2025, 9, 24)


def test_an_answer_on_the_last_day_does_not_put_the_report_off(cast, case) -> None:
    sweep_on(FRI)
    do(cast, case, Act.ANSWER, "village_cadre", date(2025, 9, 24))
    assert due(case, "report_township") == date(2025, 9, 24)


def test_an_answer_after_the_lapse_is_taken_and_stays_late(cast, case) -> None:
    sweep_on(date(2025, 9, 25))
    assert stage(case) == Stage.D4
    do(cast, case, Act.ANSWER, "village_cadre", date(2025, 9, 26))
    row = deadline(case, "answer")
    assert row.met_on == date(2025, 9, 26) > row.due_on
    assert stage(case) == Stage.D4


def test_the_events_tell_from_where_to_where(cast, case) -> None:
    do(cast, case, Act.ASK_VILLAGE, "registrar", THU)
    do(cast, case, Act.ANSWER, "village_cadre", FRI)
    do(cast, case, Act.REPORT_TOWNSHIP, "registrar", date(2025, 9, 22))
    moves = CaseEvent.objects.filter(case=case).order_by("pk")
    assert [(m.act, m.from_stage, m.to_stage) for m in moves] == [
        ("open", "", "D1"),
        ("report", "D1", "D2"),
        ("ask_village", "D2", "D3"),
        ("answer", "D3", "D3"),
        ("report_township", "D3", "D4"),
    ]


def test_a_village_answers_on_the_day_it_was_asked_by_silence_although_no_sweep_has_run(
    cast, case
) -> None:
    do(cast, case, Act.ANSWER, "village_cadre", FRI)
    assert (case.stage, deadline(case, "answer").met_on) == (Stage.D3, FRI)
