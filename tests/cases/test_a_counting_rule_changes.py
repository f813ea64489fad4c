"""An upgrade that changes a counting rule counts again what stands, and says so (design 4.6)."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connections
from django.db.models import F

from cases.models import Case
from cases.recount import counting
from students.attendance.models import AbsenceSpell, CountedRule
from students.attendance.rules.spells import COUNTING
from tests.cases.steps import FIRST_MISSED, OPENED, call_roll, sweep_on, the_case
from tests.cast import Cast, make_child

DAY = timedelta(1)
pytestmark = pytest.mark.django_db(databases=["default", "owner"])  # which migrates


@pytest.fixture
def former(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> AbsenceSpell:
    """Two days missed, of which the rule before counted one half-day less and opened no case."""
    child = make_child(cast.here)
    call_roll(cast, FIRST_MISSED, child)
    AbsenceSpell.objects.update(halves=F("halves") - 1)
    call_roll(cast, OPENED, kind="unexcused")
    AbsenceSpell.objects.update(last_missed_on=FIRST_MISSED, ended_on=None)
    monkeypatch.setattr(counting, "COUNTING", 2)
    return AbsenceSpell.objects.get()


def upgrade() -> str:
    told = StringIO()
    with connections["owner"].cursor() as owner:
        owner.execute("RESET ROLE")  # in tests every connection serves
    with time_machine.travel(f"{OPENED + DAY} 01:00:00+00:00", tick=False):
        call_command("upgrade", stdout=told)
    return told.getvalue()


def test_the_upgrade_counts_again_once_and_says_how_many_differ(former: AbsenceSpell) -> None:
    assert "已重新计算1所学校的缺勤，1次连续缺勤有变动" in upgrade()
    former.refresh_from_db()
    assert (former.halves, former.ended_on) == (2, OPENED)
    assert CountedRule.objects.filter(version=2).exists()
    assert "计数规则" not in upgrade()


def test_a_case_opens_that_the_former_rule_did_not_open(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = make_child(cast.here)
    with monkeypatch.context() as former_rule:
        former_rule.setattr("cases.actions.following.passes", lambda halves, days: False)
        for day in (FIRST_MISSED, OPENED):
            call_roll(cast, day, child)
    assert not Case.objects.exists()
    monkeypatch.setattr(counting, "COUNTING", 2)
    upgrade()
    assert the_case(child).stage == "D1"


def test_the_sweep_does_it_where_only_the_tables_were_upgraded(former: AbsenceSpell) -> None:
    sweep_on(OPENED)
    former.refresh_from_db()
    assert (former.halves, former.ended_on) == (2, OPENED)


def test_a_new_county_has_nothing_to_count_again(db: None) -> None:
    assert CountedRule.objects.filter(version=COUNTING).exists()
    assert "计数规则" not in upgrade()
