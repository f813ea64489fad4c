"""The chain of duty says what is on each of its days."""

from datetime import date

from cases.pages.timeline import chain
from cases.policy import Level
from tests.cases.steps import OPENED, a_case
from tests.cast import make_child

LATER = date(2025, 9, 30)


def test_a_level_that_is_late_shows_the_day_it_was_due(cast) -> None:
    case = a_case(cast, make_child(cast.here))
    owed = list(case.deadlines.all())
    due = min(row.due_on for row in owed if row.level == Level.TEACHER)
    teacher = chain(case, [], owed, LATER)[0]
    assert (teacher.state, teacher.on, teacher.told) == ("late", due, "到期")


def test_a_day_on_which_nothing_is_owed_has_its_word(cast) -> None:
    case = a_case(cast, make_child(cast.here))
    teacher = chain(case, [], [], LATER)[0]
    assert (teacher.on, teacher.told) == (OPENED, "立案")
    case.village_asked_on = LATER
    assert chain(case, [], [], LATER)[2].told == "请求协助"


def test_the_county_is_named_once(cast) -> None:
    case = a_case(cast, make_child(cast.here))
    case.county.short_name = "县教育局"
    county = chain(case, [], [], LATER)[4]
    assert (county.name, county.unit) == ("县教育局", "")
