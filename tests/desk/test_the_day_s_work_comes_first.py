"""工作台: what is to be done stands first, one row a child, each row opens where it is done."""

import re
from datetime import date

from cases.policy import Act
from foundation.accounts.models import Region
from tests.cases.steps import OPENED, call_roll, do
from tests.cast import make_child

ROW = re.compile(r'<li class="todo-row.*?</li>', re.S)
LATER = date(2025, 9, 15)  # the Monday after


def rows_of(page: str) -> list[str]:
    return ROW.findall(page)


def test_a_child_with_several_duties_fills_one_row(cast, case, on, page_of) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    on(LATER)
    rows = [row for row in rows_of(page_of("registrar")) if "张小明" in row]
    assert len(rows) == 1
    assert "学校登记姓名和辍学时间" in rows[0]
    assert "另有：" in rows[0]
    assert "入户家访" in rows[0]
    assert "逾期 1 个工作日" in rows[0]


def test_the_most_urgent_child_stands_first(cast, case, on, page_of) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    other = make_child(cast.here, "李小红")
    for day in (15, 16):
        call_roll(cast, date(2025, 9, day), case.child, other)
    on(date(2025, 9, 17))
    names = [row for row in rows_of(page_of("registrar")) if "去办理" in row]
    assert "张小明" in names[0]
    assert "李小红" in names[1]


def test_each_row_opens_the_page_where_its_duty_is_done(cast, case, on, page_of) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    on(LATER)
    for role in ("class_teacher", "registrar", "head_teacher"):
        found = re.findall(r'href="(/cases/[^"]+)"', "".join(rows_of(page_of(role))))
        assert any("/contact/" in url or "/register/" in url for url in found), (role, found)
        for url in set(found):
            page_of(role, url)


def test_the_home_visit_stands_in_the_teacher_s_list_until_it_is_done(
    cast, case, on, page_of
) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    on(LATER)
    assert "入户家访" in page_of("class_teacher")
    do(cast, case, Act.CONTACT, "class_teacher", LATER, method="visit")
    assert not [row for row in rows_of(page_of("class_teacher")) if "入户家访" in row]


def test_roll_call_and_daily_report_stand_in_the_teacher_s_list_until_done(
    cast, case, on, page_of
) -> None:
    on(LATER)
    rows = rows_of(page_of("class_teacher"))
    assert "1 个班未点名" in rows[0]
    assert "变动日报" in rows[1]
    call_roll(cast, LATER, case.child)
    assert "未点名" not in "".join(rows_of(page_of("class_teacher")))
    assert "今日点名：已全部提交" in page_of("class_teacher")


def test_a_day_without_school_asks_for_no_roll_and_no_report(cast, case, on, page_of) -> None:
    on(date(2025, 9, 13))
    page = page_of("class_teacher")
    assert "今天不上课" in page
    assert "去点名" not in page
    assert "去报告" not in page


def test_who_owes_nothing_is_told_what_comes_next(cast, on, page_of) -> None:
    on(date(2025, 9, 13))
    assert "有新的个案或期限临近时" in page_of("village_cadre")
    assert "没有等您办理的事项" in page_of("central_school")
    assert "没有未销号的个案" in page_of("registrar")


def test_the_county_s_list_asks_for_the_return_of_the_month_that_ended(
    cast, case, on, page_of
) -> None:
    on(date(2025, 10, 9))
    assert "2025年9月月报" in "".join(rows_of(page_of("county_desk")))
    assert "月报" not in "".join(rows_of(page_of("township_leader")))


def test_a_month_before_the_county_was_founded_asks_for_no_return(cast, case, on, page_of) -> None:
    Region.objects.filter(pk=cast.county.region_id).update(valid_from=date(2025, 10, 1))
    on(date(2025, 10, 9))
    assert "9月月报" not in page_of("county_desk")


def test_a_month_before_the_first_roll_asks_for_no_return(cast, case, on, page_of) -> None:
    on(OPENED)
    assert "8月月报" not in page_of("county_desk")
