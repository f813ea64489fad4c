"""A sheet that is headed with another school's name asks whose roster it is."""

import pytest

from tests.browsing import client_of, page
from tests.cast import Cast
from tests.roster.sheets import plain_book, pupil
from tests.roster.steps import read

HEAD = ["姓名", "性别", "出生日期", "身份证号", "班级", "入学年月"]

pytestmark = pytest.mark.django_db(databases=["default", "progress"])


def shown(cast: Cast, title: str) -> str:
    one = pupil(1)
    line = [one["姓名"], "男", "20120506", one["身份证件号"], "2", "202409"]
    batch = read(cast, plain_book([[title], HEAD, line]))
    return page(client_of(cast.person("registrar")).get(f"/roster/import/{batch.pk}/"))


def test_the_first_page_asks_whose_roster_it_is(cast: Cast) -> None:
    other = cast.there.school.unit.name
    words = shown(cast, f"{other}2025年秋季学期学生名册")
    assert f"表的标题写的是另一所学校「{other}」" in words
    assert "不是本校的，不导入" in words


@pytest.mark.parametrize("title", ["{own}学生名册", "学生名册"])
def test_one_s_own_title_or_none_is_no_question(cast: Cast, title: str) -> None:
    assert "另一所学校" not in shown(cast, title.format(own=cast.here.school.unit.name))
