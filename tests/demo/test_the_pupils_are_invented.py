"""No name, number or telephone of the demo is anybody's, and every load has the same ones."""

from collections import Counter

import pytest

from kongchuo.demo.county.people import TOUR
from kongchuo.demo.county.places import listed_regions
from kongchuo.demo.county.pupils import DemoPupil, Homes, invent_pupils
from kongchuo.demo.county.schools import ClassPlan, plan
from students.roster.rules.ids import birth_of, is_valid, sex_of


def invent(classes: list[ClassPlan]) -> list[DemoPupil]:
    towns = {one.school.town for one in classes}
    homes = Homes({town: {f"530922{town}201": f"{town}村"} for town in towns})
    return list(invent_pupils(classes, homes, 2025, {}))


@pytest.fixture(scope="module")
def county() -> list[ClassPlan]:
    return plan(8_000)


@pytest.fixture(scope="module")
def pupils(county: list[ClassPlan]) -> list[DemoPupil]:
    return invent(county)


def test_the_county_has_forty_schools_and_about_250_classes(county) -> None:
    schools = {one.school for one in county}
    assert len(schools) == 40
    assert 240 <= len(county) <= 260
    assert sum(school.half_days for school in schools) == 2
    assert any(school.boards for school in schools)
    assert {school.kind for school in schools} == {"1", "2", "9"}


def test_it_has_as_many_pupils_as_asked_for(county, pupils) -> None:
    assert len(pupils) == sum(one.size for one in county) == 8_000
    assert all(18 <= one.size <= 37 for one in county if one.stage == "1")
    assert all(38 <= one.size <= 51 for one in county if one.stage == "2")


def test_a_small_county_teaches_both_stages_in_two_townships() -> None:
    small = plan(200)
    assert sum(one.size for one in small) == 200
    assert {one.stage for one in small} == {"1", "2"}
    assert len({one.school.town for one in small}) == 2


def test_the_same_seed_gives_the_same_pupils(pupils) -> None:
    assert invent(plan(8_000)) == pupils


def test_every_id_number_is_valid_and_nobodys(pupils) -> None:
    assert all(is_valid(pupil.id_no) for pupil in pupils)
    assert {pupil.id_no[:6] for pupil in pupils} == {"530999"}
    assert all(birth_of(pupil.id_no) == pupil.born_on for pupil in pupils)
    assert all(sex_of(pupil.id_no) == pupil.sex for pupil in pupils)


def test_no_number_is_given_twice(pupils) -> None:
    assert max(Counter(pupil.id_no for pupil in pupils).values()) == 1
    assert all(pupil.registry_no == f"G{pupil.id_no}" for pupil in pupils)


def test_no_telephone_rings_anywhere(pupils) -> None:
    phones = [relative.phone for pupil in pupils for relative in pupil.relatives]
    assert all(len(phone) == 11 and phone.startswith("142") for phone in phones)


def test_children_are_as_old_as_their_grade(county, pupils) -> None:
    grade = {one.key: one.grade for one in county}
    ages = {(2025 - pupil.born_on.year) - grade[pupil.class_key] for pupil in pupils}
    assert ages == {5, 6}


def test_some_names_bear_the_interpunct_and_some_homes_lie_outside(pupils) -> None:
    assert any("·" in pupil.name for pupil in pupils)
    outside = [pupil for pupil in pupils if len(pupil.home) == 6]
    assert 0 < len(outside) < 100


def test_the_list_is_the_real_one() -> None:
    codes = Counter(len(row.code) for row in listed_regions())
    assert codes == {6: 1, 9: 14, 12: 196}


def test_there_is_one_login_of_the_tour_for_every_role() -> None:
    assert len({stop.role for stop in TOUR}) == len(TOUR) == 14
