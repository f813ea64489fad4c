"""One cell at a time: names or codes, dates in any dress, identifiers and names as typed."""

from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.tablefiles.cell import Cell
from students.roster.imports.reading import cells
from students.roster.imports.reading.cells import BadCell, parser_of
from students.roster.rules.columns import BY_FIELD, COLUMNS, EXTRA

ANY_CELL = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.dates(), st.text(max_size=40)
)


@pytest.mark.parametrize(
    "typed",
    [
        "20110101",
        "2011-01-01",
        "2011/1/1",
        "2011.1.1",
        "2011年1月1日",
        " ２０１１－０１－０１ ",
        "2011-01-01 00:00:00",
        "2011/1/1 8:30",
        20110101.0,
        40544.0,
        date(2011, 1, 1),
        datetime(2011, 1, 1, 8, 30),  # noqa: DTZ001
    ],
)
def test_a_date_in_any_dress_is_one_date(typed: Cell):
    assert cells.day(typed)[:10] == "2011-01-01"


@pytest.mark.parametrize("typed", ["20110230", "2011", "201101", "昨天", 3.5, "2011-13-01"])
def test_what_is_no_date_is_complained_about(typed: Cell):
    with pytest.raises(BadCell, match="8位数字"):
        cells.day(typed)


@pytest.mark.parametrize(
    "typed", ["201409", 201409.0, "2014-09", "2014/9", "2014.9", "2014年9月", "20140901"]
)
def test_a_month_in_any_dress_is_one_month(typed: Cell):
    assert cells.month(typed) == "2014-09"


@pytest.mark.parametrize("typed", ["201413", "九月", "1409"])
def test_what_is_no_month_is_complained_about(typed: str):
    with pytest.raises(BadCell, match="6位数字"):
        cells.month(typed)


@pytest.mark.parametrize("typed", ["男", "1", 1.0, "1-男", " 男 ", "男性"])
def test_a_code_may_be_its_name_or_its_number(typed: Cell):
    assert parser_of(BY_FIELD["sex"])(typed) == "1"


@pytest.mark.parametrize("typed", ["汉", "汉族", "01", "1", 1.0])
def test_a_people_may_be_named_short_long_or_by_code(typed: Cell):
    assert cells.ethnicity(typed) == "01"


@pytest.mark.parametrize(("typed", "code"), [("维吾尔族", "05"), ("佤", "21"), ("基诺族", "56")])
def test_the_codes_of_peoples_are_those_of_gb_t_3304(typed: str, code: str):
    assert cells.ethnicity(typed) == code


def test_a_name_not_in_the_list_is_answered_with_the_list():
    with pytest.raises(BadCell, match="「走读」、「住校」"):
        parser_of(BY_FIELD["boarding"])("飞行")


def test_an_identifier_loses_width_spaces_and_lower_case():
    assert cells.id_number("５３０９９９ 20120506 001x\u200b") == "53099920120506001X"


@pytest.mark.parametrize("typed", [530999201205060013.0, 5.30999201205060e17, "5.30999E+17"])
def test_a_number_that_lost_its_digits_is_never_taken_for_an_id(typed: Cell):
    with pytest.raises(BadCell, match="已被Excel转成数字"):
        cells.id_number(typed)


def test_a_name_keeps_its_rare_characters_and_unifies_the_dot():
    assert cells.name("阿依古丽•买买提") == "阿依古丽·买买提"
    assert cells.name("㛃\ue000ﬁ") == "㛃\ue000ﬁ"


def test_characters_nobody_can_see_are_dropped():
    assert cells.name("王\x00小\u200b乙\ufeff") == "王小乙"


def test_padding_inside_a_two_character_name_is_removed():
    assert cells.name(" 张　　明 ") == "张明"
    assert cells.name("Anna  Maria") == "Anna Maria"


@pytest.mark.parametrize(
    ("typed", "kept"), [(13800001111.0, "13800001111"), ("0883-321 1234", "0883-3211234"), ("", "")]
)
def test_a_telephone_is_digits(typed: Cell, kept: str):
    assert cells.phone(typed) == kept


@pytest.mark.parametrize("typed", ["530922", "530922100", "530922100001", 530922100001.0])
def test_a_region_code_has_6_9_or_12_digits(typed: Cell):
    assert len(cells.region(typed)) in (6, 9, 12)


PARSERS = list(
    {(c.kind, c.longest, id(c.codes)): parser_of(c) for c in (*COLUMNS, *EXTRA)}.values()
)


@given(cell=ANY_CELL)
def test_no_cell_breaks_a_parser(cell: Cell):
    for parser in PARSERS:
        with suppress(BadCell):
            assert isinstance(parser(cell), str)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_every_date_reads_back_however_it_was_written(day: date):
    for shape in ("%Y%m%d", "%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"):
        assert cells.day(day.strftime(shape)) == day.isoformat()
    assert cells.day(f"{day.year}.{day.month}.{day.day}") == day.isoformat()
