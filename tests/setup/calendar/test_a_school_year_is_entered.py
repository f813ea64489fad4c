"""学年学期: entered and corrected on a page; the deadlines that the terms reach move with them."""

from datetime import date

import pytest

from cases.policy import Act
from students.calendars.loading import calendar_for
from students.calendars.models import CalendarChange, SchoolTerm
from tests.browsing import page
from tests.cases.steps import a_case, deadline, do, due
from tests.cast import make_child
from tests.setup.calendar.pages import ADD_YEAR, TERMS_2027, confirm, preview

D = date.fromisoformat
YEAR_2026 = "/calendars/setup/years/2026/"
SPRING = ("spring_registration", "spring_first", "spring_last")
TERM_2026 = {
    "school_year": "2026",
    "autumn_registration": "2026-08-31",
    "autumn_first": "2026-09-01",
    "autumn_last": "2027-01-15",
    "source_document": "县教体发〔2026〕30号",
    "reason": "市里推迟放假",
}


def test_a_new_school_year_is_entered_with_its_vacations(cast, desk) -> None:
    words = preview(desk, ADD_YEAR, **TERMS_2027)
    assert "寒假：2028-01-15至2028-02-27，44天" in words
    confirm(desk, ADD_YEAR, **TERMS_2027)
    calendar = calendar_for(cast.county.pk)
    assert calendar.term_of(D("2028-07-07")) is not None
    assert calendar.vacation_on(D("2028-01-15")) is not None
    row = CalendarChange.objects.get()
    assert (row.year, row.before, row.source_document) == (2027, [], "县教体发〔2026〕12号")
    assert "2027—2028学年" in page(desk.get("/calendars/setup/"))


def test_the_spring_term_may_follow_later(desk) -> None:
    autumn = {name: day for name, day in TERMS_2027.items() if not name.startswith("spring")}
    confirm(desk, ADD_YEAR, **autumn)
    assert SchoolTerm.objects.filter(school_year=2027).count() == 1
    url = "/calendars/setup/years/2027/"
    confirm(desk, url, **TERMS_2027, reason="春季学期已定")
    assert SchoolTerm.objects.filter(school_year=2027).count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"autumn_first": "2027-01-15"}, "不应超过200天"),
        ({"autumn_last": "2027-08-30"}, "早于第一个上课日"),
        ({"spring_first": "2028-01-14"}, "秋季学期与2027—2028学年春季学期"),
        (dict.fromkeys(SPRING, "2028-07-08"), "春季学期起止日期之间没有上课日"),  # a Saturday
        ({"spring_last": ""}, "三个日期要填就都填"),
        ({"school_year": "2026"}, "该学年已经登记"),
        ({"spring_registration": "2028-01-10"}, "春季学期的报到注册日在2027—2028学年秋季学期"),
        ({"source_document": " "}, "请填写来源文件和文号"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_kept(desk, change, words) -> None:
    answer = desk.post(ADD_YEAR, {**TERMS_2027, **change, "step": "preview"})
    text = page(answer, 422)
    assert words in text
    assert 'value="2027-08-31"' in text  # what was entered is still there
    assert not SchoolTerm.objects.filter(school_year=2027).exists()


def test_a_school_year_that_overlaps_another_names_it(desk) -> None:
    confirm(desk, ADD_YEAR, **TERMS_2027)
    data = {**TERM_2026, "spring_registration": "2027-03-01", "spring_first": "2027-03-01"}
    early = {**TERMS_2027, "autumn_first": "2027-07-01", "autumn_registration": "2027-07-01"}
    spring = {**data, "spring_last": "2027-07-09"}
    confirm(desk, YEAR_2026, **spring)
    url = "/calendars/setup/years/2027/"
    answer = desk.post(url, {**early, "reason": "提前开学", "step": "preview"})
    assert "与2026—2027学年春季学期（2027年3月1日至2027年7月9日）日期重叠" in page(answer, 422)


def test_a_later_last_day_gives_the_school_its_days_back(cast, desk_on) -> None:
    """On 13 January three days reach into the vacation from the 16th, so they end with it."""
    day = D("2027-01-13")
    case = a_case(cast, make_child(cast.here), day, D("2027-01-12"))
    case = do(cast, case, Act.REPORT, "class_teacher", day)
    assert due(case, "visit") == D("2027-02-28")
    desk = desk_on(day)
    data = {**TERM_2026, "autumn_last": "2027-01-22"}
    assert "会改期的期限：2个" in preview(desk, YEAR_2026, **data)
    confirm(desk, YEAR_2026, **data)
    assert due(case, "visit") == D("2027-01-18")
    assert deadline(case, "visit").calendar_version == calendar_for(cast.county.pk).version


def test_a_correction_is_kept_with_what_stood_before(desk) -> None:
    confirm(desk, YEAR_2026, **{**TERM_2026, "autumn_last": "2027-01-22"})
    row = CalendarChange.objects.get()
    assert row.before[0]["last_day"] == "2027-01-15"
    assert row.after[0]["last_day"] == "2027-01-22"
    words = page(desk.get("/calendars/setup/"))
    assert "秋季学期2026年9月1日至2027年1月15日" in words
    assert "市里推迟放假" in words


def test_days_that_have_passed_are_announced(desk) -> None:
    data = {**TERM_2026, "autumn_first": "2026-09-07"}
    assert "有4个已经过去的日子上课安排改变" in preview(desk, YEAR_2026, **data)


def test_a_vacation_that_begins_in_november_is_no_summer(desk) -> None:
    words = preview(desk, YEAR_2026, **{**TERM_2026, "autumn_last": "2026-11-13"})
    assert "寒假：2026-11-14至" in words


def test_the_form_shows_what_is_on_record(desk) -> None:
    words = page(desk.get(YEAR_2026))
    assert 'value="2027-01-15"' in words
    assert "更正2026—2027学年" in words


def test_back_from_the_preview_everything_entered_is_there(desk) -> None:
    words = page(desk.post(ADD_YEAR, {**TERMS_2027, "step": "edit"}))
    assert 'value="2028-07-07"' in words
