"""The figures of a county's month, out of rows: by category, never by the stage of a case."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from cases.models import Case
from cases.policy import Act, Stage
from foundation.accounts import actions as accounts
from foundation.accounts.models import UnitKind
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth, month_until
from reporting.figures.people import away_rows, look_around, returned_rows
from reporting.figures.tallies import entries_of, sums
from reporting.returns.content import content_of
from students.attendance.models import RollCall
from students.calendars.models import SchoolDayOverride
from students.roster.models import Enrolment
from students.roster.pupils.acts.pupils import add_child, enrol
from tests.cast import Cast, Side, make_child
from tests.reporting.facts import (
    bring_back,
    call_rolls,
    close,
    happen,
    open_case,
    owe,
    reply_of_police,
    school_days,
    serve_order,
)

YEAR_START, LATER = date(2025, 9, 1), date(2026, 1, 16)


def october(until: date = date(2025, 10, 31)) -> ReturnMonth:
    return month_until(date(2025, 10, 1), until)


def all_counts(cast: Cast, month: ReturnMonth) -> Counter[str]:
    entries = entries_of(load(cast.county, month))
    return sums(entries, lambda entry: None).get(None, Counter())


def away_since(cast: Cast, side: Side, index: int, number: int = 99, name: str = "张小明") -> Case:
    """A child who misses ``number`` school days from the ``index``-th of the year on."""
    child = make_child(side, name)
    days = school_days(cast.county.pk, YEAR_START, LATER)
    call_rolls(side.school_class, days, {child: days[index : index + number]})
    last = days[index - 1] if index else days[0] - timedelta(days=1)
    facts = {"opened_on": days[index + 1], "last_present_on": last}
    return open_case(child, side.school_class, days[index], **facts)


@pytest.fixture
def days(cast):
    return school_days(cast.county.pk, YEAR_START, LATER)


@pytest.mark.parametrize(("nth", "suspected", "dropouts"), [(19, 1, 0), (20, 0, 1), (21, 0, 1)])
def test_a_child_is_a_dropout_from_the_twentieth_missed_day(cast, days, nth, suspected, dropouts):
    away_since(cast, cast.here, 5)
    day = days[5 + nth - 1]
    counts = all_counts(cast, ReturnMonth(day.replace(day=1), day))
    assert (counts["suspected_end"], counts["dropout_end"]) == (suspected, dropouts)


@pytest.mark.parametrize(("after", "suspected"), [(7, 0), (8, 1), (9, 1)])
def test_a_child_is_suspected_from_the_eighth_day_without_school(cast, days, after, suspected):
    away_since(cast, cast.here, 5)
    day = days[4] + timedelta(days=after)
    counts = all_counts(cast, ReturnMonth(day.replace(day=1), day))
    assert counts["suspected_end"] == suspected
    assert counts["below"] == 1 - suspected


@pytest.mark.parametrize("stage", [Stage.D1, Stage.D4, Stage.D8])
def test_a_case_at_any_stage_below_the_thresholds_enters_no_rate(cast, days, stage):
    case = away_since(cast, cast.here, 5)
    case.stage = stage
    case.save()
    counts = all_counts(cast, ReturnMonth(date(2025, 9, 1), case.opened_on))
    assert (counts["away"], counts["below"]) == (1, 1)
    assert counts["dropout_of_year"] == counts["dropout_end"] == counts["suspected_end"] == 0


def test_a_dropout_of_an_earlier_year_stays_in_the_ledger_but_not_in_this_year_s_rate(cast, days):
    spring = school_days(cast.county.pk, date(2026, 3, 2), date(2026, 7, 10))
    autumn = school_days(cast.county.pk, date(2026, 9, 1), date(2026, 9, 30))
    child = make_child(cast.here)
    call_rolls(cast.here.school_class, [*spring, *autumn], {child: [*spring[20:], *autumn]})
    open_case(child, cast.here.school_class, spring[20])
    counts = all_counts(cast, month_until(date(2026, 9, 1), date(2026, 9, 30)))
    assert (counts["dropout_end"], counts["dropout_of_year"]) == (1, 0)


def test_a_case_taken_back_by_a_correction_was_never_one(cast, days):
    case = away_since(cast, cast.here, 5)
    close(case, days[7], "W")
    assert not all_counts(cast, ReturnMonth(date(2025, 9, 1), days[6]))["away"]


def test_return_order_and_whereabouts_are_counted_where_they_belong(cast, days):
    lost = away_since(cast, cast.here, 5)
    reply_of_police(lost, date(2025, 10, 20))
    serve_order(lost, date(2025, 10, 20))
    back = away_since(cast, cast.there, 5, 25)
    bring_back(back, days[30])
    counts = all_counts(cast, october())
    assert (counts["lost"], counts["ordered"]) == (1, 1)
    assert (counts["returned"], counts["dropout_back"]) == (1, 1)
    assert counts["away"] == 1


def test_an_order_served_the_day_after_is_of_the_next_month(cast, days):
    case = away_since(cast, cast.here, 5)
    serve_order(case, date(2025, 11, 1))
    assert all_counts(cast, october())["ordered"] == 0


@pytest.mark.parametrize(("voided", "ordered"), [(date(2025, 10, 31), 0), (date(2025, 11, 1), 1)])
def test_an_order_counts_until_the_day_it_is_voided(cast, days, voided, ordered):
    case = away_since(cast, cast.here, 5)
    reply_of_police(case, date(2025, 10, 20))
    serve_order(case, date(2025, 10, 20))
    case.orders.update(ended_on=voided)
    assert all_counts(cast, october())["ordered"] == ordered


def test_closing_for_another_cause_is_no_return(cast, days):
    case = away_since(cast, cast.here, 0)
    close(case, date(2025, 10, 15), "C02")
    counts = all_counts(cast, october())
    assert (counts["dropout_other"], counts["dropout_back"], counts["away"]) == (1, 0, 0)


def test_what_the_roll_closed_and_opened_again_is_open_from_the_day_of_the_correction(cast, days):
    case = away_since(cast, cast.here, 5, 10)
    back, closed, again = days[15], days[17], date(2025, 10, 20)
    bring_back(case, back)
    happen(case, Act.CLOSE_BY_ROLL, closed, "D9", "DX", outcome="C01")
    happen(case, Act.REOPEN, again, "DX", "D9", closed_on=closed.isoformat())
    happen(case, Act.RELAPSE, again, "D9", "D2")
    Case.objects.filter(pk=case.pk).update(stage="D2", back_to="", returned_on=None)
    september = ReturnMonth(date(2025, 9, 1), date(2025, 9, 30))
    before, after = (load(cast.county, month) for month in (september, october()))
    assert [one.stage_on(closed) for one in before.cases] == [Stage.DX]
    assert [row["now"] for row in returned_rows(before, look_around(before))] == ["已销号"]
    assert all_counts(cast, ReturnMonth(date(2025, 10, 1), again - timedelta(days=1)))["away"] == 0
    assert all_counts(cast, ReturnMonth(date(2025, 10, 1), again))["away"] == 1
    assert [row["stage_label"] for row in away_rows(after, look_around(after))] == [
        "学校登记与劝返"
    ]


def test_the_end_of_a_month_is_what_the_next_one_carries(cast, days):
    away_since(cast, cast.here, 5)
    away_since(cast, cast.there, 30)
    ended = all_counts(cast, october())
    begun = all_counts(cast, month_until(date(2025, 11, 1), date(2025, 11, 30)))
    assert begun["dropout_carried"] == ended["dropout_end"] == 1
    assert begun["suspected_carried"] == ended["suspected_end"] == 1
    assert begun["dropout_new"] == 1


def test_enrolment_is_counted_on_the_day_and_at_the_start_of_the_year(cast):
    child = make_child(cast.here)
    Enrolment.objects.filter(child=child).update(ends_on=date(2025, 10, 31))
    late = add_child(cast.county, "李晚到", born_on=date(2012, 1, 1))
    enrol(late, cast.here.school_class, date(2025, 11, 1))
    on_the_last_day = all_counts(cast, october())
    the_day_after = all_counts(cast, ReturnMonth(date(2025, 11, 1), date(2025, 11, 1)))
    assert (on_the_last_day["enrolled"], on_the_last_day["enrolled_at_start"]) == (1, 1)
    assert (the_day_after["enrolled"], the_day_after["enrolled_at_start"]) == (1, 1)


@pytest.mark.parametrize(
    ("ends", "missed"),
    [
        ({}, 1),
        ({"met_on": date(2025, 10, 15)}, 0),
        ({"met_on": date(2025, 10, 16)}, 1),
        ({"void_on": date(2025, 10, 15)}, 0),
        ({"lapsed_on": date(2025, 10, 15)}, 1),
    ],
)
def test_a_duty_is_missed_unless_it_was_met_or_void_in_time(cast, days, ends, missed):
    case = away_since(cast, cast.here, 5)
    owe(case, date(2025, 10, 15), **ends)
    assert all_counts(cast, october())["overdue"] == missed


@pytest.mark.parametrize(
    ("due_on", "missed"),
    [(date(2025, 9, 29), 0), (date(2025, 9, 30), 1), (date(2025, 10, 30), 1)],
)
def test_a_duty_is_late_the_day_after_it_was_due_and_in_one_month_only(cast, due_on, missed):
    case = away_since(cast, cast.here, 2)
    owe(case, due_on)
    assert all_counts(cast, october())["overdue"] == missed


def test_a_duty_due_on_the_last_day_is_late_in_the_next_month(cast):
    case = away_since(cast, cast.here, 2)
    owe(case, date(2025, 10, 31))
    assert all_counts(cast, october())["overdue"] == 0
    november = month_until(date(2025, 11, 1), date(2025, 11, 30))
    assert all_counts(cast, november)["overdue"] == 1


def test_rolls_are_due_on_school_days_of_classes_with_pupils(cast, days):
    make_child(cast.here)
    call_rolls(cast.here.school_class, [day for day in days if day.month == 10][:10])
    counts = all_counts(cast, october())
    assert counts["rolls_due"] == len([day for day in days if day.month == 10])
    assert counts["rolls_called"] == 10


def test_a_closed_day_asks_no_roll_and_counts_none(cast, days):
    make_child(cast.here)
    closed = [day for day in days if day.month == 10][3]
    call_rolls(cast.here.school_class, [closed])
    SchoolDayOverride.objects.create(
        county=cast.county,
        school=cast.here.school.unit,
        day=closed,
        is_school_day=False,
        reason="停水",
    )
    counts = all_counts(cast, october())
    assert counts["rolls_due"] == len([day for day in days if day.month == 10]) - 1
    assert counts["rolls_called"] == 0


def test_a_roll_that_was_taken_back_was_not_called(cast, days):
    make_child(cast.here)
    call_rolls(cast.here.school_class, [day for day in days if day.month == 10][:3])
    RollCall.objects.filter(day=RollCall.objects.latest("day").day).update(is_taken_back=True)
    assert all_counts(cast, october())["rolls_called"] == 2


def test_where_half_days_are_marked_each_is_a_roll(cast, days):
    make_child(cast.here)
    cast.here.school.marks_half_days = True
    cast.here.school.save()
    first, second, third = [day for day in days if day.month == 10][:3]
    call_rolls(cast.here.school_class, [first])
    for day, session in ((second, "am"), (second, "pm"), (third, "am")):
        RollCall.objects.create(
            school_class=cast.here.school_class,
            day=day,
            session=session,
            expected=1,
            absent=0,
            first_called_at=f"{day}T09:00+08:00",
        )
    counts = all_counts(cast, october())
    assert counts["rolls_due"] == 2 * len([day for day in days if day.month == 10])
    assert counts["rolls_called"] == 2 + 2 + 1


def test_a_child_on_no_roll_here_stands_under_its_home_township(cast):
    child = add_child(cast.county, "王未入", born_on=date(2017, 1, 1))
    Case.objects.create(
        number="530999-2025-9001",
        child=child,
        township=cast.there.township,
        county=cast.county,
        source="village",
        entered_on=date(2025, 10, 9),
        opened_on=date(2025, 10, 9),
        first_missed_on=date(2025, 9, 1),
    )
    content = content_of(cast.county, october())
    (row,) = [row for row in content["blocks"]["schools"] if row["away"]]
    assert (row["township"], row["stage"]) == ("西镇", "小学")
    assert row["school"] == "（不在本县学校在籍）"
    assert content["failed"] == 0


def test_school_township_and_county_add_up(cast, days):
    away_since(cast, cast.here, 5)
    bring_back(away_since(cast, cast.there, 5, 25), days[30])
    blocks = content_of(cast.county, october())["blocks"]
    for code in ("enrolled", "dropout_end", "dropout_back", "away", "rolls_due"):
        of = {name: sum(row[code] for row in blocks[name]) for name in blocks if name in PLACES}
        assert len(set(of.values())) == 1, (code, of)
        assert of["county"] > 0, code


PLACES = ("schools", "townships", "county")


def test_values_in_force_on_the_day_of_the_figures_decide(cast, days):
    away_since(cast, cast.here, 5)
    accounts.set_parameter(cast.county, "P12", 10, days[5 + 9], "云教发〔2025〕8号")
    day = days[5 + 9]
    assert all_counts(cast, ReturnMonth(date(2025, 9, 1), day))["dropout_end"] == 1
    (row,) = [
        row
        for row in content_of(cast.county, ReturnMonth(date(2025, 9, 1), day))["blocks"][
            "parameters"
        ]
        if row["label"] == "辍学：无故缺勤满几天"
    ]
    assert (row["value"], row["source"]) == ("10个教学日", "云教发〔2025〕8号")


def test_the_number_of_queries_does_not_grow_with_the_data(cast, days, count_queries):
    away_since(cast, cast.here, 5)
    with count_queries(connection) as few:
        content_of(cast.county, october())
    for n in range(6):
        case = away_since(cast, cast.there if n % 2 else cast.here, 6 + n, name=f"李{n}")
        owe(case, date(2025, 10, 15))
        happen(case, Act.LAPSE, date(2025, 10, 16), "D1", "D2")
    with count_queries(connection) as many:
        content_of(cast.county, october())
    assert len(many) == len(few)


def test_another_county_s_children_are_not_counted(cast):
    region = cast.county.region
    other = accounts.add_unit(UnitKind.COUNTY, "乙县教育局", region, None)
    away_since(cast, cast.here, 5)
    assert content_of(other, october())["blocks"]["schools"] == []
