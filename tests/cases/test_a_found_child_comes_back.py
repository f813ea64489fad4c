"""A case that no roll call opened closes by the roll as any other short one does (P20)."""

from datetime import date

from cases.actions.context import Contexts
from cases.actions.opening import open_found
from cases.findings import Finding
from cases.models import Case
from foundation.accounts.audit import Origin
from tests.cases.steps import at, call_roll, stage
from tests.cast import Cast, make_child

FOUND, FRI, MON, TUE = (date(2025, 9, day) for day in (11, 12, 15, 16))


def a_found_case(cast: Cast) -> Case:
    """A child whom a source names, with its case of the same day."""
    child, school = make_child(cast.here), cast.here.school
    ctx = Contexts(FOUND, at(FOUND), Origin()).at(cast.county.pk, school.pk)
    case = open_found(
        Finding("entrant:1", "entrant", child, school, date(2025, 9, 10), ctx.today), ctx
    )
    assert case is not None
    return case


def test_present_it_is_under_observation_and_asks_nobody_for_an_outcome(cast: Cast) -> None:
    case = a_found_case(cast)
    call_roll(cast, FRI)
    assert stage(case) == "D9"
    assert not case.deadlines.filter(code="request_closure").exists()


def test_on_the_second_day_present_it_is_still_open(cast: Cast) -> None:
    case = a_found_case(cast)
    for day in (FRI, MON):
        call_roll(cast, day)
    assert stage(case) == "D9"


def test_on_the_third_day_present_it_closes(cast: Cast) -> None:
    case = a_found_case(cast)
    for day in (FRI, MON, TUE):
        call_roll(cast, day)
    assert stage(case) == "DX"
    assert case.outcome == "C01"
