"""公民身份号码, GB 11643-1999."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from students.roster.rules import ids


def test_the_standard_s_own_example_is_valid():
    assert ids.is_valid("11010519491231002X")
    assert ids.birth_of("11010519491231002X") == date(1949, 12, 31)
    assert ids.sex_of("11010519491231002X") == "2"


def test_the_month_13_and_the_30th_of_february_are_no_birth_dates():
    for digits in ("20121306", "20120230"):
        number = f"530999{digits}001"
        assert not ids.is_valid(number + ids.check_digit(number))


@given(
    born_on=st.dates(date(2000, 1, 1), date(2025, 12, 31)),
    sequence=st.integers(0, 499),
    sex=st.sampled_from(["1", "2"]),
)
def test_an_invented_number_is_valid_and_says_what_it_was_made_of(born_on, sequence, sex):
    number = ids.invent(born_on, sequence, sex)
    assert ids.complaint_about(number) == ""
    assert (ids.birth_of(number), ids.sex_of(number)) == (born_on, sex)
    assert number.startswith("530999")


@given(position=st.integers(0, 16), by=st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(position: int, by: int):
    number = ids.invent(date(2012, 5, 6), 7, "1")
    wrong = str((int(number[position]) + by) % 10)
    assert not ids.is_valid(number[:position] + wrong + number[position + 1 :])
