"""寄宿 and 上下午分别点名 change on a day, with a reason; rolls already called stay as they are."""

from datetime import date

import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.models import UnitChange
from kongchuo.setup.units.carrying import carry_out_due
from students.attendance.models import RollCall
from students.attendance.rolls.states import state_of
from students.census.actions.catchments import villages_of
from students.roster.models import School
from tests.browsing import page
from tests.cases.steps import call_roll
from tests.cast import Cast, make_child
from tests.units.conftest import FRIDAY, PAPER

FRI, MON, TUE = date(2025, 9, 12), date(2025, 9, 15), date(2025, 9, 16)


def change(cast: Cast, keeper: Client, day: date, **facts: str) -> str:
    unit = cast.here.school.unit
    asked = PAPER | {"name": unit.name, "parent": str(unit.parent_id), "day": f"{day}"} | facts
    return page(keeper.post(f"/units/{unit.pk}/change/", asked, follow=True))


def sessions(cast: Cast, day: date) -> list[tuple[str, bool]]:
    """The sessions asked for on the day, and whether each was called."""
    classes = type(cast.here.school_class).objects.select_related("school")
    row = classes.get(pk=cast.here.school_class.pk)
    state = state_of([row], day)[row.pk]
    return [(one.session, one.roll_call is not None) for one in state.sessions]


def test_a_wrong_township_is_corrected(cast: Cast, keeper: Client) -> None:
    """A case opened later goes to the right one; the page says so."""
    words = change(cast, keeper, FRI, township=str(cast.there.township.pk))
    assert "所在乡镇改为西镇人民政府" in words
    school = School.objects.select_related("unit").get(pk=cast.here.school.pk)
    assert school.township == cast.there.township
    assert school.unit.region == cast.there.township.region


def test_the_day_before_the_day_and_the_day_after(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    call_roll(cast, FRI)
    words = change(cast, keeper, MON, marks_half_days="on")
    assert "上午、下午分别点名" in words
    assert sessions(cast, FRI) == [("d", True)]
    assert sessions(cast, MON) == [("d", False)]
    with time_machine.travel(f"{MON} 00:10:00+08:00", tick=False):
        assert carry_out_due(timezone.localdate(), timezone.now()) == 1
    assert sessions(cast, FRI) == [("d", True)]
    assert sessions(cast, MON) == [("am", False), ("pm", False)]
    cast.here.school_class.school.refresh_from_db()
    for session in ("am", "pm"):
        call_roll(cast, MON, session=session)
    assert sessions(cast, TUE) == [("am", False), ("pm", False)]
    assert RollCall.objects.count() == 3


def test_a_roll_of_the_same_morning_counts_for_the_whole_day(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    call_roll(cast, FRI)
    change(cast, keeper, FRI, marks_half_days="on", is_boarding="on")
    school = School.objects.get(pk=cast.here.school.pk)
    assert (school.marks_half_days, school.is_boarding) == (True, True)
    assert sessions(cast, FRI) == [("d", True)]
    row = UnitChange.objects.get()
    assert row.told == {"school": {"is_boarding": True, "marks_half_days": True}}
    assert (f"{row.day}", row.reason) == (FRIDAY, PAPER["reason"])


def test_back_to_one_roll_a_day_the_half_days_called_stand(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    School.objects.filter(pk=cast.here.school.pk).update(marks_half_days=True)
    cast.here.school_class.school.refresh_from_db()
    call_roll(cast, FRI, session="am")
    words = change(cast, keeper, FRI)
    assert "一天点一次名" in words
    assert sessions(cast, FRI) == [("am", True), ("pm", False)]
    assert sessions(cast, MON) == [("d", False)]


def test_what_stays_as_it_is_is_no_change(cast: Cast, keeper: Client) -> None:
    assert "没有要更改的" in page_of(cast, keeper)
    assert not UnitChange.objects.exists()


def page_of(cast: Cast, keeper: Client) -> str:
    unit = cast.here.school.unit
    asked = PAPER | {"name": unit.name, "parent": str(unit.parent_id)}
    return page(keeper.post(f"/units/{unit.pk}/change/", asked), 422)


def villages(cast: Cast, day: date) -> set[tuple[int, str]]:
    return villages_of(cast.here.school.pk, day)


def test_villages_and_stages_of_a_school_change_from_a_day_on(cast: Cast, keeper: Client) -> None:
    here, there, school = cast.here.village, cast.there.village, cast.here.school
    asked = PAPER | {"villages": [str(here.pk)], "stages": ["2"]}
    at = f"/units/{school.pk}/catchment/"
    assert "学区1个村" in page(keeper.post(at, asked, follow=True))
    assert "没有要更改的" in page(keeper.post(at, asked), 422)
    later = PAPER | {"day": f"{MON}", "villages": [str(there.pk)], "stages": ["1", "2"]}
    page(keeper.post(at, later, follow=True))
    with time_machine.travel(f"{MON} 00:10:00+08:00", tick=False):
        assert carry_out_due(timezone.localdate(), timezone.now()) == 1
    assert villages(cast, FRI) == {(here.pk, "2")}
    assert villages(cast, MON) == {(there.pk, "1"), (there.pk, "2")}
    assert UnitChange.objects.count() == 2


def test_a_village_of_another_school_comes_over_and_one_that_began_today_stays_today(
    cast: Cast, keeper: Client
) -> None:
    village, school, other = cast.here.village, cast.here.school, cast.there.school
    asked = PAPER | {"villages": [str(village.pk)], "stages": ["2"]}
    page(keeper.post(f"/units/{other.pk}/catchment/", asked, follow=True))
    at = f"/units/{school.pk}/catchment/"
    assert "生效日期要晚于这一天" in page(keeper.post(at, asked), 422)
    keeper.post(at, asked | {"day": f"{MON}"})
    with time_machine.travel(f"{MON} 00:10:00+08:00", tick=False):
        assert carry_out_due(timezone.localdate(), timezone.now()) == 1
    assert villages(cast, MON) == {(village.pk, "2")}
    assert villages_of(other.pk, MON) == set()
