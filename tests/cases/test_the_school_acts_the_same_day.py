"""The teacher's report, the school's register entry and first persuasion, and the visit (R2–R4)."""

from datetime import date

import pytest

from cases.models import Contact, Deadline
from cases.policy import Act, NotAllowed, Stage
from cases.sweeping import sweep
from tests.cases.steps import (
    FIRST_MISSED,
    OPENED,
    at,
    deadline,
    do,
    due,
    event,
    night_after,
    stage,
    sweep_on,
)
from tests.cast import Cast

SAT, MON = date(2025, 9, 13), date(2025, 9, 15)


@pytest.fixture
def case(cast: Cast, standing_case):
    return standing_case()


def test_the_report_on_the_day_meets_the_duty_and_moves_the_case(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    assert case.stage == Stage.D2
    assert (deadline(case, "report").met_on, case.cause) == (OPENED, "02")
    moved = event(case, Act.REPORT)
    assert (moved.from_stage, moved.to_stage) == ("D1", "D2")
    assert moved.person == cast.person("class_teacher")


def test_a_report_after_the_lapse_is_taken_and_stays_late(cast, case) -> None:
    night_after(OPENED)
    do(cast, case, Act.REPORT, "class_teacher", MON, occurred_on=OPENED)
    row = deadline(case, "report")
    assert (row.lapsed_on, row.met_on, row.is_open) == (OPENED, MON, False)
    assert stage(case) == Stage.D2
    assert event(case, Act.REPORT).is_late


def test_a_report_the_next_day_is_late_although_no_sweep_has_run(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", MON)
    row = deadline(case, "report")
    assert (row.lapsed_on, row.met_on) == (OPENED, MON)
    assert event(case, Act.LAPSE).occurred_on == OPENED
    assert due(case, "register") == OPENED


def test_the_clock_that_moved_a_case_is_nobody_who_came_by(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", MON)
    assert event(case, Act.LAPSE).person is None


def test_register_and_contact_are_due_on_the_day_of_the_report(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.REGISTER, "registrar", OPENED)
    do(cast, case, Act.CONTACT, "class_teacher", OPENED)
    for code in ("register", "contact"):
        assert (due(case, code), deadline(case, code).met_on) == (OPENED, OPENED)
    assert case.registered_on == OPENED
    assert stage(case) == Stage.D2


def test_registering_on_a_later_day_is_late_whatever_day_is_written(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.REGISTER, "registrar", MON, occurred_on=OPENED)
    assert deadline(case, "register").met_on == MON


def test_a_telephone_call_written_down_later_was_made_on_its_day(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.CONTACT, "class_teacher", MON, occurred_on=OPENED)
    assert deadline(case, "contact").met_on == OPENED
    assert event(case, Act.CONTACT).is_late


def test_registering_twice_is_refused(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.REGISTER, "registrar", OPENED)
    with pytest.raises(NotAllowed, match="已于 2025-09-12 登记入册"):
        do(cast, case, Act.REGISTER, "head_teacher", OPENED)


def test_the_register_entry_is_owed_on_every_later_rung(cast, case) -> None:
    sweep_on(date(2025, 9, 25))
    assert stage(case) == Stage.D4
    assert deadline(case, "register").is_open
    do(cast, case, Act.REGISTER, "registrar", date(2025, 9, 25))
    assert not deadline(case, "register").is_open


def test_a_contact_before_the_report_was_no_persuasion_upon_it(cast, case) -> None:
    do(cast, case, Act.CONTACT, "class_teacher", OPENED, occurred_on=FIRST_MISSED)
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    assert deadline(case, "contact").is_open
    assert Contact.objects.get(case=case).day == FIRST_MISSED


def test_a_contact_made_on_the_day_before_the_teacher_wrote_the_report_counts(cast, case) -> None:
    do(cast, case, Act.CONTACT, "class_teacher", OPENED, method="visit")
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    assert deadline(case, "contact").met_on == OPENED
    assert deadline(case, "visit").met_on == OPENED


def test_a_telephone_call_does_not_meet_the_visit(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.CONTACT, "class_teacher", OPENED, method="phone")
    assert deadline(case, "visit").is_open
    do(cast, case, Act.CONTACT, "class_teacher", MON, method="visit")
    assert deadline(case, "visit").met_on == MON


def test_a_visit_of_the_township_is_not_the_school_s(cast, case) -> None:
    night_after(OPENED)
    do(cast, case, Act.CONTACT, "township_officer", MON, method="visit")
    assert deadline(case, "visit").is_open
    assert deadline(case, "contact").is_open


def test_no_rung_waits_for_a_missing_visit_and_the_miss_is_shown(cast, case) -> None:
    sweep_on(date(2025, 9, 19))
    row = deadline(case, "visit")
    assert stage(case) == Stage.D3
    assert (row.lapsed_on, row.met_on, row.void_on) == (date(2025, 9, 18), None, None)


def test_a_visit_at_the_village_s_rung_is_late(cast, case) -> None:
    sweep_on(date(2025, 9, 19))
    do(cast, case, Act.CONTACT, "class_teacher", date(2025, 9, 19), method="visit")
    row = deadline(case, "visit")
    assert row.met_on == date(2025, 9, 19) > row.due_on


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 9, 16), "日期不能晚于今天"),
        (date(2025, 9, 10), "日期不能早于首次无故缺勤（2025-09-11）"),
    ],
)
def test_a_future_day_and_one_before_the_absence_are_refused(cast, case, day, words) -> None:
    sweep(MON, at(MON))
    before = Deadline.objects.filter(met_on__isnull=False).count()
    with pytest.raises(NotAllowed, match=words):
        do(cast, case, Act.CONTACT, "class_teacher", MON, occurred_on=day)
    assert not Contact.objects.exists()
    assert Deadline.objects.filter(met_on__isnull=False).count() == before
