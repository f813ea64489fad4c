"""Loading the demo county into an empty database, a full one, and one where it broke off."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from foundation.accounts.models import ClockShift, Region, Unit
from kongchuo.demo import history, progress
from students.attendance.models import RollCall
from students.roster.models import Child

pytestmark = pytest.mark.django_db
TUESDAY, THURSDAY = date(2025, 9, 2), date(2025, 9, 4)


@pytest.fixture(autouse=True)
def _short_past(settings, monkeypatch) -> None:
    settings.CLOCK_MAY_SHIFT = True
    for module in (history, progress):
        monkeypatch.setattr(module, "DEMO_DAY", THURSDAY)


def load(*options: str) -> None:
    call_command("load_demo", "--pupils=100", *options)


def test_a_real_installation_refuses_the_demo(settings) -> None:
    settings.CLOCK_MAY_SHIFT = False
    with pytest.raises(CommandError, match="CLOCK_MAY_SHIFT"):
        load()
    assert not Unit.objects.exists()


def test_without_a_past_the_county_stands_on_its_morning() -> None:
    load("--no-history")
    assert not RollCall.objects.exists()
    assert ClockShift.objects.count() == 1


def test_a_crash_while_founding_leaves_the_database_empty(monkeypatch) -> None:
    def crash(*args: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("kongchuo.demo.county.founding.enrol_all", crash)
    with pytest.raises(RuntimeError):
        load()
    assert not Unit.objects.exists()
    assert not Region.objects.exists()


def test_a_load_that_broke_off_goes_on_where_it_stopped(monkeypatch) -> None:
    lived = progress.County.live

    def crash_on_wednesday(county: progress.County, day: date) -> None:
        lived(county, day)
        if day > TUESDAY:
            raise RuntimeError("power cut")

    monkeypatch.setattr(progress.County, "live", crash_on_wednesday)
    with pytest.raises(RuntimeError):
        load("--if-empty")
    assert RollCall.objects.latest("day").day == TUESDAY
    assert not ClockShift.objects.exists()

    monkeypatch.setattr(progress.County, "live", lived)
    children = Child.objects.count()
    load("--if-empty")
    assert RollCall.objects.latest("day").day == THURSDAY
    assert ClockShift.objects.count() == 1
    assert Child.objects.count() == children


def test_a_second_load_changes_nothing() -> None:
    load("--if-empty")
    before = Child.objects.count(), RollCall.objects.count(), ClockShift.objects.count()
    load("--if-empty")
    assert (Child.objects.count(), RollCall.objects.count(), ClockShift.objects.count()) == before
    with pytest.raises(CommandError, match="已有数据"):
        load()
