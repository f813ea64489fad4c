"""R24: the original primary school until the child has reported, the junior high from then on."""

from datetime import date

from students.census.mobilising import mobilising_school

PRIMARY, JUNIOR = 1, 2
REPORTED = date(2026, 8, 31)


def test_the_day_before_it_reports_the_primary_school_mobilises() -> None:
    assert mobilising_school(JUNIOR, PRIMARY, REPORTED, date(2026, 8, 30)) == PRIMARY


def test_on_the_day_it_reports_the_junior_high_takes_over() -> None:
    assert mobilising_school(JUNIOR, PRIMARY, REPORTED, REPORTED) == JUNIOR


def test_the_day_after_the_junior_high_mobilises() -> None:
    assert mobilising_school(JUNIOR, PRIMARY, REPORTED, date(2026, 9, 1)) == JUNIOR


def test_a_child_that_never_reports_stays_with_the_primary_school() -> None:
    assert mobilising_school(JUNIOR, PRIMARY, None, date(2027, 3, 1)) == PRIMARY


def test_a_child_of_no_primary_school_belongs_to_its_own_catchment_school() -> None:
    assert mobilising_school(JUNIOR, None, None, date(2026, 8, 1)) == JUNIOR
