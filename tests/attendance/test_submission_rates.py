"""点名提交率: due, by P0, late, not called; county → township → school → class, each its area."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from openpyxl import load_workbook

from foundation.accounts.models import Parameter
from reporting.figures.indicators import BY_CODE
from students.attendance.models import RollCall
from students.attendance.mornings.rates import CLASS, SCHOOL, TOWNSHIP, Rates, rates_of
from students.attendance.rules.figures import DAY, MONTH, WEEK, Period, Rate, period_of
from students.calendars.models import SchoolDayOverride
from students.roster.areas import schools_in_area
from students.roster.models import Child, SchoolClass
from tests.attendance.help import FRI, MON, THU, TUE, WED, Caller, at
from tests.attendance.mornings import add_pupil, open_class
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.reporting.formulas import worked_out


def called(cast: Cast, day: date, hour: int, minute: int = 0, on: date | None = None) -> None:
    """Our class's roll of the day came at a time, on the day or on a later one."""
    RollCall.objects.create(
        school_class=cast.here.school_class,
        day=day,
        expected=1,
        absent=0,
        first_called_at=at(on or day, hour, minute),
    )


def rates(cast: Cast, level: str = SCHOOL, period: Period | None = None) -> Rates:
    """What our central school reads."""
    schools = list(schools_in_area(cast.viewer("central_school")))
    return rates_of(schools, cast.county.pk, period or period_of(DAY, FRI, FRI), level)


@pytest.mark.parametrize(
    ("hour", "minute", "rate"),
    [(9, 59, Rate(1, 1, 0)), (10, 0, Rate(1, 1, 0)), (10, 1, Rate(1, 0, 1))],
)
def test_a_roll_is_in_time_up_to_the_cutoff(
    cast: Cast, hua: Child, hour: int, minute: int, rate: Rate
) -> None:
    called(cast, FRI, hour, minute)
    assert rates(cast).total == rate


def test_a_roll_entered_on_a_later_day_is_late(cast: Cast, hua: Child) -> None:
    called(cast, FRI, 8, on=MON)
    assert rates(cast).total == Rate(1, 0, 1)


def test_the_cutoff_is_the_one_in_force_on_the_day(cast: Cast, hua: Child) -> None:
    Parameter.objects.create(
        county=cast.county, code="P0", value="09:00", valid_from=FRI, source="县教发〔2025〕1号"
    )
    called(cast, THU, 9, 30)
    called(cast, FRI, 9, 30)
    week = period_of(WEEK, FRI, FRI)
    assert rates(cast, period=week).total == Rate(5, 1, 1)


def test_a_week_counts_its_school_days_up_to_today(cast: Cast, hua: Child) -> None:
    called(cast, MON, 8)
    found = rates(cast, period=period_of(WEEK, TUE, TUE))
    assert found.school_days == (MON, TUE)
    assert found.total == Rate(2, 1, 0)


def test_a_month_leaves_out_weekends_and_closures(cast: Cast, hua: Child) -> None:
    SchoolDayOverride.objects.create(
        county=cast.county,
        school=cast.here.school.unit,
        day=THU,
        is_school_day=False,
        reason="洪水",
    )
    called(cast, THU, 8)  # called by mistake before the closure was entered
    month = period_of(MONTH, FRI, FRI)
    found = rates(cast, period=month)
    assert THU not in found.school_days
    assert found.total == Rate(9, 0, 0)


def test_a_class_is_due_from_its_first_pupil_on_and_not_once_closed(cast: Cast, hua: Child) -> None:
    late = open_class(cast.here, 3)
    add_pupil(cast.here, late, "赵六")  # since Monday the 8th
    open_class(cast.here, 4)  # without pupils
    week_before = Period(WEEK, date(2025, 9, 1), date(2025, 9, 5))
    assert rates(cast, period=week_before).total.due == 5
    assert rates(cast, period=period_of(WEEK, FRI, FRI)).total.due == 10
    SchoolClass.objects.filter(pk=late.pk).update(closed_on=THU)
    assert rates(cast, period=period_of(WEEK, FRI, FRI)).total.due == 8


def test_the_afternoon_s_roll_is_not_the_one_p0_asks_for(cast: Cast, hua: Child) -> None:
    called(cast, FRI, 8)
    RollCall.objects.update(session="pm")
    assert rates(cast).total == Rate(1, 0, 0)


def test_every_level_adds_up_to_the_one_above(cast: Cast, hua: Child) -> None:
    make_child(cast.there, "李四")
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    called(cast, FRI, 8)
    schools = list(schools_in_area(cast.viewer("county_desk")))
    day = period_of(DAY, FRI, FRI)
    towns = rates_of(schools, cast.county.pk, day, TOWNSHIP)
    by_school = rates_of(schools, cast.county.pk, day, SCHOOL)
    ours = [one for one in schools if one.pk == cast.here.school.pk]
    by_class = rates_of(ours, cast.county.pk, day, CLASS)
    assert towns.total == by_school.total == Rate(3, 1, 0)
    assert by_class.total == Rate(2, 1, 0)
    assert {row.name: row.rate for row in towns.rows} == {
        "东镇人民政府": Rate(2, 1, 0),
        "西镇人民政府": Rate(1, 0, 0),
    }


def test_whoever_has_most_to_be_called_stands_first(cast: Cast, hua: Child) -> None:
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    called(cast, FRI, 8)
    assert [row.name for row in rates(cast, CLASS).rows] == ["八年级3班", "八年级2班"]


