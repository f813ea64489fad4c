"""What a county has not entered yet is said on its pages before it matters."""

from datetime import date

import pytest

from foundation.accounts.models import Unit
from students.calendars.actions import TermEntry, seed_state_council, seed_terms
from students.calendars.coverage import calendar_warning
from students.calendars.querysets import calendar_banner

D = date.fromisoformat


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-10-31", ""),
        ("2026-11-01", "2027年放假调休安排尚未登记"),
        ("2026-12-31", "2027年放假调休安排尚未登记"),
    ],
)
def test_the_next_year_is_asked_for_from_the_first_of_november(today: str, words: str) -> None:
    warning = calendar_warning(D(today), this_year=True, next_year=False, term=True)
    assert warning.startswith(words)
    assert bool(warning) == bool(words)


def test_a_year_that_has_begun_without_a_calendar_is_said_first() -> None:
    warning = calendar_warning(D("2027-01-01"), this_year=False, next_year=False, term=False)
    assert warning.startswith("2027年放假调休安排尚未登记，各项期限暂按周一至周五计算")


def test_a_term_nobody_entered_is_asked_for() -> None:
    warning = calendar_warning(D("2026-07-11"), this_year=True, next_year=False, term=False)
    assert warning.startswith("下一学期的起止日期尚未登记")


@pytest.mark.django_db
def test_a_county_that_has_entered_everything_sees_no_banner(
    bureau: Unit, term_entries: tuple[TermEntry, ...]
) -> None:
    seed_state_council(bureau, (2025, 2026))
    seed_terms(bureau, term_entries)
    assert calendar_banner(bureau.pk, D("2026-07-10")) == ""
    assert calendar_banner(bureau.pk, D("2026-07-11")).startswith("下一学期")


@pytest.mark.django_db
def test_a_county_s_banner_does_not_hear_of_its_neighbour(bureau: Unit, next_bureau: Unit) -> None:
    seed_state_council(next_bureau, (2025,))
    assert calendar_banner(bureau.pk, D("2025-09-12")).startswith("2025年")


@pytest.mark.django_db
def test_the_banner_costs_one_query_and_nobody_s_county_costs_none(
    bureau: Unit, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        calendar_banner(bureau.pk, D("2025-09-12"))
    with django_assert_num_queries(0):
        assert calendar_banner(None, D("2025-09-12")) == ""
