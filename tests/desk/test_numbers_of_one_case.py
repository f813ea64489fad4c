"""The desk before a night has counted, and who is late."""

from datetime import date

from django.utils import timezone

from cases.policy import Act
from foundation.accounts.actions import shift_clock
from tests.cases.steps import OPENED, at, do
from tests.desk.numbers import LATE, listed

DAY = date(2025, 9, 23)


def test_what_is_not_counted_yet_is_no_nought(cast, case, settings, page_of) -> None:
    settings.CLOCK_MAY_SHIFT = True
    shift_clock(at(OPENED) - timezone.now())
    page = page_of("county_desk")
    assert "还没有统计" in page
    assert "本月复学" not in page


def test_who_is_late_opens_the_list_of_that_unit(cast, case, on, page_of) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    on(DAY)
    late = LATE.findall(page_of("county_desk"))
    assert [name for _, name, _ in late] == ["东镇中学"]
    page = page_of("county_desk", late[0][0].replace("&amp;", "&"))
    assert listed(page) == int(late[0][2])
    assert "谁逾期" not in page_of("registrar")
