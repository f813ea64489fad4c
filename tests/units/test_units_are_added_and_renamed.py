"""The administrator finds, adds and renames units; every change is a dated row."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from foundation.accounts.actions import grant_post
from foundation.accounts.models import AuditEvent, Region, Unit, UnitChange
from foundation.accounts.querysets import viewer_on
from kongchuo.setup.units.carrying import carry_out_due
from kongchuo.setup.units.tasks import carry_out
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.units.conftest import FRIDAY, PAPER, TOMORROW

NEW_VILLAGE = {"name": "新寨村民委员会", "short_name": "", "phone": "", "code": "530999101202"}


def named(name: str) -> Unit:
    return Unit.objects.get(name=name)


def test_the_tree_shows_both_lines(cast: Cast, keeper: Client) -> None:
    words = page(keeper.get("/units/"))
    education, government = words.split("教育线")[1].split("政府线")
    assert "东镇中学" in education
    assert "西镇中心校" in education
    assert "东村村民委员会" in government
    assert "东镇教管办" in government


@pytest.mark.parametrize("words", ["西镇中", "3153000102"])
def test_a_name_or_a_code_finds_a_unit(cast: Cast, keeper: Client, words: str) -> None:
    found = page(keeper.get("/units/", {"q": words}))
    assert "西镇中学" in found
    assert "东镇中学" not in found
    assert "没有找到" in page(keeper.get("/units/", {"q": "没有这个"}))


def test_a_village_is_added_with_its_code_and_its_paper(cast: Cast, keeper: Client) -> None:
    answer = keeper.post(f"/units/{cast.here.township.pk}/add/village/", NEW_VILLAGE | PAPER)
    made = named("新寨村民委员会")
    assert answer["Location"] == f"/units/{made.pk}/"
    assert (made.is_open, made.parent, made.county) == (True, cast.here.township, cast.county)
    assert (made.region.code, made.region.name) == ("530999101202", "新寨村")
    change = UnitChange.objects.get(unit=made)
    assert (change.kind, change.document, change.end.outcome) == (
        "added",
        PAPER["document"],
        "done",
    )
    assert change.ordered_by == cast.post("administrator")
    assert AuditEvent.objects.filter(verb="unit_added", object_id=made.pk).exists()
    assert PAPER["document"] in page(keeper.get(f"/units/{made.pk}/"))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"code": "530999102202"}, "代码是530999101，下级代码应以它开头"),
        ({"code": "530999101201"}, "已经是"),
        ({"code": "53099910120"}, "应为12位数字，现在是11位"),
        ({"name": "东村村民委员会"}, "不能重名"),
        ({"day": "2025-09-11"}, "不能早于今天"),
        ({"document": ""}, "请填写批准文件的文号"),
    ],
)
def test_a_wrong_village_is_refused_in_words(
    cast: Cast, keeper: Client, changed: dict[str, str], told: str
) -> None:
    before = Unit.objects.count(), Region.objects.count()
    asked = NEW_VILLAGE | PAPER | changed
    assert told in page(keeper.post(f"/units/{cast.here.township.pk}/add/village/", asked), 422)
    assert (Unit.objects.count(), Region.objects.count()) == before


def test_a_school_s_code_belongs_to_one_school(cast: Cast, keeper: Client) -> None:
    asked = {"name": "东镇第二中学", "short_name": "", "phone": "", "code": "3153000102"} | PAPER
    asked["township"] = str(cast.here.township.pk)
    url = f"/units/{cast.here.central_school.pk}/add/school/"
    assert "已经是「西镇中学」的" in page(keeper.post(url, asked), 422)
    keeper.post(url, asked | {"code": "3153000103", "marks_half_days": "on"})
    made = named("东镇第二中学").school
    assert (made.code, made.township, made.marks_half_days) == (
        "3153000103",
        cast.here.township,
        True,
    )


def facts_of(unit: Unit, **more: str) -> dict[str, str]:
    return {"name": unit.name, "short_name": "", "phone": "", **PAPER, **more}


def test_a_name_of_tomorrow_waits_and_may_be_withdrawn(cast: Cast, keeper: Client) -> None:
    village, url = cast.here.village, f"/units/{cast.here.village.pk}/change/"
    asked = facts_of(village, name="东河村民委员会", day=TOMORROW)
    keeper.post(url, asked)
    carry_out()
    assert named("东村村民委员会") == village
    assert "已登记2025-09-13起更改" in page(keeper.post(url, asked), 422)
    change = UnitChange.objects.get()
    keeper.post(f"/units/changes/{change.pk}/withdraw/", {"reason": "名称又改了"})
    with time_machine.travel(f"{TOMORROW} 02:00:00+00:00", tick=False):
        assert carry_out_due(timezone.localdate(), timezone.now()) == 0
    assert named("东村村民委员会") == village


def test_a_name_comes_true_on_its_day_once(cast: Cast, keeper: Client) -> None:
    village = cast.here.village
    asked = facts_of(village, name="东河村民委员会", day=TOMORROW)
    keeper.post(f"/units/{village.pk}/change/", asked)
    with time_machine.travel(f"{TOMORROW} 02:00:00+00:00", tick=False):
        assert carry_out_due(timezone.localdate(), timezone.now()) == 1
        assert carry_out_due(timezone.localdate(), timezone.now()) == 0
    assert named("东河村民委员会") == village
    change = UnitChange.objects.get()
    assert (change.before, change.after, change.end.by) == (
        "东村村民委员会",
        "东河村民委员会",
        None,
    )


def test_a_central_school_may_be_the_township_s_office_too(cast: Cast, keeper: Client) -> None:
    unit = cast.here.central_school
    asked = facts_of(unit, office_of=str(cast.here.township.pk))
    keeper.post(f"/units/{unit.pk}/change/", asked)
    unit.refresh_from_db()
    assert unit.office_of == cast.here.township
    assert "同时是" in page(keeper.get(f"/units/{unit.pk}/"))
    person = cast.person("central_school")
    grant_post(person, "education_office", unit, timezone.localdate(), None)
    office = viewer_on(person, timezone.localdate()).posts[-1]
    assert (office.unit_kind, office.parent_id) == ("education_office", cast.here.township.pk)


def test_who_keeps_no_units_finds_none(cast: Cast) -> None:
    client = client_of(cast.person("security_officer"))
    url = f"/units/{cast.here.village.pk}/change/"
    assert client.post(url, facts_of(cast.here.village, name="别的村")).status_code == 403


def test_the_auditor_reads_the_changes_and_takes_none_back(cast: Cast, keeper: Client) -> None:
    village = cast.here.village
    keeper.post(f"/units/{village.pk}/change/", facts_of(village, name="东河村", day=TOMORROW))
    auditor = client_of(cast.person("auditor"))
    words = page(auditor.get("/units/changes/"))
    assert "东河村" in words
    assert "撤回" not in words
    change = UnitChange.objects.get()
    assert auditor.post(f"/units/changes/{change.pk}/withdraw/").status_code == 403


def test_friday_is_the_day_of_these_tests() -> None:
    assert f"{timezone.localdate()}" == FRIDAY
