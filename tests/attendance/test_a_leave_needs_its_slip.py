"""病假 and 事假 past 3 school days need the slip (design 4, Counting); rules alone."""

from datetime import date, timedelta

import pytest

from students.attendance.rules.kinds import BY_CODE, KINDS, SLIP_KINDS
from students.attendance.rules.leave import Run, SlipSpan, half_of, run_at_end, runs_owing, settle

MON = date(2025, 9, 8)
DAYS = [MON + timedelta(days=n) for n in range(12)]
TUE, WED, THU, FRI = DAYS[1:5]


def week(*halves: str) -> list[tuple[date, str]]:
    """Days in a row from Monday; "" is a day without a roll call."""
    return [(day, half) for day, half in zip(DAYS, halves, strict=False) if half]


def settled(*halves: str) -> str:
    """What counts, day after day."""
    return " ".join(order for _, order in settle(week(*halves)))


def test_three_school_days_are_excused_without_a_slip() -> None:
    assert settled("ll", "ll", "ll") == "ee ee ee"


def test_the_fourth_school_day_is_unexcused_without_a_slip() -> None:
    assert settled("ll", "ll", "ll", "ll") == "ee ee ee uu"


def test_the_fourth_school_day_is_excused_by_a_slip() -> None:
    assert settled("ll", "ll", "ll", "ss") == "ee ee ee ee"


def test_days_with_a_slip_count_in_the_run() -> None:
    assert settled("ss", "ss", "ss", "ll") == "ee ee ee uu"


def test_a_slip_that_comes_late_excuses_the_days_it_covers_and_no_others() -> None:
    assert settled("ll", "ll", "ll", "ss", "ll") == "ee ee ee ee uu"


def test_presence_begins_a_new_run() -> None:
    assert settled("ll", "ll", "ll", "lp", "ll", "ll", "ll", "ll") == "ee ee ee up ee ee ee uu"


@pytest.mark.parametrize("between", ["uu", "ee", "ue"])
def test_an_unexcused_day_or_an_outing_between_two_leaves_begins_nothing_anew(
    between: str,
) -> None:
    assert settled("ll", "ll", between, "ll", "ll") == f"ee ee {between} ee uu"


def test_a_day_without_a_roll_call_neither_breaks_a_run_nor_adds_to_it() -> None:
    assert settled("ll", "ll", "", "ll", "ll") == "ee ee ee uu"


def test_half_days_add_up() -> None:
    assert settled("le", "le", "le", "le", "le", "le", "le").endswith("ee ue")


def test_a_run_that_began_before_the_days_goes_on() -> None:
    before = run_at_end(week("pp", "ll", "ss"))
    assert before == 4
    later = [(DAYS[5], "ll"), (DAYS[6], "ll")]
    assert [order for _, order in settle(later, before)] == ["ee", "uu"]


def test_presence_at_the_end_leaves_no_run() -> None:
    assert run_at_end(week("ll", "ll", "lp")) == 0


def test_a_slip_covers_its_last_day_and_not_the_day_after() -> None:
    slips = [SlipSpan(TUE, THU)]
    marks = [half_of("sick", THU, day, slips) for day in (MON, TUE, THU, FRI)]
    assert marks == ["l", "s", "s", "u"]


def test_a_renewal_by_word_alone_is_a_leave_without_a_slip() -> None:
    assert half_of("sick", FRI, FRI, [SlipSpan(TUE, THU)]) == "l"


def test_a_slip_excuses_no_absence_without_reason() -> None:
    assert half_of("unexcused", None, TUE, [SlipSpan(TUE, THU)]) == "u"
    assert half_of("unreachable", None, TUE, [SlipSpan(TUE, THU)]) == "u"


@pytest.mark.parametrize("kind", ["late", "early"])
def test_who_came_late_or_left_early_was_there(kind: str) -> None:
    assert half_of(kind, None, MON, ()) == "p"


def test_another_reason_excuses_nothing() -> None:
    assert half_of("other", None, MON, ()) == "u"
    assert BY_CODE["other"].needs_note


def test_an_outing_needs_neither_end_nor_slip() -> None:
    assert half_of("official", None, MON, ()) == "e"


def test_staying_home_by_order_needs_an_end_and_no_slip() -> None:
    assert [half_of("quarantine", MON, day, ()) for day in (MON, TUE)] == ["e", "u"]


def test_nothing_is_owed_on_the_third_day() -> None:
    assert runs_owing(week("ll", "ll", "ll")) == []


def test_a_slip_is_owed_from_the_fourth_day() -> None:
    assert runs_owing(week("ll", "ll", "ll", "ll")) == [Run(MON, THU, 8, THU)]


def test_renewals_are_one_run_as_long_as_it_lasts() -> None:
    (run,) = runs_owing(week("ll", "ss", "ll", "ll", "ll"))
    assert (run.first_day, run.last_day, run.halves, run.unpaid_from) == (MON, FRI, 10, THU)


def test_a_run_that_slips_cover_owes_nothing() -> None:
    assert runs_owing(week("ll", "ll", "ll", "ss", "ss")) == []


def test_two_long_runs_owe_two_slips() -> None:
    runs = runs_owing(week(*["ll"] * 4, "pp", *["ll"] * 5))
    assert [(run.first_day, run.halves) for run in runs] == [(MON, 8), (DAYS[5], 10)]


def test_the_table_of_kinds_holds_together() -> None:
    assert len({kind.code for kind in KINDS}) == len({kind.label for kind in KINDS}) == len(KINDS)
    for kind in KINDS:
        assert not (kind.present and kind.excused), kind
        assert not kind.needs_slip or (kind.excused and kind.needs_end), kind
    assert SLIP_KINDS == ("sick", "personal")
