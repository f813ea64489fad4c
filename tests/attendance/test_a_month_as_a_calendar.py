"""A pupil's month is a calendar and a class's a grid: each mark in words, silence never 到校."""

import re
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from foundation.accounts.actions import shift_clock
from students.attendance.rolls.month import month_of_child, month_of_class
from tests.attendance.help import at
from tests.browsing import stale_client_of
from tests.cases.steps import call_roll
from tests.cast import make_child

TODAY = date(2025, 9, 12)


@pytest.fixture
def child(cast):
    """Missing on Wednesday, ill on Thursday, there on Monday; Tuesday was not called."""
    child = make_child(cast.here)
    make_child(cast.here, "李小红")
    call_roll(cast, date(2025, 9, 8))
    call_roll(cast, date(2025, 9, 10), child)
    call_roll(cast, date(2025, 9, 11), child, kind="sick", until=date(2025, 9, 11))
    return child


@pytest.fixture
def page_of(cast, settings):
    """A page as a role reads it on Friday, 12 September."""
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(TODAY) - timezone.now())

    def read(role: str, url: str) -> str:
        client = stale_client_of(cast.person(role))
        answer = client.get(url)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    return read


def words(month) -> dict[int, str]:
    return {one.day.day: one.mark.words for one in month.days}


def test_each_day_says_what_the_roll_says(child) -> None:
    month = month_of_child(child, TODAY, TODAY)
    found = words(month)
    assert (found[8], found[10], found[11]) == ("到校", "无故未到", "病假")
    assert (found[6], found[9], found[12], found[15]) == ("不上课", "未点名", "未点名", "还没到")
    assert month.missed == 1


def test_a_long_leave_without_a_slip_counts_as_missed_and_says_so(cast) -> None:
    ill = make_child(cast.here)
    for day in (8, 9, 10, 11):
        call_roll(cast, date(2025, 9, day), ill, kind="sick", until=date(2025, 9, 11))
    found = words(month_of_child(ill, TODAY, TODAY))
    assert (found[8], found[11]) == ("病假", "病假（按无故计）")


def test_the_class_s_grid_has_a_row_for_each_child_and_a_legend(cast, child, page_of) -> None:
    page = page_of("class_teacher", f"/mornings/classes/{cast.here.school_class.pk}/month/")
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', page)
    assert len(rows) == 2
    missing = next(row for row in rows if "张小明" in row)
    assert 'aria-hidden="true">缺</span><span class="sr-only">无故未到' in missing
    assert "未点名" in page[page.index("att-legend") :]
    assert "landscape" in page


def test_the_pupil_s_page_has_the_month_asked_for(child, page_of) -> None:
    page = page_of("class_teacher", f"/pupils/{child.pk}/")
    assert "2025年9月到校情况，无故缺勤1天" in page
    assert "?month=2025-08" in page
    assert "?month=2025-10" not in page
    assert "2025年8月到校情况" in page_of("class_teacher", f"/pupils/{child.pk}/?month=2025-08")


def test_a_class_s_month_asks_a_fixed_number_of_queries(cast, child, count_queries) -> None:
    with count_queries(connection) as few:
        assert len(month_of_class(cast.here.school_class, TODAY, TODAY)) == 2
    for n in range(8):
        make_child(cast.here, f"王{n}")
    with count_queries(connection) as many:
        assert len(month_of_class(cast.here.school_class, TODAY, TODAY)) == 10
    assert len(few) == len(many)
