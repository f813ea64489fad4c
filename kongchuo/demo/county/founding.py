"""Founds the demo county: everything that exists before the first school day."""

from collections.abc import Callable

from django.db import transaction

from foundation.accounts.models import Unit, UnitKind
from kongchuo.demo.county.dates import SCHOOL_YEAR
from kongchuo.demo.county.enrolling import enrol_all, homes_of
from kongchuo.demo.county.people import TOUR_VILLAGE, make_people
from kongchuo.demo.county.places import COUNTY_CODE, Places, make_places
from kongchuo.demo.county.pupils import ELSEWHERE, invent_pupils
from kongchuo.demo.county.schools import TOWN, plan
from kongchuo.demo.script.stories import HERE, NEAR, STORIES, ClassKey

Tick = Callable[[int], None]


def demo_county() -> Unit | None:
    """The demo's county unit, or None where it is not founded."""
    return Unit.objects.filter(kind=UnitKind.COUNTY, region__code=COUNTY_CODE).first()


def is_empty() -> bool:
    """Whether no unit stands in the database."""
    return not Unit.objects.exists()


@transaction.atomic
def found_county(pupils: int, tick: Tick) -> Unit:
    """Write places, people and pupils in one transaction: a crash writes nothing."""
    classes = plan(pupils)
    places = make_places(classes)
    make_people(places)
    homes = homes_of(places)
    enrol_all(invent_pupils(classes, homes, SCHOOL_YEAR, _scripted_homes(places)), places, tick)
    return places.county


def _scripted_homes(places: Places) -> dict[tuple[ClassKey, int], str]:
    """The homes of the script's children, by class and seat."""
    near = [code for code in places.towns[TOWN].villages if code != TOUR_VILLAGE]
    found: dict[tuple[ClassKey, int], str] = {}
    for order, story in enumerate(STORIES):
        home = {HERE: TOUR_VILLAGE, NEAR: near[order % len(near)]}.get(story.home, ELSEWHERE[0])
        found[story.school_class, story.seat] = home
    return found
