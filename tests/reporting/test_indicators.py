"""Rates are two integers; a control line is met or not before anything is rounded."""

import pytest

from foundation.accounts.parameters import Parameters
from foundation.workbooks.layout import percent
from reporting.figures.indicators import (
    COUNTS,
    INDICATORS,
    RATES,
    Light,
    allowed,
    light,
    line_words,
    over_line,
)


def test_a_displayed_1_80_percent_may_be_over_a_1_8_percent_line():
    assert percent(18_004, 1_000_000) == "1.80%"
    assert over_line(18_004, 1_000_000, 180)


def test_exactly_0_60_percent_meets_the_line_and_one_more_child_does_not():
    assert not over_line(6, 1000, 60)
    assert over_line(7, 1000, 60)


def test_one_dropout_breaks_the_line_of_a_small_school():
    assert over_line(1, 90, 60)
    assert allowed(90, 60) == 0


@pytest.mark.parametrize(
    ("base", "line_bp", "may_drop_out"), [(333, 60, 1), (500, 180, 9), (166, 60, 0), (0, 180, 0)]
)
def test_the_line_allows_the_whole_number_below_it(base, line_bp, may_drop_out):
    assert allowed(base, line_bp) == may_drop_out
    assert not over_line(may_drop_out, base, line_bp)
    assert over_line(may_drop_out + 1, base, line_bp)


def test_a_base_of_0_is_a_dash_and_has_no_light():
    assert percent(0, 0) == "—"
    assert light(0, 0, 60) is Light.NONE
    assert not over_line(0, 0, 60)


@pytest.mark.parametrize(
    ("numerator", "expected"), [(0, Light.GREEN), (4, Light.GREEN), (5, Light.YELLOW)]
)
def test_the_light_is_yellow_from_80_percent_of_the_line_on(numerator, expected):
    assert light(numerator, 1000, 60) is expected


def test_the_light_is_yellow_on_the_line_and_red_above_it():
    assert light(6, 1000, 60) is Light.YELLOW
    assert light(7, 1000, 60) is Light.RED
    assert light(7, 1000, None) is Light.NONE


@pytest.mark.parametrize(
    ("numerator", "base", "words"),
    [(1, 3, "33.33%"), (2, 3, "66.67%"), (1, 8, "12.50%"), (5, 5, "100.00%"), (6, 5, "120.00%")],
)
def test_a_rate_shows_two_decimals_half_rounded_up_and_is_never_clipped(numerator, base, words):
    assert percent(numerator, base) == words


def test_a_line_reads_as_on_paper():
    assert line_words(60) == "≤0.60%"
    assert line_words(None) == "—"


def test_every_indicator_says_what_it_is_and_where_it_comes_from():
    assert len({one.code for one in INDICATORS}) == len(INDICATORS)
    assert all(one.label and one.unit and one.definition and one.source for one in INDICATORS)


def test_every_rate_is_made_of_counts_of_the_table():
    for rate in RATES:
        assert set(rate.numerator + rate.base) <= set(COUNTS), rate.code
        assert not rate.line or rate.line in Parameters.__dataclass_fields__


def test_only_dropouts_of_the_year_enter_the_rate_that_has_a_line():
    assert [(one.code, one.numerator) for one in RATES if one.line] == [
        ("dropout_rate", ("dropout_of_year",))
    ]