@pytest.mark.parametrize(
    "role", ["registrar", "central_school", "township_officer", "education_office"]
)
def test_each_line_reads_its_own_schools(cast: Cast, role: str) -> None:
    assert [one.pk for one in schools_in_area(cast.viewer(role))] == [cast.here.school.pk]


@pytest.mark.parametrize("role", ["class_teacher", "village_cadre", "administrator"])
def test_who_has_not_the_right_reads_none(cast: Cast, role: str) -> None:
    assert not schools_in_area(cast.viewer(role)).exists()


def test_the_county_goes_down_by_links(cast: Cast, clock_at, hua: Child) -> None:
    make_child(cast.there, "李四")
    clock_at(FRI, 11)
    client = client_of(cast.person("county_desk"))
    words = page(client.get("/mornings/rates/?period=week&day=2025-09-12"))
    town = f"/mornings/rates/townships/{cast.here.township.pk}/"
    assert f'href="{town}?period=week&amp;day=2025-09-12"' in words
    school = f"/mornings/rates/schools/{cast.here.school.pk}/"
    assert school in page(client.get(town))
    assert "八年级2班" in page(client.get(school))


def test_the_other_township_does_not_exist_for_ours(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI, 11)
    client = client_of(cast.person("township_officer"))
    page(client.get(f"/mornings/rates/townships/{cast.there.township.pk}/"), 404)
    page(client.get(f"/mornings/rates/schools/{cast.there.school.pk}/"), 404)
    assert "西镇" not in page(client.get("/mornings/rates/"))


def test_a_weekend_asks_for_nothing(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI, 11)
    client = client_of(cast.person("registrar"))
    assert "没有上课日" in page(client.get("/mornings/rates/?day=2025-09-07"))


def test_days_before_the_first_roll_have_no_rate(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI, 9)
    called(cast, FRI, 8)
    client = client_of(cast.person("central_school"))
    before = page(client.get(f"/mornings/rates/?day={WED}"))
    assert "还没有启用点名" in before
    assert "0.0%" not in before
    assert "还没有启用点名" not in page(client.get(f"/mornings/rates/?day={FRI}"))


def test_the_workbook_works_out_the_rates(cast: Cast, clock_at, hua: Child) -> None:
    add_pupil(cast.here, open_class(cast.here, 3), "赵六")
    called(cast, FRI, 8)
    clock_at(FRI, 11)
    client = client_of(cast.person("registrar"))
    address = f"/mornings/rates/schools/{cast.here.school.pk}/?day={FRI}&book=1"
    sheet = load_workbook(BytesIO(client.get(address).content)).active
    assert sheet["A1"].value == "点名提交情况统计表"
    assert [worked_out(sheet, f"{col}7") for col in "BCDEFG"] == [2, 1, 0, 1, 0.5, 0.5]
    kept = load_workbook(BytesIO(client.get(address).content), data_only=True).active
    assert [kept[f"{col}7"].value for col in "BCDEFG"] == [2, 1, 0, 1, 0.5, 0.5]


def test_the_rates_queries_do_not_grow(cast: Cast, clock_at, hua: Child, count_queries) -> None:
    clock_at(FRI, 11)
    client = client_of(cast.person("county_desk"))
    address = "/mornings/rates/?period=month&day=2025-09-12"
    client.get(address)
    with count_queries(connection) as few:
        client.get(address)
    for number in range(10, 16):
        add_pupil(cast.here, open_class(cast.here, number), "赵六")
    for day in (WED, THU, FRI):
        called(cast, day, 8)
    make_child(cast.there, "李四")
    with count_queries(connection) as many:
        client.get(address)
    assert len(many) <= len(few)


def test_a_called_roll_counts_once_the_teacher_called_it(
    cast: Cast, teacher: Caller, hua: Child
) -> None:
    teacher.call(FRI)
    teacher.call(FRI)
    assert rates(cast).total == Rate(1, 1, 0)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("2030-01-01", "2030年1月1日还没有到，现在显示今天（"),
        ("0001-01-01", "1年1月1日太早，没有数据，现在显示2000年1月1日"),
        ("tomorrow", "没有看懂要查的日期"),
    ],
)
def test_a_day_that_cannot_be_shown_is_said_so(cast: Cast, hua: Child, asked, words) -> None:
    client = client_of(cast.person("central_school"))
    assert words in page(client.get("/mornings/rates/", {"day": asked, "period": WEEK}))


def test_the_table_says_that_it_counts_the_first_roll_of_a_day(cast: Cast, hua: Child) -> None:
    """The return counts mornings and afternoons: two figures, two names."""
    words = page(client_of(cast.person("central_school")).get("/mornings/rates/"))
    assert "早上应点班次" in words
    assert ">应点名班次<" not in words
    assert BY_CODE["rolls_due"].label == "应点名班次（上下午）"
    assert BY_CODE["roll_rate"].label == "点名率（上下午）"


def test_what_supervision_prints_is_the_county_s(cast: Cast, hua: Child) -> None:
    words = page(client_of(cast.person("supervisor")).get("/mornings/rates/"))
    assert "甲县教育体育局点名提交率" in words


def test_an_uncalled_class_is_listed_with_its_teacher(cast: Cast, clock_at, hua: Child) -> None:
    clock_at(FRI, 9)
    told = page(client_of(cast.person("central_school")).get("/mornings/rates/"))
    teacher = cast.person("class_teacher").name
    assert f"（班主任：{teacher}）" in told
