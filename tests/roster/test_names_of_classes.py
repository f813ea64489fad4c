"""Class names as schools write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from students.roster.rules.classnames import ClassName, read_class, read_grade


@pytest.mark.parametrize(
    "name",
    [
        *(
            "七年级1班",
            "七年级(1)班",
            "七年级（1）班",
            "七年级一班",
            "七1班",
            "七(1)班",
            "七(1)",
            "七1",
        ),
        *("7.1", "七.1", "7-1", "0701", "701", "7年级1班"),
        *("初一(1)班", "初一1班", "初一1", "初中一年级1班"),
    ],
)
def test_a_name_with_a_grade_tells_grade_and_number(name: str):
    assert read_class(name) == ClassName(1, grade=7)


@pytest.mark.parametrize("name", ["2024级1班", "2024级(1)班", "初2024级1班", "2024级01班"])
def test_a_name_with_a_year_tells_the_year_of_entry(name: str):
    assert read_class(name) == ClassName(1, cohort=2024)


@pytest.mark.parametrize("name", ["12", "12班", "(12)班", "（12）", "十二班", "十二"])
def test_a_bare_number_is_the_number_of_the_class(name: str):
    assert read_class(name) == ClassName(12)


@pytest.mark.parametrize(("name", "grade"), [("六年级", 6), ("一年级", 1), ("初三", 9)])
def test_the_only_class_of_a_grade_has_number_one(name: str, grade: int):
    assert read_class(name) == ClassName(1, grade=grade)


@pytest.mark.parametrize("name", ["火箭班", "高一1班", "九年级A班", "", "0班", "2024级", "1024班"])
def test_what_cannot_be_told_is_not_guessed(name: str):
    assert read_class(name) is None


@pytest.mark.parametrize(
    ("words", "grade"),
    [("七年级", 7), ("初一", 7), ("7", 7), ("07", 7), ("三年级", 3), ("高一", None)],
)
def test_a_grade_by_itself(words: str, grade: int | None):
    assert read_grade(words) == grade


@given(name=st.text(alphabet="一二三七十两零初小学高中年级班号()（）.-0127A 级", max_size=10))
def test_no_name_breaks_the_reader(name: str):
    found = read_class(name)
    assert found is None or found.number > 0
    assert read_grade(name) in (None, *range(1, 10))


@pytest.mark.parametrize("name", ["一二十", "十十", "七年级一二十班", "二十三四班"])
def test_a_number_that_is_none_cannot_be_told(name: str) -> None:
    assert read_class(name) is None
