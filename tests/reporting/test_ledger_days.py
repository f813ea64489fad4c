"""Where a case stands in the ledger on a day, and how a month's movements follow from it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.category import (
    Category,
    History,
    category_at,
    is_away_on,
    last_there_on,
    standing_at,
)
from cases.rules.returns import LedgerMove, SeenDays
from foundation.accounts.parameters import defaults
from reporting.figures.ledger import movements
from reporting.figures.months import ReturnMonth, month_until, months_back

RULES = defaults()
NOVEMBER = ReturnMonth(date(2025, 11, 1), date(2025, 11, 30))


def weekdays(first: date, number: int) -> list[date]:
    days = (first + timedelta(days=n) for n in range(number * 2 + 7))
    return [day for day in days if day.weekday() < 5][:number]


def gone_from(first: date, number: int = 60, **facts) -> History:
    """Away from ``first`` on, missing ``number`` weekdays."""
    facts.setdefault("opened_on", first + timedelta(days=1))
    facts.setdefault("missed", weekdays(first, number))
    facts.setdefault("seen", SeenDays(facts.pop("there", ())))
    return History(gone_since=first - timedelta(days=1), **facts)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 11, 9), Category.BELOW),  # 7 calendar days, 5 missed
        (date(2025, 11, 10), Category.SUSPECTED),  # 8 calendar days, 6 missed
        (date(2025, 11, 11), Category.SUSPECTED),
        (date(2025, 11, 27), Category.SUSPECTED),  # 19 missed
        (date(2025, 11, 28), Category.DROPOUT),  # the 20th
        (date(2025, 11, 29), Category.DROPOUT),
    ],
)
def test_the_category_turns_on_the_day_a_threshold_is_reached(day, expected):
    assert category_at(gone_from(date(2025, 11, 3)), day, RULES) is expected


def test_without_an_open_case_there_is_no_category():
    case = gone_from(date(2025, 11, 3), opened_on=date(2025, 11, 20))
    assert category_at(case, date(2025, 11, 19), RULES) is None
    assert category_at(case, date(2025, 11, 20), RULES) is Category.SUSPECTED


def test_a_registered_return_ends_the_category_that_day():
    back_on = date(2025, 11, 20)
    case = gone_from(date(2025, 11, 3), 13, there=(back_on,), moves=(LedgerMove(back_on, True),))
    assert category_at(case, back_on - timedelta(days=1), RULES) is Category.SUSPECTED
    assert category_at(case, back_on, RULES) is None
    assert not is_away_on(case, back_on + timedelta(days=1))


def test_a_broken_observation_counts_anew_from_the_return():
    case = gone_from(
        date(2025, 9, 1),
        60,
        there=(date(2025, 11, 3),),
        moves=(LedgerMove(date(2025, 11, 3), True), LedgerMove(date(2025, 11, 6), False)),
    )
    assert last_there_on(case, date(2025, 11, 6)) == date(2025, 11, 3)
    assert category_at(case, date(2025, 11, 2), RULES) is Category.DROPOUT
    assert category_at(case, date(2025, 11, 6), RULES) is Category.BELOW


def test_a_return_that_the_roll_no_longer_shows_gives_no_time():
    moves = (
        LedgerMove(date(2025, 11, 3), True, by_roll=True),
        LedgerMove(date(2025, 11, 4), False),
    )
    case = gone_from(date(2025, 9, 1), 60, moves=moves)
    assert last_there_on(case, date(2025, 11, 4)) == date(2025, 8, 31)
    assert category_at(case, date(2025, 11, 4), RULES) is Category.DROPOUT


def test_of_two_moves_the_one_recorded_last_holds_whatever_their_days():
    moves = (
        LedgerMove(date(2025, 11, 3), True),
        LedgerMove(date(2025, 11, 6), False),
        LedgerMove(date(2025, 11, 4), True),
    )
    case = gone_from(date(2025, 9, 1), 60, there=(date(2025, 11, 4),), moves=moves)
    assert standing_at(case, date(2025, 11, 7), RULES).returned_on == date(2025, 11, 4)
    assert not is_away_on(case, date(2025, 11, 7))


def test_the_ledger_names_whom_a_threshold_puts_there():
    case = gone_from(date(2025, 11, 3), closed_on=date(2025, 12, 1))
    days = (date(2025, 11, 9), date(2025, 11, 10), date(2025, 11, 28), date(2025, 12, 1))
    labels = [standing_at(case, day, RULES).ledger_label for day in days]
    assert labels == ["", "疑似辍学", "辍学", ""]


def test_a_day_at_school_by_the_roll_begins_the_count_anew():
    case = gone_from(date(2025, 9, 1), 60, there=(date(2025, 11, 4),))
    assert category_at(case, date(2025, 11, 3), RULES) is Category.DROPOUT
    assert category_at(case, date(2025, 11, 4), RULES) is Category.BELOW


def test_the_day_of_closing_is_the_first_without_a_category():
    case = gone_from(date(2025, 9, 1), closed_on=date(2025, 11, 12))
    assert category_at(case, date(2025, 11, 11), RULES) is Category.DROPOUT
    assert category_at(case, date(2025, 11, 12), RULES) is None


def test_a_dropout_dates_from_its_twentieth_missed_day_or_from_a_later_opening():
    early = gone_from(date(2025, 11, 3))
    assert standing_at(early, date(2025, 11, 30), RULES).dropout_since == date(2025, 11, 28)
    assert standing_at(early, date(2025, 11, 27), RULES).dropout_since is None
    late = gone_from(date(2025, 9, 1), opened_on=date(2025, 11, 20))
    assert standing_at(late, date(2025, 11, 30), RULES).dropout_since == date(2025, 11, 20)


def test_who_becomes_suspected_and_then_a_dropout_in_one_month_is_counted_in_both_flows():
    assert dict(movements(gone_from(date(2025, 11, 3)), NOVEMBER, RULES)) == {
        "suspected_new": 1,
        "suspected_worse": 1,
        "dropout_new": 1,
        "dropout_end": 1,
    }


def test_who_was_suspected_before_and_is_back_is_carried_and_cleared():
    back = date(2025, 11, 5)
    case = gone_from(date(2025, 10, 20), 12, there=(back,), moves=(LedgerMove(back, True),))
    assert dict(movements(case, NOVEMBER, RULES)) == {
        "suspected_carried": 1,
        "suspected_cleared": 1,
    }


def test_a_dropout_who_returns_is_not_one_who_is_closed_otherwise():
    day = date(2025, 11, 5)
    back = gone_from(date(2025, 9, 1), 45, there=(day,), moves=(LedgerMove(day, True),))
    moved = gone_from(date(2025, 9, 1), 45, closed_on=date(2025, 11, 5))
    assert movements(back, NOVEMBER, RULES)["dropout_back"] == 1
    assert movements(moved, NOVEMBER, RULES)["dropout_other"] == 1
    assert movements(moved, NOVEMBER, RULES)["dropout_back"] == 0


def test_a_case_below_the_thresholds_moves_nothing():
    assert not movements(gone_from(date(2025, 11, 25), 4), NOVEMBER, RULES)


@pytest.mark.parametrize(("there", "new"), [(8, 0), (9, 0), (10, 1)])
def test_who_is_away_again_within_ten_school_days_is_no_new_one(there, new):
    """Suspected since October, back on 11-03, away again after some days until the month's end."""
    days = weekdays(NOVEMBER.first, 20)
    case = gone_from(
        date(2025, 10, 20),
        missed=[*weekdays(date(2025, 10, 20), 10), *days[there:]],
        there=tuple(days[:there]),
        moves=(LedgerMove(days[0], True, True), LedgerMove(days[there + 1], False)),
    )
    assert category_at(case, days[2], RULES) is None
    counts = movements(case, NOVEMBER, RULES)
    assert (counts["suspected_new"], counts["suspected_cleared"]) == (new, new)
    assert (counts["suspected_carried"], counts["suspected_end"]) == (1, 1)


