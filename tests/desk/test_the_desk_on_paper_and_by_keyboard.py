"""The desk is read whole on paper, and has the keys of lists."""

from datetime import date

from cases.policy import Stage
from reporting.desk import pictures
from reporting.desk.late import LateUnit, late_townships

DAY = date(2025, 9, 23)


def late(name: str, overdue: int, township: str) -> LateUnit:
    return LateUnit(name, overdue, DAY, 3, "/", township)


def test_tables_are_unfolded_on_paper(cast, case, on, page_of) -> None:
    on(DAY)
    page = page_of("county_desk")
    assert 'details class="desk-more fold"' in page
    assert "data-print" in page
    assert 'details class="desk-more"' not in page


def test_the_desk_lists_its_keys_and_where_they_lead(cast, case, on, page_of) -> None:
    on(DAY)
    page = page_of("county_desk")
    assert 'data-go-q="/duties/"' in page
    assert "data-keys-help" in page
    assert page_of("registrar").count("data-row") > 0


def test_a_county_reads_its_townships(cast, case, on, page_of) -> None:
    on(DAY)
    assert "各乡镇逾期事项" in page_of("county_desk")
    assert "各单位逾期事项" in page_of("township_leader")
    assert '<td class="num">' in page_of("county_desk")


def test_the_units_of_a_township_are_summed() -> None:
    found = late_townships(
        [late("甲校", 2, "东镇"), late("乙村", 1, "东镇"), late("丙校", 2, "西镇")]
    )
    assert [(one.name, one.units, one.overdue) for one in found] == [
        ("东镇", 2, 3),
        ("西镇", 1, 2),
    ]


def test_two_hundred_townships_are_all_in_the_table() -> None:
    one = pictures.overdue_of_townships([late("校", n + 1, f"第{n}乡") for n in range(200)])
    assert len(one.rows) == 200
    assert len(one.data["names"]) == pictures.DRAWN
    assert "表中为全部" in one.source


def test_of_several_with_as_many_none_is_called_the_most() -> None:
    two = pictures.overdue([late("甲校", 2, ""), late("乙校", 2, ""), late("丙校", 1, "")])
    assert "最多的是甲校、乙校，各2项" in two.words
    stages = [
        pictures.StageCount(Stage.D1, "已报告", 5, 9),
        pictures.StageCount(Stage.D2, "登记", 5, 2),
    ]
    assert "各阶段都是5件" in pictures.ladder(stages).words
    assert "中位数" not in pictures.ladder(stages).words


def test_the_bars_of_the_ladder_tell_their_days() -> None:
    one = pictures.ladder([pictures.StageCount(Stage.D1, "已报告", 5, 9)])
    assert one.data["told"]
    assert one.data["notes"] == ["中位9天"]