_days = st.integers(min_value=-90, max_value=29).map(lambda n: NOVEMBER.first + timedelta(days=n))


@given(
    opened_on=_days,
    missed=st.sets(_days),
    there=st.sets(_days),
    silent=st.sets(_days),
    by_roll=st.booleans(),
    moves=st.dictionaries(_days, st.booleans()),
    closed_on=st.none() | _days,
    closed_as_back=st.booleans(),
)
def test_closing_counts_tie_for_whatever_happened(
    opened_on, missed, there, silent, by_roll, moves, closed_on, closed_as_back
):
    case = History(
        opened_on=opened_on,
        gone_since=NOVEMBER.first - timedelta(days=91),
        missed=sorted(missed - there),
        seen=SeenDays(sorted(there), sorted(missed - there), sorted(silent - there - missed)),
        moves=[LedgerMove(day, back, by_roll) for day, back in sorted(moves.items())],
        closed_on=closed_on,
        closed_as_back=closed_as_back,
    )
    n = movements(case, NOVEMBER, RULES)
    assert n["suspected_end"] == (
        n["suspected_carried"] + n["suspected_new"] - n["suspected_worse"] - n["suspected_cleared"]
    )
    assert n["dropout_end"] == (
        n["dropout_carried"] + n["dropout_new"] - n["dropout_back"] - n["dropout_other"]
    )


def test_the_running_month_stands_at_today_and_a_past_one_at_its_last_day():
    assert month_until(date(2025, 11, 1), date(2025, 11, 23)).as_of == date(2025, 11, 23)
    assert month_until(date(2025, 11, 1), date(2025, 11, 30)).as_of == date(2025, 11, 30)
    assert month_until(date(2025, 11, 1), date(2025, 12, 1)).as_of == date(2025, 11, 30)


def test_a_month_that_has_not_begun_is_refused():
    with pytest.raises(ValueError, match="has not begun"):
        month_until(date(2025, 12, 1), date(2025, 11, 30))


def test_the_school_year_turns_on_the_first_of_september():
    assert month_until(date(2025, 8, 1), date(2025, 9, 1)).year_start == date(2024, 9, 1)
    assert month_until(date(2025, 9, 1), date(2025, 9, 1)).year_start == date(2025, 9, 1)


def test_months_are_offered_backwards_over_the_new_year():
    assert months_back(date(2026, 1, 15), 3) == (
        date(2026, 1, 1),
        date(2025, 12, 1),
        date(2025, 11, 1),
    )
